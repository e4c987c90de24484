package io.lockstep.node;

import io.aeron.driver.ThreadingMode;
import io.lockstep.core.client.GatewayConfiguration;
import io.lockstep.core.logic.StateMachine;
import io.lockstep.core.replica.Replica;
import io.lockstep.core.replica.ReplicaConfiguration;
import io.lockstep.core.sequencer.SequencerConfiguration;
import io.lockstep.core.trace.HopTrace;
import io.lockstep.node.adapter.Outflow;
import io.lockstep.node.agent.AgentAids;
import io.lockstep.node.agent.AgentThread;
import io.lockstep.node.agent.ArchiveBundle;
import io.lockstep.node.agent.ClientAgent;
import io.lockstep.node.agent.GatewayAgent;
import io.lockstep.node.agent.GatewayProgram;
import io.lockstep.node.agent.ReplicaAgent;
import io.lockstep.node.agent.ReplicaLogicAgent;
import io.lockstep.node.agent.ReplicaReaderAgent;
import io.lockstep.node.agent.ReplicaRing;
import io.lockstep.node.agent.SequencerAgent;
import io.lockstep.node.config.Layout;
import io.lockstep.node.config.NodeConfiguration;
import io.lockstep.node.trace.HopRings;
import io.lockstep.transport.ClientThreading;
import io.lockstep.transport.DriverContext;
import io.lockstep.transport.IdleStrategies;
import io.lockstep.transport.Medium;
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
 * <p>Fused, one thread runs a driver and every agent but the archives, which have a second one with a driver of their
 * own; threaded, the driver and
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
    private final HopRings hops;
    private final SeededLoss loss;
    private final SeededLoss archivesLoss;
    private TransportDriver driver;
    private TransportDriver archivesDriver;
    private AgentThread fusedThread;
    private AgentAids fusedAids;
    private Outflow fusedOutflow = Outflow.ELSEWHERE;

    private Node(final NodeContext context) {
        this.context = context;
        this.configuration = context.configuration();
        this.transportContext = configuration
                .transportContext()
                .mediumListener((medium, reason) -> context.listener().onMedium(reason))
                .conclude();
        this.hops = configuration.hopRings();
        this.loss = newLoss(configuration.lossSeed());
        this.archivesLoss = newLoss(~configuration.lossSeed());
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
        return dropped(loss) + dropped(archivesLoss);
    }

    /** Times of commands at the hops of this node; nothing unless {@code trace.hops} is set. */
    public List<HopTrace> hopTraces() {
        return hops.traces();
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
        parts.add(archivesDriver);
        CloseHelper.closeAll(parts);
    }

    private void start() {
        final boolean fused = configuration.layout() == Layout.FUSED;
        driver = TransportDriver.launch(driverContext(fused, loss));
        if (fused) {
            fusedThread = newThread("lockstep-fused");
            if (driver.isEmbedded()) {
                fusedOutflow = fusedThread.addDriver(driver.invoker());
            }
        }
        startArchives(fused);
        startSequencers();
        startReplicas();
        startGateways();
    }

    private DriverContext driverContext(final boolean fused, final SeededLoss ownLoss) {
        final NodeListener listener = context.listener();
        final DriverContext driverContext = DriverContext.of(transportContext)
                .threadingMode(fused ? ThreadingMode.INVOKER : ThreadingMode.SHARED)
                .idleStrategy(configuration.idle())
                .warningListener(message -> listener.onWarning("driver", message))
                .errorHandler(error -> listener.onWarning("driver", error.toString()));
        if (ownLoss != null) {
            driverContext.loss(ownLoss);
        }
        DriverPlace.apply(configuration, driverContext);
        return driverContext;
    }

    private void startArchives(final boolean fused) {
        if (fused) {
            startFusedArchives();
            return;
        }
        for (final int archiveId : configuration.archives()) {
            final AgentThread thread = newThread("lockstep-archive-" + archiveId);
            archiveThreads.add(thread);
            final AgentAids aids = newAids(thread, driver, "archive-" + archiveId, Outflow.ELSEWHERE);
            addArchive(thread, aids, aids, archiveId);
        }
    }

    /**
     * The archives record from the images of the fused thread's driver, so that each datagram of the log is received
     * once. What they say goes through a driver of their own, which their thread invokes, so that it costs the other
     * thread no sending; not where another process runs the driver, nor over shared memory, which only clients of one
     * driver share.
     */
    private void startFusedArchives() {
        if (configuration.archives().isEmpty()) {
            return;
        }
        final AgentThread thread = newThread("lockstep-archives");
        archiveThreads.add(thread);
        final boolean isApart = driver.isEmbedded() && transportContext.medium() != Medium.IPC;
        if (isApart) {
            archivesDriver = TransportDriver.launch(driverContext(true, archivesLoss));
        }
        final Outflow outflow = isApart ? thread.addDriver(archivesDriver.invoker()) : Outflow.ELSEWHERE;
        final AgentAids recording = newAids(thread, driver, "archives", Outflow.ELSEWHERE);
        final AgentAids talking = isApart ? newAids(thread, archivesDriver, "archives-talk", outflow) : recording;
        for (final int archiveId : configuration.archives()) {
            addArchive(thread, recording, talking, archiveId);
        }
    }

    private void addArchive(
            final AgentThread thread, final AgentAids recording, final AgentAids talking, final int archiveId) {
        archives.add(thread.add(() -> new ArchiveBundle(
                recording, talking, driver, configuration, archiveId, context.incarnation() + archiveId)));
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
                fusedAids = newAids(fusedThread, driver, "fused", fusedOutflow);
            }
            return fusedThread.add(() -> builder.apply(fusedAids));
        }
        final AgentThread thread = newThread("lockstep-" + name);
        roleThreads.add(thread);
        final AgentAids aids = newAids(thread, driver, name, Outflow.ELSEWHERE);
        return thread.add(() -> builder.apply(aids));
    }

    private AgentAids newAids(
            final AgentThread thread, final TransportDriver own, final String name, final Outflow outflow) {
        final ClientThreading threading =
                outflow == Outflow.ELSEWHERE ? ClientThreading.INVOKER : ClientThreading.INVOKER_WITH_DRIVER;
        final ClientAgent client = thread.add(() -> new ClientAgent(own.connect(
                "lockstep-" + name, threading, error -> context.listener().onWarning(name, error.toString()))));
        final Transport transport = new Transport(client.aeron(), transportContext);
        return new AgentAids(transport, configuration.clusterId(), context.listener(), outflow, hops);
    }

    private SeededLoss newLoss(final long seed) {
        final double percent = configuration.lossPercent();
        return percent == 0 ? null : new SeededLoss(seed, percent, percent);
    }

    private static long dropped(final SeededLoss loss) {
        return loss == null ? 0 : loss.droppedData() + loss.droppedControl();
    }

    private AgentThread newThread(final String name) {
        return new AgentThread(name, IdleStrategies.of(configuration.idle()), context.listener());
    }
}
