package io.lockstep.tools.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.core.client.GatewayConfiguration;
import io.lockstep.matching.ExchangeStateMachine;
import io.lockstep.matching.MatchingContext;
import io.lockstep.matching.flow.FlowCommand;
import io.lockstep.matching.flow.FlowEncoder;
import io.lockstep.matching.flow.SyntheticFlow;
import io.lockstep.node.Node;
import io.lockstep.node.NodeContext;
import io.lockstep.node.agent.ClusterBoard;
import io.lockstep.node.config.NodeConfiguration;
import io.lockstep.tools.console.ConsoleListener;
import io.lockstep.tools.flow.FlowOutputs;
import io.lockstep.tools.flow.FlowProgram;
import io.lockstep.tools.flow.FlowWait;
import io.lockstep.tools.flow.Flows;
import io.lockstep.tools.flow.Pace;
import io.lockstep.tools.log.LogState;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;

/** A system of which each role has a process of its own, which tests end and start as they like. */
final class ProcessSystem implements AutoCloseable {
    private static final long DEADLINE_S = 90;

    private final Properties properties = new Properties();
    private final Map<String, RoleProcess> processes = new TreeMap<>();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final ClusterBoard board = new ClusterBoard();
    private final ConsoleListener listener =
            new ConsoleListener(new PrintWriter(System.err, true, Charset.defaultCharset()));
    private final Path directory;

    ProcessSystem(final Path directory, final int port, final String group) {
        this.directory = directory;
        set("directory", directory.toString());
        set("driver.parent", directory.resolve("drivers").toString()); // a killed driver leaves its directory
        set("medium", "multicast");
        set("multicast.group", group);
        set("multicast.port", Integer.toString(port));
        set("sequencer.1", "127.0.0.1:" + (port + 10));
        for (int id = 1; id <= 3; id++) {
            set("archive." + id, "127.0.0.1:" + (port + 10 + id * 10));
        }
        set("replica.1", "127.0.0.1:" + (port + 50));
        set("replica.2", "127.0.0.1:" + (port + 60));
    }

    /** Starts every role. */
    void startAll() throws IOException {
        for (int id = 1; id <= 3; id++) {
            start("archive", id);
        }
        start("sequencer", 1);
        start("replica", 1);
        start("replica", 2);
    }

    void start(final String role, final int id) throws IOException {
        final String name = role + "-" + id;
        final Properties own = new Properties();
        own.putAll(properties);
        own.setProperty("host." + role + "s", Integer.toString(id));
        processes.put(name, RoleProcess.start(name, own, directory, line -> {
            System.err.println(name + ": " + line);
            lines.add(name + ": " + line);
        }));
    }

    /** Ends a process as a crash does. */
    void kill(final String name) {
        processes.get(name).kill();
        assertTrue(!processes.get(name).isAlive(), name + " is still there");
    }

    void killAll() {
        processes.values().forEach(RoleProcess::kill);
    }

    boolean allAlive() {
        return processes.values().stream().allMatch(RoleProcess::isAlive);
    }

    /** What the processes have written that tells of an agent which threw. */
    List<String> failures() {
        return lines.stream().filter(line -> line.contains("STOPPED")).toList();
    }

    List<String> lines() {
        return lines;
    }

    ClusterBoard board() {
        return board;
    }

    /** A program that sends made-up orders. */
    FlowProgram program(final long seed, final long count, final long clientId, final double rate) {
        return new FlowProgram(
                new SyntheticFlow(seed, count),
                new FlowEncoder(Flows.SYMBOL),
                new Nothing(),
                board,
                clientId,
                Pace.of(rate),
                GatewayConfiguration.DEFAULT_WINDOW_COMMANDS);
    }

    /** Runs a program at a gateway in this process. */
    Node gateway(final FlowProgram program) {
        final Properties own = new Properties();
        own.putAll(properties);
        own.setProperty("host.gateways", "1");
        return Node.launch(new NodeContext(NodeConfiguration.of(own, "gateway"))
                .programs(id -> program)
                .listener(listener));
    }

    void await(final String what, final BooleanSupplier condition) {
        assertTrue(FlowWait.until(DEADLINE_S, () -> condition.getAsBoolean() || !failures().isEmpty()), what);
        assertEquals(List.of(), failures());
        assertEquals(0, listener.failures(), "agents of the gateway that threw");
    }

    Path archive(final int id) {
        return directory.resolve("archive-" + id);
    }

    /** The state that an archive's log makes. */
    LogState.Result replay(final int archiveId) {
        return LogState.replay(
                archive(archiveId),
                new ExchangeStateMachine(new MatchingContext().symbol(Flows.SYMBOL)),
                Long.MAX_VALUE);
    }

    /** Asks every process to end, and waits until it has. */
    void stopAll() {
        CloseHelper.closeAll(processes.values());
        processes.clear();
    }

    @Override
    public void close() {
        stopAll();
    }

    private void set(final String key, final String value) {
        properties.setProperty(key, value);
    }

    /** Only the answers count. */
    private static final class Nothing implements FlowOutputs {
        @Override
        public void onSent(final FlowCommand row) {
            // Only the answers count.
        }

        @Override
        public void onOutput(
                final long inputSequence,
                final long clientSequence,
                final DirectBuffer buffer,
                final int offset,
                final int length) {
            // Only the answers count.
        }
    }
}
