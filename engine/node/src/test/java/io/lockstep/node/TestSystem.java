package io.lockstep.node;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.core.epoch.LogEnd;
import io.lockstep.node.config.NodeConfiguration;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SleepingMillisIdleStrategy;

/** What tests of whole systems share: members on ports of their own, failures gathered, waits with a deadline. */
public final class TestSystem {
    private static final long DEADLINE_NS = 60_000_000_000L;

    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final AtomicLong epoch = new AtomicLong();
    private final Properties properties = new Properties();

    /** One sequencer, three archives and two replicas, none of them hosted. */
    public TestSystem(final Path directory, final int port, final String group) {
        set("directory", directory.toString());
        set("medium", "multicast");
        set("multicast.group", group);
        set("multicast.port", Integer.toString(port));
        set("sequencer.1", "127.0.0.1:" + (port + 10));
        set("archive.1", "127.0.0.1:" + (port + 20));
        set("archive.2", "127.0.0.1:" + (port + 30));
        set("archive.3", "127.0.0.1:" + (port + 40));
        set("replica.1", "127.0.0.1:" + (port + 50));
        set("replica.2", "127.0.0.1:" + (port + 60));
    }

    /** Sets one key. */
    public TestSystem set(final String key, final String value) {
        properties.setProperty(key, value);
        return this;
    }

    /** Hosts every member in this process. */
    public TestSystem hostAll() {
        return set("host.sequencers", "1").set("host.archives", "1,2,3").set("host.replicas", "1,2");
    }

    /** The keys as they stand. */
    public Properties properties() {
        final Properties copy = new Properties();
        copy.putAll(properties);
        return copy;
    }

    /** The configuration as the keys stand. */
    public NodeConfiguration configuration() {
        return NodeConfiguration.of(properties, "test");
    }

    /** A node of the sum's system; failures are gathered here. */
    public NodeContext context() {
        return new NodeContext(configuration()).stateMachine(SumLogic::new).listener(listener());
    }

    /** The last epoch that a sequencer of this system has opened. */
    public long epoch() {
        return epoch.get();
    }

    /** Every agent that threw. */
    public List<String> failures() {
        return failures;
    }

    /** Waits until a condition holds; fails after a minute, or as soon as an agent has thrown. */
    public void await(final String what, final BooleanSupplier condition) {
        awaitDespiteFailures(what, () -> {
            assertTrue(failures.isEmpty(), failures.toString());
            return condition.getAsBoolean();
        });
    }

    /** Waits until a condition holds; fails after a minute. */
    public void awaitDespiteFailures(final String what, final BooleanSupplier condition) {
        final IdleStrategy idle = new SleepingMillisIdleStrategy(1);
        final long deadline = System.nanoTime() + DEADLINE_NS;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - deadline < 0, "not within the deadline: " + what);
            idle.idle();
        }
    }

    private NodeListener listener() {
        return new NodeListener() {
            @Override
            public void onEpochOpened(final long opened, final LogEnd previous) {
                epoch.set(opened);
            }

            @Override
            public void onFailure(final String role, final Throwable error) {
                failures.add(role + ": " + error);
                System.err.println(role + " STOPPED: " + error);
            }

            @Override
            public void onWarning(final String role, final String message) {
                System.err.println(role + ": " + message);
            }
        };
    }
}
