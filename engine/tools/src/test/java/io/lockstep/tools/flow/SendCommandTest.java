package io.lockstep.tools.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.tools.CommandRun;
import io.lockstep.tools.FlowFile;
import io.lockstep.tools.console.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code send} says where nobody answers; where somebody does, the tests of the log record what it sends. */
class SendCommandTest {
    @TempDir
    private Path temp;

    @Test
    void endsAsUnreachableWhereThereIsNoSystem() throws IOException {
        final Path orders = FlowFile.synthetic(temp.resolve("orders.csv"), 1, 10);
        final Path config = Files.write(
                temp.resolve("nobody.properties"),
                List.of(
                        "medium=multicast",
                        "multicast.group=239.71.6.41",
                        "multicast.port=26400",
                        "sequencer.1=127.0.0.1:26410",
                        "archive.1=127.0.0.1:26420",
                        "replica.1=127.0.0.1:26430"));

        final CommandRun run = CommandRun.of("send", "--config", config, "--orders", orders, "--patience", 1);

        assertEquals(ExitCode.UNREACHABLE, run.exitCode(), run.err());
        assertTrue(run.err().contains("given up: 0 of 0 commands are answered; is there a sequencer"), run.err());
        assertTrue(run.err().contains("MULTICAST"), run.err());
        assertEquals("", run.out());
    }
}
