package io.lockstep.tools.flow;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.matching.flow.BboWriter;
import io.lockstep.matching.flow.FillsWriter;
import io.lockstep.matching.flow.OrderFlowReader;
import io.lockstep.tools.CommandRun;
import io.lockstep.tools.FlowFile;
import io.lockstep.tools.console.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fills and best prices that {@code match} writes, by both of its ways. */
class MatchCommandTest {
    private static final int COMMANDS = 5_000;
    private static final int CHECKED_COMMANDS = 12_000;

    @TempDir
    private Path temp;

    @Test
    void theRealPathWritesWhatTheDirectWayWritesByteForByte() throws IOException {
        final Path orders = FlowFile.synthetic(temp.resolve("orders.csv"), 7, COMMANDS);

        final CommandRun direct = match(orders, "direct", "", "--direct");
        final CommandRun real = match(orders, "real", "");

        assertEquals(ExitCode.OK, direct.exitCode(), direct.err());
        assertEquals(ExitCode.OK, real.exitCode(), real.err());
        assertEquals(direct.out(), real.out());
        final List<String> trades = Files.readAllLines(temp.resolve("direct-trades.csv"));
        assertEquals(COMMANDS + " commands, " + (trades.size() - 1) + " fills", real.out().strip());
        assertTrue(trades.size() > 100, "fills: " + trades.size());
        assertEquals(FillsWriter.HEADER, trades.get(0));
        assertArrayEquals(bytes("direct-trades.csv"), bytes("real-trades.csv"));
        final List<String> bbo = Files.readAllLines(temp.resolve("direct-bbo.csv"));
        assertEquals(BboWriter.HEADER, bbo.get(0));
        assertEquals(COMMANDS + 1, bbo.size());
        assertTrue(bbo.get(COMMANDS).startsWith(COMMANDS + ","), bbo.get(COMMANDS));
        assertArrayEquals(bytes("direct-bbo.csv"), bytes("real-bbo.csv"));
    }

    @Test
    void writesTheLastCommandAlsoWhereNothingComesAfterIt() throws IOException {
        final Path orders = Files.write(
                temp.resolve("orders.csv"),
                List.of(OrderFlowReader.HEADER, "1,1,1,NEW,B,7,10,5000000,", "2,2,2,CANCEL,B,7,10,5000000,"));

        final CommandRun real = match(orders, "real", "");

        assertEquals(ExitCode.OK, real.exitCode(), real.err());
        assertEquals(List.of(FillsWriter.HEADER), Files.readAllLines(temp.resolve("real-trades.csv")));
        assertEquals(
                List.of(BboWriter.HEADER, "1,1,0,0,5000000,10", "2,2,0,0,0,0"),
                Files.readAllLines(temp.resolve("real-bbo.csv")));
    }

    @Test
    void compressesWhatIsNamedSoAndReadsWhatIsNamedSo() throws IOException {
        final Path orders = FlowFile.synthetic(temp.resolve("orders.csv"), 7, COMMANDS);
        match(orders, "plain", "", "--direct");
        match(orders, "packed", ".gz", "--direct");

        assertArrayEquals(bytes("plain-trades.csv"), unpacked("packed-trades.csv.gz"));
        assertArrayEquals(bytes("plain-bbo.csv"), unpacked("packed-bbo.csv.gz"));
        assertTrue(bytes("packed-bbo.csv.gz").length < bytes("plain-bbo.csv").length / 2);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"direct", "real"})
    void makesOfTheRecordedHourWhatACorrectBookMustMake(final String way) throws IOException {
        final Path orders = FlowFile.firstRows(
                temp.resolve("orders.csv"), RecordedHour.file("orders.csv.gz"), CHECKED_COMMANDS);
        final List<String> trades = lines(RecordedHour.file("expected_trades_first_12000.csv.gz"));
        final List<String> tops = lines(RecordedHour.file("expected_bbo_first_12000.csv.gz"));

        final CommandRun run = way.equals("direct")
                ? match(orders, way, ".gz", "--direct")
                : match(orders, way, ".gz");

        assertEquals(ExitCode.OK, run.exitCode(), run.err());
        assertEquals(CHECKED_COMMANDS + " commands, " + (trades.size() - 1) + " fills", run.out().strip());
        assertEquals(trades, lines(temp.resolve(way + "-trades.csv.gz")));
        assertHasEach(tops, lines(temp.resolve(way + "-bbo.csv.gz")));
    }

    /** A row of the best prices stands for its command's number; the source rows of the two are counted differently. */
    private static void assertHasEach(final List<String> expected, final List<String> actual) {
        assertEquals(CHECKED_COMMANDS + 1, actual.size());
        assertEquals(expected.get(0), actual.get(0));
        final Map<String, String> bySeq = new HashMap<>();
        for (final String line : actual.subList(1, actual.size())) {
            bySeq.put(line.substring(0, line.indexOf(',')), prices(line));
        }
        for (final String line : expected.subList(1, expected.size())) {
            final String seq = line.substring(0, line.indexOf(','));
            assertNotNull(bySeq.get(seq), line);
            assertEquals(prices(line), bySeq.get(seq), line);
        }
        assertTrue(expected.size() > CHECKED_COMMANDS, "rows: " + expected.size());
    }

    private static String prices(final String line) {
        return line.substring(line.indexOf(',', line.indexOf(',') + 1));
    }

    private CommandRun match(final Path orders, final String name, final String ending, final String... more) {
        final List<Object> arguments = new ArrayList<>(List.of(
                "match",
                "--orders",
                orders,
                "--trades",
                temp.resolve(name + "-trades.csv" + ending),
                "--bbo",
                temp.resolve(name + "-bbo.csv" + ending)));
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray());
    }

    private byte[] bytes(final String name) throws IOException {
        return Files.readAllBytes(temp.resolve(name));
    }

    private byte[] unpacked(final String name) throws IOException {
        return unpacked(temp.resolve(name));
    }

    private static byte[] unpacked(final Path file) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return in.readAllBytes();
        }
    }

    private static List<String> lines(final Path file) throws IOException {
        return new String(unpacked(file), US_ASCII).lines().toList();
    }
}
