package io.lockstep.node.agent;

import io.lockstep.core.logic.StateMachine;
import io.lockstep.core.replica.Replica;
import io.lockstep.core.replica.ReplicaConfiguration;
import io.lockstep.core.ring.RecordHandler;
import io.lockstep.core.ring.RingConsumer;
import org.agrona.concurrent.Agent;

/** Runs a replica's logic in a thread of its own: out of the ring that another thread fills. */
public final class ReplicaLogicAgent implements Agent {
    private static final int ENTRY_LIMIT = 64;

    private final NodeClock clock = new NodeClock();
    private final String roleName;
    private final ReplicaRing ring;
    private final RingConsumer entries;
    private final ReplicaEnds ends;
    private final Replica replica;
    private final RecordHandler handler;

    /**
     * An agent whose ends are open; called on its thread.
     *
     * @param aids what agents of a node share
     * @param configuration of the replica
     * @param stateMachine in its initial state
     * @param ring it empties
     */
    public ReplicaLogicAgent(
            final AgentAids aids,
            final ReplicaConfiguration configuration,
            final StateMachine stateMachine,
            final ReplicaRing ring) {
        this.roleName = "replica-" + configuration.replicaId() + "-logic";
        this.ring = ring;
        this.entries = ring.logic();
        this.ends = new ReplicaEnds(aids, configuration, stateMachine, aids.hops().taps(configuration.replicaId()));
        this.replica = ends.replica();
        this.handler = (buffer, offset, length, position) -> ReplicaRing.apply(replica, buffer, offset);
    }

    @Override
    public int doWork() {
        return entries.drain(handler, ENTRY_LIMIT) + ends.poll(clock.nanoTime());
    }

    @Override
    public String roleName() {
        return roleName;
    }

    @Override
    public void onClose() {
        ring.stop();
        ends.close();
    }

    /** The replica; read its place from other threads only for display. */
    public Replica replica() {
        return replica;
    }
}
