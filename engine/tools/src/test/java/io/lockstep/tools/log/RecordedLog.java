package io.lockstep.tools.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.core.client.Gateway;
import io.lockstep.core.client.GatewaySession;
import io.lockstep.core.client.Output;
import io.lockstep.node.Node;
import io.lockstep.node.NodeContext;
import io.lockstep.node.agent.ClusterBoard;
import io.lockstep.node.agent.GatewayProgram;
import io.lockstep.node.config.NodeConfiguration;
import io.lockstep.tools.CommandRun;
import io.lockstep.tools.FlowFile;
import io.lockstep.tools.console.ConsoleListener;
import io.lockstep.tools.console.ExitCode;
import io.lockstep.tools.flow.FlowWait;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NavigableMap;
import java.util.Properties;
import java.util.concurrent.ConcurrentSkipListMap;
import org.agrona.DirectBuffer;

/**
 * The log of a real system that was sent two flows by {@code send} and started anew between them, and what its replica
 * said of its state meanwhile.
 */
final class RecordedLog {
    /** Of the first flow. */
    static final int FIRST_COMMANDS = 600;

    /** Of the second. */
    static final int SECOND_COMMANDS = 200;

    private static final int PORT = 26_000;
    private static final String GROUP = "239.71.6.1";
    private static final long DEADLINE_S = 30;

    private final Path directory;
    private final Path config;
    private final ReplicaWatch watch = new ReplicaWatch();

    private RecordedLog(final Path directory) {
        this.directory = directory;
        config = directory.resolve("system.properties");
    }

    static RecordedLog record(final Path directory) throws IOException {
        final RecordedLog log = new RecordedLog(directory);
        try (Writer writer = Files.newBufferedWriter(log.config)) {
            log.properties().store(writer, "recorded log");
        }
        final Path first = FlowFile.synthetic(directory.resolve("first.csv"), 3, FIRST_COMMANDS);
        final Path second = FlowFile.synthetic(directory.resolve("second.csv"), 4, SECOND_COMMANDS);
        log.run(first, FIRST_COMMANDS, 1);
        log.run(second, SECOND_COMMANDS, 2); // another client, so that its orders are not those of the first flow
        return log;
    }

    /** Where the archive's files are. */
    Path archive() {
        return directory.resolve("archive-1");
    }

    /** The state hash that the replica reported, by the sequence after which it was in that state. */
    NavigableMap<Long, Long> reportedHashes() {
        return watch.hashes;
    }

    private void run(final Path orders, final int commands, final int clientId) {
        final ConsoleListener listener =
                new ConsoleListener(new PrintWriter(System.err, true, Charset.defaultCharset()));
        final Properties own = properties();
        own.setProperty("host.sequencers", "1");
        own.setProperty("host.archives", "1");
        own.setProperty("host.replicas", "1");
        own.setProperty("host.gateways", "1");
        try (Node node = Node.launch(new NodeContext(NodeConfiguration.of(own, "recorded log"))
                .programs(id -> watch)
                .listener(listener))) {
            assertEquals(1, node.archives().size());
            final CommandRun run = CommandRun.of("send", "--config", config, "--orders", orders, "--client", clientId);
            assertEquals(ExitCode.OK, run.exitCode(), run.err());
            final String sent = "sent " + commands + ", answered " + commands + ", lost 0, doubled 0, out of order 0, ";
            assertTrue(run.out().startsWith(sent), run.out());
            final long sequence = watch.lastSequence();
            assertTrue(
                    FlowWait.until(DEADLINE_S, () -> watch.lastSequence() > sequence + FIRST_COMMANDS),
                    "reports of the replica after the flow");
            assertEquals(0, listener.failures(), "agents that threw");
        }
    }

    private Properties properties() {
        final Properties properties = new Properties();
        properties.setProperty("directory", directory.toString());
        properties.setProperty("medium", "multicast");
        properties.setProperty("multicast.group", GROUP);
        properties.setProperty("multicast.port", Integer.toString(PORT));
        properties.setProperty("sequencer.1", "127.0.0.1:" + (PORT + 10));
        properties.setProperty("archive.1", "127.0.0.1:" + (PORT + 20));
        properties.setProperty("replica.1", "127.0.0.1:" + (PORT + 30));
        properties.setProperty("archive.segment.bytes", Integer.toString(16 << 20));
        properties.setProperty("sequencer.tick.us", "1000");
        return properties;
    }

    /** Sees what the replica reports; sends nothing. */
    private static final class ReplicaWatch implements GatewayProgram {
        private final ClusterBoard board = new ClusterBoard();
        private final NavigableMap<Long, Long> hashes = new ConcurrentSkipListMap<>();

        long lastSequence() {
            return hashes.isEmpty() ? 0 : hashes.lastKey();
        }

        @Override
        public int onDutyCycle(final Gateway gateway, final long nanoTime, final boolean live) {
            return 0;
        }

        @Override
        public void onOutput(final GatewaySession session, final Output output) {
            // Only the reports count.
        }

        @Override
        public void onControl(final DirectBuffer buffer, final int offset, final int length) {
            board.onControl(buffer, offset, length, System.nanoTime());
            board.replicas().forEach((id, place) -> hashes.put(place.sequence(), place.stateHash()));
        }
    }
}
