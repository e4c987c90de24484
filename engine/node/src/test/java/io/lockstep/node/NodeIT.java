package io.lockstep.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.core.client.SessionEnd;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A whole system in one process, on each medium and in each layout. */
class NodeIT {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "fused, multicast, 24000, 0",
        "fused, ipc, 24100, 0",
        "fused, unicast, 24200, 0",
        "threaded, multicast, 24300, 0",
        "fused, multicast, 24400, 5"
    })
    void answersEachCommandOnceAndReplicasAgree(
            final String layout, final String medium, final int port, final int loss) {
        final long count = 20_000;
        final SumProgram program = new SumProgram(7, count, 0);
        final TestSystem system = new TestSystem(directory, port, "239.71.4." + (1 + port / 100 % 10 * 16))
                .hostAll()
                .set("host.gateways", "1")
                .set("layout", layout)
                .set("medium", medium)
                .set("loss.percent", Integer.toString(loss));
        try (Node node = Node.launch(system.context().programs(id -> program))) {
            system.await("the session's end", () -> program.end() != null);

            assertEquals(count, program.answered());
            assertEquals(0, program.wrong());
            assertEquals(SessionEnd.CLOSED, program.end());
            system.await("replicas at the sum", () -> node.replicas().stream()
                    .allMatch(replica -> replica.stateHash() == program.sum()));
            assertTrue(system.failures().isEmpty(), system.failures().toString());
        }
    }
}
