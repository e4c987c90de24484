package io.lockstep.tools.system;

import io.lockstep.node.Node;
import io.lockstep.node.NodeContext;
import io.lockstep.node.NodeListener;
import io.lockstep.node.agent.GatewayProgram;
import io.lockstep.node.config.NodeConfiguration;
import io.lockstep.tools.console.Configurations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;
import org.agrona.CloseHelper;

/**
 * A whole system on this machine, with a gateway in this process: everything in one process, or each role in its own.
 * One sequencer, three archives, two replicas.
 */
public final class LocalSystem implements AutoCloseable {
    /** How many archives there are. */
    public static final int ARCHIVES = 3;

    /** How many replicas there are. */
    public static final int REPLICAS = 2;

    private static final int PORTS_EACH = 10;
    private static final int LOWEST_PORT = 10_000;
    private static final int PORT_SLOTS = 100;
    private static final int PORTS_EACH_SYSTEM = 100;

    private final Path directory;
    private final Properties properties;
    private final NodeConfiguration configuration;
    private final List<RoleProcess> processes = new ArrayList<>();
    private Node node;

    private LocalSystem(final Path directory, final Options options) {
        this.directory = directory;
        this.properties = properties(directory, options);
        final Properties own = new Properties();
        own.putAll(properties);
        own.setProperty("host.gateways", "1");
        if (!options.processes()) {
            own.setProperty("host.sequencers", "1");
            own.setProperty("host.archives", ids(ARCHIVES));
            own.setProperty("host.replicas", ids(REPLICAS));
        }
        this.configuration = NodeConfiguration.of(own, "local system");
    }

    /**
     * How a local system is to be.
     *
     * @param processes each role in a process of its own
     * @param medium as in the configuration file
     * @param layout as in the configuration file
     * @param idle as in the configuration file
     * @param lossPercent of datagrams dropped on purpose
     * @param seed of the loss
     */
    public record Options(
            boolean processes, String medium, String layout, String idle, double lossPercent, long seed) {}

    /**
     * Starts a system.
     *
     * @param directory for the archives; made if missing, left to the caller
     * @param options how it is to be
     * @param program of the gateway
     * @param listener told of what matters
     */
    public static LocalSystem start(
            final Path directory, final Options options, final GatewayProgram program, final NodeListener listener) {
        final LocalSystem system = new LocalSystem(directory, options);
        try {
            if (options.processes()) {
                system.startProcesses(listener);
            }
            system.node = Node.launch(new NodeContext(system.configuration)
                    .programs(id -> program)
                    .listener(listener));
        } catch (final RuntimeException e) {
            CloseHelper.close(e::addSuppressed, system);
            throw e;
        }
        return system;
    }

    /** Where the archive with this id keeps its recordings. */
    public Path archiveDirectory(final int archiveId) {
        return configuration.archiveDirectory(archiveId);
    }

    /** Datagrams that this process dropped on purpose. */
    public long droppedDatagrams() {
        return node.droppedDatagrams();
    }

    /** Name of the medium that is used. */
    public String medium() {
        return node.transportContext().medium().name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() {
        final List<AutoCloseable> parts = new ArrayList<>();
        parts.add(node);
        for (int i = processes.size() - 1; i >= 0; i--) {
            parts.add(processes.get(i));
        }
        CloseHelper.closeAll(parts);
    }

    private void startProcesses(final NodeListener listener) {
        try {
            for (int id = 1; id <= ARCHIVES; id++) {
                startProcess("archive-" + id, "host.archives", id, listener);
            }
            startProcess("sequencer-1", "host.sequencers", 1, listener);
            for (int id = 1; id <= REPLICAS; id++) {
                startProcess("replica-" + id, "host.replicas", id, listener);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("a process of the system cannot be started", e);
        }
    }

    private void startProcess(final String name, final String key, final int id, final NodeListener listener)
            throws IOException {
        final Properties own = new Properties();
        own.putAll(properties);
        own.setProperty(key, Integer.toString(id));
        processes.add(RoleProcess.start(name, own, directory, line -> listener.onWarning(name, line)));
    }

    private static Properties properties(final Path directory, final Options options) {
        // Systems of several users, or tests, on one machine stay apart: each takes a slot of ports and groups at
        // random.
        final int slot = ThreadLocalRandom.current().nextInt(PORT_SLOTS);
        final int port = LOWEST_PORT + slot * PORTS_EACH_SYSTEM;
        final Properties properties = new Properties();
        properties.setProperty("cluster.id", Integer.toString(1 + ThreadLocalRandom.current().nextInt(1 << 30)));
        properties.setProperty("directory", directory.toString());
        Configurations.setDriverParent(properties);
        properties.setProperty("medium", options.medium());
        properties.setProperty("layout", options.layout());
        properties.setProperty("idle", options.idle());
        properties.setProperty("multicast.group", "239.71." + (100 + slot) + ".1");
        properties.setProperty("multicast.port", Integer.toString(port));
        int next = port + PORTS_EACH;
        properties.setProperty("sequencer.1", "127.0.0.1:" + next);
        for (int id = 1; id <= ARCHIVES; id++) {
            next += PORTS_EACH;
            properties.setProperty("archive." + id, "127.0.0.1:" + next);
        }
        for (int id = 1; id <= REPLICAS; id++) {
            next += PORTS_EACH;
            properties.setProperty("replica." + id, "127.0.0.1:" + next);
        }
        if (options.lossPercent() > 0) {
            properties.setProperty(
                    "loss.percent",
                    BigDecimal.valueOf(options.lossPercent()).toPlainString());
            properties.setProperty("loss.seed", Long.toString(options.seed()));
        }
        return properties;
    }

    private static String ids(final int count) {
        final StringBuilder ids = new StringBuilder("1");
        for (int id = 2; id <= count; id++) {
            ids.append(',').append(id);
        }
        return ids.toString();
    }
}
