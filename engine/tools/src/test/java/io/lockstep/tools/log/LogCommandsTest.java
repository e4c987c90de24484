package io.lockstep.tools.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.tools.CommandRun;
import io.lockstep.tools.Json;
import io.lockstep.tools.console.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that look into a log, on one that a real system has recorded. */
class LogCommandsTest {
    private static final Pattern REPLAYED = Pattern.compile(
            "entries (\\d+), commands (\\d+), end \\((\\d+), (\\d+)\\), state hash ([0-9a-f]{16}), \\d+ entries/s\n");
    private static final int COMMANDS = RecordedLog.FIRST_COMMANDS + RecordedLog.SECOND_COMMANDS;

    /** What stands in the columns of {@code info}. */
    private static final String[] COLUMNS = {
        "recordingId", "place", "epoch", "firstSequence", "lastSequence", "entries", "bytes", "voidBytes"
    };

    /** Of a data frame, in front of an entry. */
    private static final int FRAME_HEADER_LENGTH = 32;

    /** Where the body of an entry stands in it. */
    private static final int BODY_OFFSET = 72;

    @TempDir
    private static Path shared;

    private static RecordedLog log;
    private static List<Map<String, Object>> entries;

    @TempDir
    private Path temp;

    @BeforeAll
    static void recordALog() throws IOException {
        log = RecordedLog.record(shared);
        final CommandRun run = CommandRun.of("log", "cat", log.archive(), "--json");
        assertEquals(ExitCode.OK, run.exitCode(), run.err());
        entries = run.lines().stream().map(Json::object).toList();
    }

    @Test
    void catPrintsEachEntryOnALineOfItsOwn() {
        final CommandRun run = CommandRun.of("log", "cat", log.archive());

        assertEquals(ExitCode.OK, run.exitCode(), run.err());
        assertEquals(entries.size(), run.lines().size());
        for (int i = 0; i < entries.size(); i++) {
            final Map<String, Object> entry = entries.get(i);
            final String line = run.lines().get(i);
            assertEquals(i + 1L, entry.get("sequence"), line);
            assertTrue(line.startsWith(entry.get("epoch") + "/" + (i + 1) + " " + entry.get("time") + " "), line);
            assertTrue(line.contains(" " + entry.get("kind") + " "), line);
        }
        assertTrue(run.lines().get(0).contains(" EPOCH_START "), run.lines().get(0));
    }

    @Test
    void catDecodesEachCommandOfTheFlow() {
        final List<String> rows = Stream.of("first.csv", "second.csv")
                .flatMap(name -> lines(shared.resolve(name)).stream().skip(1))
                .toList();
        final List<Map<String, Object>> commands = entries.stream()
                .filter(entry -> entry.get("kind").equals("COMMAND"))
                .toList();

        assertEquals(COMMANDS, commands.size());
        final TreeSet<Object> messages = new TreeSet<>();
        for (int i = 0; i < COMMANDS; i++) {
            final Map<?, ?> body = (Map<?, ?>) commands.get(i).get("body");
            final String[] row = rows.get(i).split(",", -1);
            assertEquals(Long.valueOf(row[5]), body.get("orderId"), rows.get(i));
            if (body.get("message").equals("NewOrder")) {
                assertEquals(row[4].equals("B") ? "BUY" : "SELL", body.get("side"));
                assertEquals(Long.valueOf(row[6]), body.get("quantityLots"));
                assertEquals(Long.valueOf(row[7]), body.get("priceTicks"));
                assertEquals(row[3].equals("IOC") ? "IOC" : "GTC", body.get("timeInForce"));
            }
            messages.add(body.get("message"));
        }
        assertEquals(new TreeSet<Object>(List.of("NewOrder", "CancelOrder", "ReduceOrder")), messages);
    }

    @Test
    void catBeginsAndEndsWhereItIsTold() {
        final CommandRun text = CommandRun.of("log", "cat", log.archive(), "--from", 100, "--count", 5);
        final CommandRun json = CommandRun.of("log", "cat", "--json", log.archive(), "--from", 100, "--count", 5);

        assertEquals(
                entries.subList(99, 104), json.lines().stream().map(Json::object).toList());
        assertEquals(
                List.of("1/100", "1/101", "1/102", "1/103", "1/104"),
                text.lines().stream()
                        .map(line -> line.substring(0, line.indexOf(' ')))
                        .toList());
    }

    @Test
    void infoTellsOfEachEpoch() {
        final CommandRun run = CommandRun.of("log", "info", log.archive());

        assertEquals(ExitCode.OK, run.exitCode(), run.err());
        final long ofFirst = ofEpoch(1);
        final long ofSecond = ofEpoch(2);
        assertEquals(3, run.lines().size(), run.out());
        assertEquals(
                List.of("recording", "place", "epoch", "first", "last", "entries", "bytes", "void"),
                words(run.lines().get(0)));
        assertEquals(
                List.of("epoch", "1", "1", "" + ofFirst, "" + ofFirst),
                words(run.lines().get(1)).subList(1, 6));
        assertEquals(
                List.of("epoch", "2", "" + (ofFirst + 1), "" + entries.size(), "" + ofSecond),
                words(run.lines().get(2)).subList(1, 6));
    }

    @Test
    void infoTellsTheSameInJson() {
        final CommandRun run = CommandRun.of("log", "info", "--json", log.archive());

        assertEquals(ExitCode.OK, run.exitCode(), run.err());
        final List<Map<String, Object>> recordings =
                Json.objects(Json.object(run.out()).get("recordings"));
        final List<String> lines =
                CommandRun.of("log", "info", log.archive()).lines().subList(1, 3);
        assertEquals(2, recordings.size());
        for (int i = 0; i < 2; i++) {
            final Map<String, Object> recording = recordings.get(i);
            assertEquals(
                    words(lines.get(i)),
                    Stream.of(COLUMNS)
                            .map(name -> recording.get(name).toString())
                            .toList());
        }
    }

    @Test
    void verifyFindsASoundLogSound() {
        final CommandRun text = CommandRun.of("log", "verify", log.archive());
        final CommandRun json = CommandRun.of("log", "verify", "--json", log.archive());

        assertEquals(ExitCode.OK, text.exitCode(), text.err());
        assertTrue(text.out().endsWith("\nok: " + entries.size() + " entries\n"), text.out());
        assertEquals(ExitCode.OK, json.exitCode(), json.err());
        final Map<String, Object> report = Json.object(json.out());
        assertEquals(true, report.get("ok"));
        assertEquals((long) entries.size(), report.get("entries"));
        assertEquals(List.of(), report.get("faults"));
        assertEquals(2, Json.objects(report.get("recordings")).size());
    }

    @Test
    void verifyNamesTheEntryOfWhichOneBitIsFlipped() throws IOException {
        final Map<String, Object> entry = command(RecordedLog.FIRST_COMMANDS / 2);
        final Path damaged = copy();
        flip(damaged, entry, FRAME_HEADER_LENGTH + BODY_OFFSET, 1);

        assertNamed(damaged, entry);
    }

    @Test
    void verifyNamesTheEntryOfWhichAFrameHeaderIsDamaged() throws IOException {
        final Map<String, Object> entry = command(RecordedLog.FIRST_COMMANDS + 10);
        final Path damaged = copy();
        flip(damaged, entry, 6, 2); // the frame's type

        assertEquals(2L, entry.get("epoch"));
        assertNamed(damaged, entry);
    }

    @Test
    void catAndReplayStopInFrontOfADamagedEntry() throws IOException {
        final Map<String, Object> entry = command(RecordedLog.FIRST_COMMANDS / 3);
        final long sequence = (Long) entry.get("sequence");
        final Path damaged = copy();
        flip(damaged, entry, FRAME_HEADER_LENGTH + BODY_OFFSET + 3, 0x80);

        final CommandRun cat = CommandRun.of("log", "cat", damaged, "--json");
        final CommandRun replay = CommandRun.of("replay", damaged);

        assertEquals(ExitCode.CHECK_FAILED, cat.exitCode());
        assertEquals(
                entries.subList(0, (int) sequence - 1),
                cat.lines().stream().map(Json::object).toList());
        assertTrue(cat.err().startsWith("stopped: DAMAGED "), cat.err());
        assertTrue(cat.err().contains(" sequence=" + sequence + " "), cat.err());
        assertEquals(ExitCode.CHECK_FAILED, replay.exitCode());
        assertTrue(replay.err().contains(" sequence=" + sequence + " "), replay.err());
        assertEquals(sequence - 1, Long.parseLong(replayed(replay).group(4)));
    }

    @Test
    void replayEndsInTheStateThatTheReplicaWasIn() {
        final Matcher replayed = replayed(CommandRun.of("replay", log.archive()));

        assertEquals(entries.size(), Integer.parseInt(replayed.group(1)));
        assertEquals(COMMANDS, Integer.parseInt(replayed.group(2)));
        assertEquals("2", replayed.group(3));
        assertEquals(entries.size(), Integer.parseInt(replayed.group(4)));
        // Nothing but ticks came after the last report, and they leave an exchange as it is.
        assertEquals(
                hash(log.reportedHashes().lastEntry().getValue()), replayed.group(5));
    }

    @Test
    void replayStopsAtTheSequenceItIsTold() {
        final NavigableMap<Long, Long> reported = log.reportedHashes();
        final Map<Long, Long> byHash = new TreeMap<>();
        reported.forEach((sequence, hash) -> byHash.putIfAbsent(hash, sequence));

        assertTrue(byHash.size() >= 3, "states that the replica reported: " + byHash.size());
        for (final Map.Entry<Long, Long> place : byHash.entrySet()) {
            final CommandRun run = CommandRun.of("replay", log.archive(), "--to", place.getValue());
            assertEquals(ExitCode.OK, run.exitCode(), run.err());
            final Matcher replayed = replayed(run);
            assertEquals(place.getValue().toString(), replayed.group(1));
            assertEquals(place.getValue().toString(), replayed.group(4));
            assertEquals(hash(place.getKey()), replayed.group(5));
        }
        assertNotEquals(
                replayed(CommandRun.of("replay", log.archive(), "--to", 1)).group(5),
                replayed(CommandRun.of("replay", log.archive())).group(5));
    }

    private static void assertNamed(final Path damaged, final Map<String, Object> entry) {
        final CommandRun text = CommandRun.of("log", "verify", damaged);
        final CommandRun json = CommandRun.of("log", "verify", "--json", damaged);

        assertEquals(ExitCode.CHECK_FAILED, text.exitCode(), text.out());
        final String named = "BAD: DAMAGED recording=" + entry.get("recordingId") + " epoch=" + entry.get("epoch")
                + " sequence=" + entry.get("sequence") + " position=" + entry.get("position") + " file=";
        assertTrue(text.out().contains(named), named + " is not in:\n" + text.out());
        assertTrue(text.out().contains("\nNOT OK: "), text.out());
        assertEquals(ExitCode.CHECK_FAILED, json.exitCode());
        final Map<String, Object> report = Json.object(json.out());
        assertEquals(false, report.get("ok"));
        final Map<String, Object> fault = Json.objects(report.get("faults")).get(0);
        assertEquals("DAMAGED", fault.get("kind"));
        assertEquals(entry.get("recordingId"), fault.get("recordingId"));
        assertEquals(entry.get("epoch"), fault.get("epoch"));
        assertEquals(entry.get("sequence"), fault.get("expectedSequence"));
        assertEquals(entry.get("position"), fault.get("position"));
        assertEquals(entry.get("position"), fault.get("fileOffset"));
    }

    private static Map<String, Object> command(final int number) {
        return entries.stream()
                .filter(entry -> entry.get("kind").equals("COMMAND"))
                .skip(number - 1L)
                .findFirst()
                .orElseThrow();
    }

    private static long ofEpoch(final long epoch) {
        return entries.stream()
                .filter(entry -> entry.get("epoch").equals(epoch))
                .count();
    }

    private Path copy() throws IOException {
        final Path copy = Files.createDirectory(temp.resolve("damaged"));
        try (Stream<Path> files = Files.list(log.archive())) {
            for (final Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        return copy;
    }

    private static void flip(final Path archive, final Map<String, Object> entry, final int offset, final int bit)
            throws IOException {
        final Path file = archive.resolve(entry.get("recordingId") + "-0.rec");
        final long position = (Long) entry.get("position") + offset;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            final ByteBuffer octet = ByteBuffer.allocate(1);
            assertEquals(1, channel.read(octet, position));
            octet.put(0, (byte) (octet.get(0) ^ bit)).flip();
            assertEquals(1, channel.write(octet, position));
        }
    }

    private static Matcher replayed(final CommandRun run) {
        final Matcher matcher = REPLAYED.matcher(run.out());
        assertTrue(matcher.matches(), run.out() + run.err());
        return matcher;
    }

    private static String hash(final long stateHash) {
        return String.format(Locale.ROOT, "%016x", stateHash);
    }

    private static List<String> words(final String line) {
        return List.of(line.strip().split(" +", -1));
    }

    private static List<String> lines(final Path file) {
        try {
            return Files.readAllLines(file);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
