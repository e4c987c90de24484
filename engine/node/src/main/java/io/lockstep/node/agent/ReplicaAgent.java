package io.lockstep.node.agent;

import io.lockstep.archive.read.LogReader;
import io.lockstep.core.logic.StateMachine;
import io.lockstep.core.replica.Replica;
import io.lockstep.core.replica.ReplicaConfiguration;
import io.lockstep.node.adapter.LogEnds;
import io.lockstep.node.trace.HopTaps;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.Agent;

/** Runs a replica in one thread: from the log straight into the state machine, without a ring in between. */
public final class ReplicaAgent implements Agent {
    private final NodeClock clock = new NodeClock();
    private final String roleName;
    private final ReplicaEnds ends;
    private final Replica replica;
    private final LogEnds log;
    private final LogReader reader;

    /**
     * An agent whose ends are open; called on its thread.
     *
     * @param aids what agents of a node share
     * @param configuration of the replica
     * @param stateMachine in its initial state
     */
    public ReplicaAgent(
            final AgentAids aids, final ReplicaConfiguration configuration, final StateMachine stateMachine) {
        roleName = "replica-" + configuration.replicaId();
        final HopTaps taps = aids.hops().taps(configuration.replicaId());
        ends = new ReplicaEnds(aids, configuration, stateMachine, taps);
        replica = ends.replica();
        log = aids.logFrom(1, roleName, taps.entriesIn(this::onEntry));
        reader = log.reader();
    }

    @Override
    public int doWork() {
        final long nanoTime = clock.nanoTime();
        return reader.poll(nanoTime) + ends.poll(nanoTime);
    }

    @Override
    public String roleName() {
        return roleName;
    }

    @Override
    public void onClose() {
        CloseHelper.closeAll(log, ends);
    }

    /** The replica; read its place from other threads only for display. */
    public Replica replica() {
        return replica;
    }

    private boolean onEntry(final DirectBuffer buffer, final int offset, final int length, final long endPosition) {
        replica.live(reader.state() == LogReader.State.LIVE);
        return replica.onEntry(buffer, offset);
    }
}
