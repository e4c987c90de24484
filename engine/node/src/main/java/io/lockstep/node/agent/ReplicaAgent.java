package io.lockstep.node.agent;

import io.aeron.ExclusivePublication;
import io.aeron.FragmentAssembler;
import io.aeron.Subscription;
import io.aeron.logbuffer.Header;
import io.lockstep.archive.read.LogReader;
import io.lockstep.core.logic.StateMachine;
import io.lockstep.core.replica.Replica;
import io.lockstep.core.replica.ReplicaConfiguration;
import io.lockstep.node.adapter.AeronPublisher;
import io.lockstep.node.adapter.LogEnds;
import io.lockstep.transport.Role;
import io.lockstep.transport.Transport;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.Agent;

/** Runs a replica in one thread: from the log straight into the state machine, without a ring in between. */
public final class ReplicaAgent implements Agent {
    private static final int FRAGMENT_LIMIT = 16;

    private final NodeClock clock = new NodeClock();
    private final String roleName;
    private final ExclusivePublication outputs;
    private final ExclusivePublication controlPublication;
    private final Subscription controlSubscription;
    private final FragmentAssembler controlAssembler = new FragmentAssembler(this::onControl);
    private final LogEnds log;
    private final LogReader reader;
    private final Replica replica;

    /**
     * An agent whose ends are open; called on its thread.
     *
     * @param aids what agents of a node share
     * @param configuration of the replica
     * @param stateMachine in its initial state
     */
    public ReplicaAgent(
            final AgentAids aids, final ReplicaConfiguration configuration, final StateMachine stateMachine) {
        final Transport transport = aids.transport();
        final int replicaId = configuration.replicaId();
        roleName = "replica-" + replicaId;
        outputs = transport.addOutputPublication(replicaId);
        controlPublication = transport.addControlPublication(Role.REPLICA, replicaId);
        controlSubscription = transport.addControlSubscription(Role.REPLICA, replicaId);
        replica = new Replica(
                configuration, stateMachine, new AeronPublisher(outputs), new AeronPublisher(controlPublication));
        log = aids.logFrom(1, roleName, this::onEntry);
        reader = log.reader();
    }

    @Override
    public int doWork() {
        final long nanoTime = clock.nanoTime();
        int work = reader.poll(nanoTime);
        work += controlSubscription.poll(controlAssembler, FRAGMENT_LIMIT);
        return work + replica.onDutyCycle(nanoTime);
    }

    @Override
    public String roleName() {
        return roleName;
    }

    @Override
    public void onClose() {
        CloseHelper.closeAll(log, controlSubscription, controlPublication, outputs);
    }

    /** The replica; read its place from other threads only for display. */
    public Replica replica() {
        return replica;
    }

    private boolean onEntry(final DirectBuffer buffer, final int offset, final int length, final long endPosition) {
        replica.live(reader.state() == LogReader.State.LIVE);
        return replica.onEntry(buffer, offset);
    }

    private void onControl(final DirectBuffer buffer, final int offset, final int length, final Header header) {
        replica.onControl(buffer, offset, length);
    }
}
