package io.lockstep.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.core.client.SessionEnd;
import io.lockstep.node.agent.ReplicaAgent;
import io.lockstep.node.config.NodeConfiguration;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A whole system in one process, on each medium and in each layout. */
class NodeIT {
    private static final long DEADLINE_NS = 60_000_000_000L;

    @TempDir
    private Path directory;

    private final List<String> failures = new CopyOnWriteArrayList<>();

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
        final SumProgram program = new SumProgram(7, count);
        final NodeConfiguration configuration = NodeConfiguration.of(properties(layout, medium, port, loss), "test");
        try (Node node = Node.launch(new NodeContext(configuration)
                .stateMachine(SumLogic::new)
                .programs(id -> program)
                .listener(listener()))) {
            await(() -> program.end() != null);

            assertEquals(count, program.answered());
            assertEquals(0, program.wrong());
            assertEquals(SessionEnd.CLOSED, program.end());
            await(() -> node.replicas().stream().allMatch(agent -> hash(agent) == program.sum()));
            assertTrue(failures.isEmpty(), failures.toString());
        }
    }

    private static long hash(final ReplicaAgent agent) {
        return agent.replica().stateHash();
    }

    private Properties properties(final String layout, final String medium, final int port, final int loss) {
        final Properties properties = new Properties();
        properties.setProperty("directory", directory.toString());
        properties.setProperty("layout", layout);
        properties.setProperty("medium", medium);
        properties.setProperty("multicast.group", "239.71.4." + (1 + port / 100 % 10 * 16));
        properties.setProperty("multicast.port", Integer.toString(port));
        properties.setProperty("sequencer.1", "127.0.0.1:" + (port + 10));
        properties.setProperty("archive.1", "127.0.0.1:" + (port + 20));
        properties.setProperty("archive.2", "127.0.0.1:" + (port + 30));
        properties.setProperty("archive.3", "127.0.0.1:" + (port + 40));
        properties.setProperty("replica.1", "127.0.0.1:" + (port + 50));
        properties.setProperty("replica.2", "127.0.0.1:" + (port + 60));
        properties.setProperty("host.sequencers", "1");
        properties.setProperty("host.archives", "1,2,3");
        properties.setProperty("host.replicas", "1,2");
        properties.setProperty("host.gateways", "1");
        properties.setProperty("loss.percent", Integer.toString(loss));
        return properties;
    }

    private NodeListener listener() {
        return new NodeListener() {
            @Override
            public void onFailure(final String role, final Throwable error) {
                failures.add(role + ": " + error);
            }

            @Override
            public void onWarning(final String role, final String message) {
                System.err.println(role + ": " + message);
            }
        };
    }

    private void await(final BooleanSupplier condition) {
        final long deadline = System.nanoTime() + DEADLINE_NS;
        while (!condition.getAsBoolean()) {
            assertTrue(failures.isEmpty(), failures.toString());
            assertTrue(System.nanoTime() - deadline < 0, "not within the deadline");
            Thread.onSpinWait();
        }
    }
}
