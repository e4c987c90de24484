package io.lockstep.tools.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.tools.CommandRun;
import io.lockstep.tools.Lockstep;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class HelpTest {
    private static final int LINES = 24;
    private static final int COLUMNS = 80;

    static List<String> commands() {
        final List<String> commands = new ArrayList<>();
        addCommands(Lockstep.commandLine(), "", commands);
        return commands;
    }

    @ParameterizedTest
    @MethodSource("commands")
    void helpFitsAScreenAndNamesEachOption(final String command) {
        final String[] words = command.split(" ", -1);
        final CommandRun run = CommandRun.of((Object[]) (command + " --help").strip().split(" ", -1));

        assertEquals(ExitCode.OK, run.exitCode());
        assertEquals("", run.err());
        assertTrue(run.lines().size() <= LINES, run.lines().size() + " lines:\n" + run.out());
        for (final String line : run.lines()) {
            assertTrue(line.length() <= COLUMNS, line.length() + " columns: " + line);
        }
        CommandLine line = Lockstep.commandLine();
        for (final String word : words) {
            line = word.isEmpty() ? line : line.getSubcommands().get(word);
        }
        for (final OptionSpec option : line.getCommandSpec().options()) {
            assertTrue(run.out().contains(option.longestName()), option.longestName());
        }
        assertTrue(run.out().contains(("Usage: lockstep " + command).strip()), run.out());
    }

    @Test
    void theCommandsOfTheReadmeAreAllThere() {
        assertTrue(commands()
                .containsAll(Stream.of(
                                "demo", "run", "send", "match", "replay", "log", "log cat", "log info", "log verify")
                        .toList()));
    }

    @Test
    void helpOfACommandIsTheSameBothWays() {
        assertEquals(
                CommandRun.of("match", "--help").out(), CommandRun.of("help", "match").out());
    }

    @Test
    void helpNamesTheExitCodes() {
        final String help = CommandRun.of("--help").out();

        assertTrue(help.contains("0 ok, 1 a check failed, 2 wrong usage, 3 unreachable"), help);
    }

    @Test
    void versionIsOneLine() {
        final CommandRun run = CommandRun.of("--version");

        assertEquals(ExitCode.OK, run.exitCode());
        assertEquals(1, run.lines().size());
        assertTrue(run.out().startsWith("lockstep "), run.out());
    }

    private static void addCommands(final CommandLine line, final String name, final List<String> commands) {
        commands.add(name);
        line.getSubcommands()
                .forEach((word, command) -> addCommands(command, (name + " " + word).strip(), commands));
    }
}
