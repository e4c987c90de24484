package io.lockstep.tools.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.tools.CommandRun;
import io.lockstep.tools.FlowFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Wrong usage ends with exit code 2 and a sentence that says what to do, before anything has been started. */
class UsageTest {
    private static final String ABSENT = "/no/such/place";

    @TempDir
    private Path temp;

    @ParameterizedTest
    @ValueSource(strings = {"", "log"})
    void asksForACommand(final String command) {
        final CommandRun run = run(command);

        assertEquals(ExitCode.USAGE, run.exitCode(), run.err());
        assertTrue(run.err().contains("Missing required subcommand"), run.err());
        assertTrue(run.err().contains("Usage: lockstep"), run.err());
    }

    @Test
    void suggestsACommandThatLooksLikeAnUnknownOne() {
        final CommandRun run = run("replays");

        assertEquals(ExitCode.USAGE, run.exitCode());
        assertTrue(run.err().contains("Did you mean") && run.err().contains("lockstep replay"), run.err());
    }

    @Test
    void suggestsAnOptionThatLooksLikeAnUnknownOne() {
        final CommandRun run = run("demo --orderz x");

        assertEquals(ExitCode.USAGE, run.exitCode());
        assertTrue(run.err().contains("--orderz") && run.err().contains("--orders"), run.err());
    }

    @ParameterizedTest
    @CsvSource({
        "run, --config",
        "send --orders x, --config",
        "send --config x, --orders",
        "match --trades x --bbo x, --orders",
        "match --orders x --bbo x, --trades",
        "match --orders x --trades x, --bbo",
        "log cat, DIR",
        "log info, DIR",
        "log verify, DIR",
        "replay, DIR"
    })
    void namesWhatIsMissing(final String command, final String missing) {
        final CommandRun run = run(command);

        assertEquals(ExitCode.USAGE, run.exitCode());
        assertTrue(run.err().lines().findFirst().orElse("").contains(missing), run.err());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run --config " + ABSENT,
                "send --orders x --config " + ABSENT,
                "demo --orders " + ABSENT,
                "log cat " + ABSENT,
                "log info " + ABSENT,
                "log verify " + ABSENT,
                "replay " + ABSENT
            })
    void namesAFileThatIsNotThere(final String command) {
        assertRefused(run(command), ABSENT);
    }

    @Test
    void namesAFlowThatIsNotThere() throws IOException {
        final Path config = Files.write(
                temp.resolve("ok.properties"), List.of("sequencer.1=127.0.0.1:26810", "archive.1=127.0.0.1:26820"));

        assertRefused(CommandRun.of("send", "--config", config, "--orders", ABSENT), ABSENT);
        assertRefused(match(Path.of(ABSENT), "--direct"), ABSENT);
        assertRefused(match(Path.of(ABSENT)), ABSENT);
    }

    @Test
    void refusesADirectoryThatIsNoArchive() {
        for (final String command : List.of("log cat", "log info", "log verify", "replay")) {
            assertRefused(run(command + " " + temp), "neither recordings nor a catalogue");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "demo --loss 51, --loss 51",
        "demo --loss -1, --loss -1",
        "demo --loss 50.5, --loss 50.5",
        "demo --loss NaN, --loss NaN",
        "demo --commands 0, --commands 0",
        "demo --rate 0, --rate 0",
        "demo --rate fast, --rate fast",
        "demo --medium pigeon, pigeon",
        "demo --layout round, round",
        "demo --idle never, never",
        "demo --json /no/such/place/x.json, /no/such/place"
    })
    void refusesAValueThatMakesNoSense(final String command, final String named) {
        assertRefused(run(command), named);
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo --commands many", "send --config x --orders x --client me", "log cat x --from one"})
    void refusesAWordWhereANumberBelongs(final String command) {
        final CommandRun run = run(command);

        assertEquals(ExitCode.USAGE, run.exitCode());
        assertTrue(run.err().contains("is not a long"), run.err());
    }

    @Test
    void tellsEveryFaultOfAConfigurationAtOnceWithSuggestions() throws IOException {
        final Path config = Files.write(
                temp.resolve("bad.properties"),
                List.of(
                        "sequencer.1 = 127.0.0.1:26810",
                        "archive.1 = nowhere",
                        "archive.2 = 127.0.0.1:26820",
                        "host.archves = 2",
                        "layuot = fused",
                        "idle = never",
                        "loss.percent = 99"));

        for (final String command : List.of("run --config ", "send --orders x --config ")) {
            final CommandRun run = run(command + config);

            assertEquals(ExitCode.USAGE, run.exitCode());
            for (final String told : List.of(
                    config.toString(),
                    "archive.1=nowhere is not host:port",
                    "unknown key host.archves; did you mean host.archives?",
                    "unknown key layuot; did you mean layout?",
                    "idle=never is none of",
                    "loss.percent=99 is not from 0 to 50")) {
                assertTrue(run.err().contains(told), told + " is not in: " + run.err());
            }
            assertFalse(run.err().contains("\tat "), run.err());
        }
    }

    @Test
    void refusesAFileThatIsNoFlow() throws IOException {
        final Path text = Files.writeString(temp.resolve("text.csv"), "a,b,c\n1,2,3\n");
        final Path cut = Files.write(temp.resolve("cut.csv.gz"), new byte[] {31, (byte) 139, 8});

        for (final Path flow : List.of(text, cut)) {
            assertRefused(match(flow), flow.getFileName().toString());
            assertRefused(match(flow, "--direct"), flow.getFileName().toString());
            assertRefused(
                    CommandRun.of("demo", "--orders", flow), flow.getFileName().toString());
        }
    }

    @Test
    void namesLineAndColumnOfABadRowBeforeAnythingIsSent() throws IOException {
        final Path flow = FlowFile.synthetic(temp.resolve("flow.csv"), 1, 300);
        final List<String> lines = new ArrayList<>(Files.readAllLines(flow));
        lines.set(201, lines.get(201).replaceAll("(NEW|CANCEL|REDUCE|IOC)", "BUY"));
        Files.write(flow, lines);
        final Path config = Files.write(
                temp.resolve("ok.properties"), List.of("sequencer.1=127.0.0.1:26810", "archive.1=127.0.0.1:26820"));

        for (final CommandRun run : Stream.of(
                        match(flow),
                        match(flow, "--direct"),
                        CommandRun.of("demo", "--orders", flow),
                        CommandRun.of("send", "--orders", flow, "--config", config, "--patience", 1))
                .toList()) {
            assertRefused(run, "line 202, column 4 (cmd): found 'BUY'");
        }
    }

    @Test
    void refusesAPlaceThatCannotBeWrittenTo() throws IOException {
        final Path flow = FlowFile.synthetic(temp.resolve("flow.csv"), 1, 10);

        final CommandRun run =
                CommandRun.of("match", "--direct", "--orders", flow, "--trades", ABSENT, "--bbo", temp.resolve("bbo"));

        assertRefused(run, ABSENT);
    }

    @Test
    void refusesAStateMachineThatIsNone() throws IOException {
        Files.createFile(temp.resolve("0-0.rec"));

        assertRefused(CommandRun.of("replay", temp, "--logic", "no.such.Logic"), "no.such.Logic");
        assertRefused(CommandRun.of("replay", temp, "--logic", "java.lang.String"), "java.lang.String");
    }

    @Test
    void theProcessEndsWithTheExitCodeOfItsCommand() throws IOException, InterruptedException {
        final CommandRun run = CommandRun.ofProcess(temp, "log", "cat", ABSENT);

        assertRefused(run, ABSENT);
        assertEquals("", run.out());
    }

    private static CommandRun run(final String command) {
        return command.isEmpty() ? CommandRun.of() : CommandRun.of((Object[]) command.split(" ", -1));
    }

    private CommandRun match(final Path orders, final String... more) {
        final List<Object> arguments = new ArrayList<>(List.of(
                "match",
                "--orders",
                orders,
                "--trades",
                temp.resolve("trades.csv"),
                "--bbo",
                temp.resolve("bbo.csv")));
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray());
    }

    /** One sentence, on one line, that names what is wrong. */
    private static void assertRefused(final CommandRun run, final String named) {
        assertEquals(ExitCode.USAGE, run.exitCode(), run.err());
        assertTrue(run.err().contains(named), run.err());
        assertFalse(run.err().contains("\tat "), run.err());
        assertFalse(run.out().contains("answered"), run.out());
    }
}
