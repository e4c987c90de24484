package io.lockstep.matching.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.codecs.exchange.Side;
import io.lockstep.matching.Symbol;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OrderFlowReaderTest {
    private static final String GOOD = "1,0,100,SEED,B,9,5,1000,\n2,7,100,IOC,S,10,3,900,X\n";

    @TempDir
    private Path temp;

    private final FlowCommand row = new FlowCommand();

    @Test
    void readsEveryColumn() throws IOException {
        try (OrderFlowReader reader = open("flow.csv", OrderFlowReader.HEADER + "\n" + GOOD)) {
            assertTrue(reader.next(row));
            assertEquals(FlowKind.SEED, row.kind());
            assertEquals(FlowCommand.NO_FLAG, row.flag());
            assertTrue(reader.next(row));
            assertRow(2, 7, 100, FlowKind.IOC, Side.SELL, 10, 3, 900, 'X');
            assertFalse(reader.next(row));
            assertFalse(reader.next(row));
        }
    }

    @Test
    void readsCompressedFilesAndLineEndsOfEitherKindAndALastLineWithoutOne() throws IOException {
        final String text = (OrderFlowReader.HEADER + "\n" + GOOD).replace("\n", "\r\n");
        try (OrderFlowReader reader = open("flow.csv.gz", text.substring(0, text.length() - 2))) {
            assertTrue(reader.next(row));
            assertTrue(reader.next(row));
            assertRow(2, 7, 100, FlowKind.IOC, Side.SELL, 10, 3, 900, 'X');
            assertFalse(reader.next(row));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x,7,100,IOC,S,10,3,900,|line 3, column 1 (seq): found 'x'",
                "0,7,100,IOC,S,10,3,900,|line 3, column 1 (seq): found '0'",
                "1,7,100,IOC,S,10,3,900,|line 3, column 1 (seq): sequence numbers must ascend",
                "2,-7,100,IOC,S,10,3,900,|line 3, column 2 (srcRow): found '-7'",
                "2,7,,IOC,S,10,3,900,|line 3, column 3 (tsNs): found ''",
                "2,7,99,IOC,S,10,3,900,|line 3, column 3 (tsNs): times must not go back",
                "2,7,100,BUY,S,10,3,900,|line 3, column 4 (cmd): found 'BUY'; write SEED, NEW, CANCEL, REDUCE or IOC",
                "2,7,100,,S,10,3,900,|line 3, column 4 (cmd): found ''",
                "2,7,100,IOC,X,10,3,900,|line 3, column 5 (side): found 'X'; write B or S",
                "2,7,100,IOC,S,1.5,3,900,|line 3, column 6 (orderId): found '1.5'",
                "2,7,100,IOC,S,10,0,900,|line 3, column 7 (qty): found '0'",
                "2,7,100,IOC,S,10,3,1234567890123456789,|line 3, column 8 (price1e4): found '1234567890123456789'",
                "2,7,100,IOC,S,10,3,900,XY|line 3, column 9 (flag): found 'XY'",
                "2,7,100,IOC,S,10,3,900,X,|line 3, column 9 (flag): there are more than 9 columns",
                "2,7,100,IOC,S,10,3,900|line 3, column 8 (price1e4): it ends after 8 of 9 columns",
                "2|line 3, column 1 (seq): it ends after 1 of 9 columns"
            })
    void saysWhereABadRowIsAndWhatToDo(final String bad, final String expected) throws IOException {
        final String first = "1,0,100,SEED,B,9,5,1000,\n";
        try (OrderFlowReader reader = open("flow.csv", OrderFlowReader.HEADER + "\n" + first + bad + "\n")) {
            assertTrue(reader.next(row));
            final FlowException fault = assertThrows(FlowException.class, () -> reader.next(row));
            assertTrue(fault.getMessage().startsWith("flow.csv: " + expected), fault.getMessage());
        }
    }

    @Test
    void refusesAnEmptyLineAndAnEndlessOne() throws IOException {
        try (OrderFlowReader reader = open("flow.csv", OrderFlowReader.HEADER + "\n\n" + GOOD)) {
            assertMessage("flow.csv: line 2, column 1 (seq): found ''", () -> reader.next(row));
        }
        try (OrderFlowReader reader = open("flow.csv", OrderFlowReader.HEADER + "\n" + "1".repeat(10_000))) {
            assertMessage("flow.csv: line 2, column 1 (seq): it is longer than 512 bytes", () -> reader.next(row));
        }
    }

    @Test
    void refusesAFileThatIsNotThereOrIsNoFlow() {
        assertMessage("flow.csv: line 1: the header is 'hello'", () -> open("flow.csv", "hello\n"));
        assertMessage("flow.csv: line 1: the header is ''", () -> open("flow.csv", ""));
        assertMessage(temp.resolve("none.csv") + ": there is no such file", () ->
                OrderFlowReader.open(temp.resolve("none.csv")));
    }

    @Test
    void saysThatACompressedFileIsCutOff() throws IOException {
        final StringBuilder text = new StringBuilder(OrderFlowReader.HEADER).append('\n');
        for (int i = 1; i <= 1000; i++) {
            text.append(i).append(",0,").append(i * 7919).append(",NEW,B,9,5,1000,\n");
        }
        final byte[] bytes = compressed(text.toString());
        final Path file = temp.resolve("cut.csv.gz");
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
        try (OrderFlowReader reader = OrderFlowReader.open(file)) {
            assertMessage("cut.csv.gz: line ", () -> {
                while (reader.next(row)) {
                    assertTrue(row.seq() > 0);
                }
            });
        }
        Files.write(file, new byte[] {1, 2, 3});
        assertMessage(file + ": the compressed file is damaged", () -> OrderFlowReader.open(file));
    }

    @Test
    void refusesPricesAndQuantitiesThatTheSymbolCannotExpress() {
        final FlowEncoder encoder = new FlowEncoder(Symbol.of(1).lot(10));
        final UnsafeBuffer body = new UnsafeBuffer(new byte[FlowEncoder.MAX_LENGTH]);
        row.at(5, 5, 0).ask(FlowKind.NEW, Side.BUY, 1, 10, 12_350);

        assertMessage("seq 5: price 12350 is not of whole ticks of 100", () -> encoder.encode(row, body, 0));
        row.ask(FlowKind.NEW, Side.BUY, 1, 15, 12_300);
        assertMessage("seq 5: quantity 15 is not of whole lots of 10", () -> encoder.encode(row, body, 0));
    }

    private void assertRow(
            final long seq,
            final long srcRow,
            final long tsNs,
            final FlowKind kind,
            final Side side,
            final long orderId,
            final long quantity,
            final long price1e4,
            final char flag) {
        assertEquals(seq, row.seq());
        assertEquals(srcRow, row.srcRow());
        assertEquals(tsNs, row.tsNs());
        assertEquals(kind, row.kind());
        assertEquals(side, row.side());
        assertEquals(orderId, row.orderId());
        assertEquals(quantity, row.quantity());
        assertEquals(price1e4, row.price1e4());
        assertEquals(flag, row.flag());
    }

    private OrderFlowReader open(final String name, final String text) throws IOException {
        final Path file = temp.resolve(name);
        Files.write(file, name.endsWith(".gz") ? compressed(text) : text.getBytes(StandardCharsets.US_ASCII));
        return OrderFlowReader.open(file);
    }

    private static byte[] compressed(final String text) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.US_ASCII));
        }
        return bytes.toByteArray();
    }

    private static void assertMessage(final String start, final Executable action) {
        final FlowException fault = assertThrows(FlowException.class, action);
        assertTrue(fault.getMessage().startsWith(start), fault.getMessage());
    }
}
