package io.lockstep.node;

import io.aeron.driver.ThreadingMode;
import io.lockstep.core.client.GatewayConfiguration;
import io.lockstep.core.logic.StateMachine;
import io.lockstep.core.replica.Replica;
import io.lockstep.core.replica.ReplicaConfiguration;
import io.lockstep.core.sequencer.SequencerConfiguration;
import io.lockstep.node.agent.AgentAids;
import io.lockstep.node.agent.AgentThread;
import io.lockstep.node.agent.ArchiveBundle;
import io.lockstep.node.agent.ClientAgent;
import io.lockstep.node.agent.GatewayAgent;
import io.lockstep.node.agent.GatewayProgram;
import io.lockstep.node.agent.InvokedDriver;
import io.lockstep.node.agent.ReplicaAgent;
import io.lockstep.node.agent.ReplicaLogicAgent;
import io.lockstep.node.agent.ReplicaReaderAgent;
import io.lockstep.node.agent.ReplicaRing;
import io.lockstep.node.agent.SequencerAgent;
import io.lockstep.node.config.Layout;
import io.lockstep.node.config.NodeConfiguration;
import io.lockstep.transport.ClientThreading;
import io.lockstep.transport.DriverContext;
import io.lockstep.transport.IdleStrategies;
import io.lockstep.transport.SeededLoss;
import io.lockstep.transport.Transport;
import io.lockstep.transport.TransportContext;
import io.lockstep.transport.TransportDriver;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.agrona.CloseHelper;
import org.agrona.concurrent.Agent;

/**
 * A process of the system: a media driver and any set of sequencers, archives, replicas and gateways over it.
 *
 * <p>Fused, one thread runs the driver and every agent but the archives, which have a second; threaded, the driver and
 * each agent have their own, and a replica has two, one that reads the log and one that applies it, with a ring
 * between.
 */
public final class Node implements AutoCloseable {
    private final NodeContext context;
    private final NodeConfiguration configuration;
    private final TransportContext transportContext;
    private final List<AgentThread> roleThreads = new ArrayList<>();
    private final List<AgentThread> archiveThreads = new ArrayList<>();
    private final List<Replica> replicas = new ArrayList<>();
    private final List<SequencerAgent> sequencers = new ArrayList<>();
    private final List<ArchiveBundle> archives = new ArrayList<>();
    private final SeededLoss loss;
    private TransportDriver driver;
    private AgentThread fusedThread;
    private AgentAids fusedAids;

    private Node(final NodeContext context) {
        this.context = context;
        this.configuration = context.configuration();
        this.transportContext = configuration
                .transportContext()
                .mediumListener((medium, reason) -> context.listener().onMedium(reason))
                .conclude();
        this.loss = configuration.lossPercent() == 0
                ? null
                : new SeededLoss(configuration.lossSeed(), configuration.lossPercent(), configuration.lossPercent());
    }

    /**
     * Starts a node; returns when its agents run, which is before the first epoch is open.
     *
     * @param context concluded here if it is not yet
     * @throws IllegalArgumentException if the context does not hold together
     * @throws IllegalStateException if a part cannot start; what had started is closed again
     */
    public static Node launch(final NodeContext context) {
        if (!context.isConcluded()) {
            context.conclude();
        }
        final Node node = new Node(context);
        try {
            node.start();
        } catch (final RuntimeException e) {
            CloseHelper.close(error -> e.addSuppressed(error), node);
            throw e;
        }
        return node;
    }

    /** Replicas of this node, in the order of the configuration; their places are read only for display. */
    public List<Replica> replicas() {
        return List.copyOf(replicas);
    }

    /** Sequencers of this node, in the order of the configuration. */
    public List<SequencerAgent> sequencers() {
        return List.copyOf(sequencers);
    }

    /** Archives of this node, in the order of the configuration. */
    public List<ArchiveBundle> archives() {
        return List.copyOf(archives);
    }

    /** Datagrams dropped on purpose so far. */
    public long droppedDatagrams() {
        return loss == null ? 0 : loss.droppedData() + loss.droppedControl();
    }

    /** What carries the streams, after the choice. */
    public TransportContext transportContext() {
        return transportContext;
    }

    /**
     * Stops gateways, replicas and sequencer, then the archives, so that the log has their last word, then the
     * driver.
     */
    @Override
    public void close() {
        final List<AutoCloseable> parts = new ArrayList<>();
        if (fusedThread != null) {
            parts.add(() -> fusedThread.closeAgents(driver.isEmbedded() ? 1 : 0));
        }
        parts.addAll(roleThreads);
        parts.addAll(archiveThreads);
        parts.add(fusedThread);
        parts.add(driver);
        CloseHelper.closeAll(parts);
    }

    private void start() {
        final boolean fused = configuration.layout() == Layout.FUSED;
        driver = TransportDriver.launch(driverContext(fused));
        if (fused) {
            fusedThread = newThread("lockstep-fused");
            if (driver.isEmbedded()) {
                fusedThread.add(() -> new InvokedDriver(driver.invoker()));
            }
        }
        startArchives(fused);
        startSequencers();
        startReplicas();
        startGateways();
    }

    private DriverContext driverContext(final boolean fused) {
        final NodeListener listener = context.listener();
        final DriverContext driverContext = DriverContext.of(transportContext)
                .threadingMode(fused ? ThreadingMode.INVOKER : ThreadingMode.SHARED)
                .idleStrategy(configuration.idle())
                .warningListener(message -> listener.onWarning("driver", message))
                .errorHandler(error -> listener.onWarning("driver", error.toString()));
        if (loss != null) {
            driverContext.loss(loss);
        }
        DriverPlace.apply(configuration, driverContext);
        return driverContext;
    }

    private void startArchives(final boolean fused) {
        AgentThread thread = null;
        AgentAids aids = null;
        for (final int archiveId : configuration.archives()) {
            if (thread == null || !fused) {
                thread = newThread(fused ? "lockstep-archives" : "lockstep-archive-" + archiveId);
                archiveThreads.add(thread);
                aids = newAids(thread, "archives", ClientThreading.INVOKER);
            }
            final AgentAids shared = aids;
            archives.add(thread.add(() ->
                    new ArchiveBundle(shared, driver, configuration, archiveId, context.incarnation() + archiveId)));
        }
    }

    private void startSequencers() {
        for (final int id : configuration.sequencers()) {
            final SequencerConfiguration sequencer = new SequencerConfiguration(
                    configuration.clusterId(),
                    id,
                    context.incarnation(),
                    configuration.archiveSet(),
                    configuration.windowBytes(),
                    configuration.tickIntervalNs(),
                    configuration.sessionTimeoutNs(),
                    SequencerConfiguration.DEFAULT_ANSWER_INTERVAL_NS,
                    0);
            sequencers.add(onRoleThread("sequencer-" + id, aids -> new SequencerAgent(aids, id, sequencer)));
        }
    }

    private void startReplicas() {
        for (final int id : configuration.replicas()) {
            final ReplicaConfiguration replica =
                    ReplicaConfiguration.of(configuration.clusterId(), id, context.incarnation());
            final StateMachine stateMachine = context.stateMachine().get();
            if (fusedThread != null) {
                replicas.add(onRoleThread("replica-" + id, aids -> new ReplicaAgent(aids, replica, stateMachine))
                        .replica());
            } else {
                startRingedReplica(id, replica, stateMachine);
            }
        }
    }

    private void startRingedReplica(
            final int id, final ReplicaConfiguration replica, final StateMachine stateMachine) {
        final ReplicaRing ring = new ReplicaRing(configuration.replicaRingBytes());
        replicas.add(onRoleThread(
                        "replica-" + id + "-logic", aids -> new ReplicaLogicAgent(aids, replica, stateMachine, ring))
                .replica());
        onRoleThread("replica-" + id + "-reader", aids -> new ReplicaReaderAgent(aids, id, ring));
    }

    private void startGateways() {
        for (final int id : configuration.gateways()) {
            final GatewayConfiguration gateway = GatewayConfiguration.of(
                    configuration.clusterId(), context.incarnation() + id, configuration.archiveSet());
            final GatewayProgram program = context.programs().apply(id);
            onRoleThread("gateway-" + id, aids -> new GatewayAgent(aids, id, gateway, program));
        }
    }

    private <T extends Agent> T onRoleThread(final String name, final Function<AgentAids, T> builder) {
        if (fusedThread != null) {
            if (fusedAids == null) {
                fusedAids = newAids(
                        fusedThread,
                        "fused",
                        driver.isEmbedded() ? ClientThreading.INVOKER_WITH_DRIVER : ClientThreading.INVOKER);
            }
            return fusedThread.add(() -> builder.apply(fusedAids));
        }
        final AgentThread thread = newThread("lockstep-" + name);
        roleThreads.add(thread);
        final AgentAids aids = newAids(thread, name, ClientThreading.INVOKER);
        return thread.add(() -> builder.apply(aids));
    }

    private AgentAids newAids(final AgentThread thread, final String name, final ClientThreading threading) {
        final ClientAgent client = thread.add(() -> new ClientAgent(driver.connect(
                "lockstep-" + name, threading, error -> context.listener().onWarning(name, error.toString()))));
        final Transport transport = new Transport(client.aeron(), transportContext);
        return new AgentAids(transport, configuration.clusterId(), context.listener());
    }

    private AgentThread newThread(final String name) {
        return new AgentThread(name, IdleStrategies.of(configuration.idle()), context.listener());
    }
}
