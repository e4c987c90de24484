package io.lockstep.tools.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.tools.CommandRun;
import io.lockstep.tools.FlowFile;
import io.lockstep.tools.Json;
import io.lockstep.tools.console.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {
    private static final long COMMANDS = 3_000;

    @TempDir
    private Path temp;

    @Test
    void isFlawlessAndWritesOnlyPlainTextIntoAPipe() throws IOException, InterruptedException {
        final Path json = temp.resolve("verdict.json");

        final CommandRun run = CommandRun.ofProcess(
                temp, "demo", "--commands", COMMANDS, "--rate", "max", "--seed", 5, "--json", json);

        assertEquals(ExitCode.OK, run.exitCode(), run.out() + run.err());
        for (final String text : List.of(run.out(), run.err())) {
            assertTrue(text.chars().allMatch(c -> c == '\n' || (c >= ' ' && c < 0x7f)), text);
        }
        assertTrue(run.out().endsWith("\nVERDICT: flawless\n"), run.out());
        assertTrue(
                run.lines()
                        .contains("sent 3000  sequenced 3000  answered 3000  lost 0  doubled 0  out of order 0"),
                run.out());
        assertTrue(run.lines().stream().anyMatch(line -> line.startsWith("100% 3000/3000 answered, ")), run.out());
        final Map<String, Object> verdict = Json.object(Files.readString(json));
        assertFlawless(verdict, COMMANDS);
        assertEquals(0L, verdict.get("droppedDatagrams"));
        for (final String hash : List.of("replica1StateHash", "replica2StateHash", "replayStateHash")) {
            assertTrue(run.out().contains(verdict.get(hash).toString()), hash + " is not in: " + run.out());
        }
    }

    @Test
    void losesNoCommandWhereDatagramsAreLost() throws IOException {
        final Path json = temp.resolve("verdict.json");

        final CommandRun run =
                CommandRun.of("demo", "--commands", COMMANDS, "--rate", "max", "--loss", 5, "--json", json);

        assertEquals(ExitCode.OK, run.exitCode(), run.out() + run.err());
        final Map<String, Object> verdict = Json.object(Files.readString(json));
        assertFlawless(verdict, COMMANDS);
        assertTrue((Long) verdict.get("droppedDatagrams") > 0, verdict.toString());
    }

    @Test
    void sendsTheFlowOfAFile() throws IOException {
        final Path orders = FlowFile.synthetic(temp.resolve("orders.csv"), 9, 700);
        final Path json = temp.resolve("verdict.json");

        final CommandRun run = CommandRun.of("demo", "--orders", orders, "--rate", "max", "--json", json);

        assertEquals(ExitCode.OK, run.exitCode(), run.out() + run.err());
        assertFlawless(Json.object(Files.readString(json)), 700);
    }

    private static void assertFlawless(final Map<String, Object> verdict, final long commands) {
        assertEquals(true, verdict.get("flawless"));
        assertEquals(true, verdict.get("hashesEqual"));
        for (final String name : List.of("sent", "sequenced", "answered")) {
            assertEquals(commands, verdict.get(name), name);
        }
        for (final String name : List.of("lost", "doubled", "outOfOrder")) {
            assertEquals(0L, verdict.get(name), name);
        }
        assertEquals(verdict.get("replica1StateHash"), verdict.get("replica2StateHash"));
        assertEquals(verdict.get("replica1StateHash"), verdict.get("replayStateHash"));
        assertTrue((Long) verdict.get("resends") >= 0, verdict.toString());
        assertTrue((Long) verdict.get("replayEntries") > commands, verdict.toString());
        assertTrue((Double) verdict.get("durationSeconds") > 0, verdict.toString());
        assertTrue((Long) verdict.get("commandsPerSecond") > 0, verdict.toString());
        final Map<?, ?> latency = (Map<?, ?>) verdict.get("latencyMicroseconds");
        double below = 0;
        for (final String percentile : List.of("p50", "p90", "p99", "p99.9", "p99.99", "max")) {
            final double micros = ((Number) latency.get(percentile)).doubleValue();
            assertTrue(micros >= below && micros > 0, percentile + " in " + latency);
            below = micros;
        }
        assertEquals(6, latency.size());
    }
}
