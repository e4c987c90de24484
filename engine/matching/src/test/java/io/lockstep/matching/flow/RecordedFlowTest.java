package io.lockstep.matching.flow;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.codecs.exchange.RejectCode;
import io.lockstep.matching.Symbol;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The recorded hour: the trades and best prices that a correct book must make of it. */
final class RecordedFlowTest {
    private static final long CHECKED_COMMANDS = 12_000;

    @TempDir
    private Path temp;

    static Stream<Symbol> symbols() {
        return Stream.of(Symbol.of(1), Symbol.finest(1));
    }

    @ParameterizedTest
    @MethodSource("symbols")
    void makesTheExpectedTradesInTheExpectedOrder(final Symbol symbol) throws IOException {
        final Path orders = OrderFlowData.file("orders.csv.gz");
        final List<String> expected = lines(OrderFlowData.file("expected_trades_first_12000.csv.gz"));

        run(orders, symbol);

        assertEquals(expected, lines(temp.resolve("fills.csv.gz")));
    }

    @ParameterizedTest
    @MethodSource("symbols")
    void hasTheExpectedBestPricesAfterEachListedCommand(final Symbol symbol) throws IOException {
        final Path orders = OrderFlowData.file("orders.csv.gz");
        final List<String> expected = lines(OrderFlowData.file("expected_bbo_first_12000.csv.gz"));

        run(orders, symbol);

        final List<String> actual = lines(temp.resolve("bbo.csv.gz"));
        assertEquals(expected.get(0), actual.get(0));
        assertEquals(CHECKED_COMMANDS + 1, actual.size());
        final Map<String, String> bySeq = new HashMap<>();
        for (final String line : actual.subList(1, actual.size())) {
            bySeq.put(column(line, 0), pricesOf(line));
        }
        int checked = 0;
        for (final String line : expected.subList(1, expected.size())) {
            assertEquals(pricesOf(line), bySeq.get(column(line, 0)), line);
            checked++;
        }
        assertTrue(checked > 12_000, "rows checked: " + checked);
    }

    @ParameterizedTest
    @MethodSource("symbols")
    void runsTheWholeHourWithoutAReject(final Symbol symbol) {
        final Path orders = OrderFlowData.file("orders.csv.gz");

        final DirectMatch match = new DirectMatch(symbol);
        final DirectMatch.Result result;
        try (OrderFlowReader flow = OrderFlowReader.open(orders);
                FillsWriter fills = new FillsWriter(temp.resolve("fills.csv"), symbol);
                BboWriter bbo = new BboWriter(temp.resolve("bbo.csv"), symbol)) {
            final FlowRecorder recorder = new FlowRecorder(fills, bbo);
            result = match.run(flow, recorder);
            for (final RejectCode code : RejectCode.values()) {
                if (code != RejectCode.NULL_VAL) {
                    assertEquals(0, recorder.rejects(code), code.name());
                }
            }
            assertEquals(result.trades(), fills.count());
            assertEquals(result.commands(), recorder.answered());
        }

        match.exchange().audit();
        assertEquals(89_079, result.commands());
        assertEquals(0, result.rejects());
    }

    private void run(final Path orders, final Symbol symbol) {
        try (OrderFlowReader flow = OrderFlowReader.open(orders);
                FillsWriter fills = new FillsWriter(temp.resolve("fills.csv.gz"), symbol);
                BboWriter bbo = new BboWriter(temp.resolve("bbo.csv.gz"), symbol)) {
            new DirectMatch(symbol).run(new FirstRows(flow, CHECKED_COMMANDS), new FlowRecorder(fills, bbo));
        }
    }

    private static String pricesOf(final String line) {
        final String[] columns = line.split(",", -1);
        return String.join(",", columns[2], columns[3], columns[4], columns[5]);
    }

    private static String column(final String line, final int index) {
        return line.split(",", -1)[index];
    }

    private static List<String> lines(final Path file) throws IOException {
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), US_ASCII))) {
            final List<String> lines = new ArrayList<>();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
            return lines;
        }
    }
}
