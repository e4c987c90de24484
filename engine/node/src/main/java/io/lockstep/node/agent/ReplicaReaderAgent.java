package io.lockstep.node.agent;

import io.lockstep.archive.read.LogReader;
import io.lockstep.node.adapter.LogEnds;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.Agent;

/** Takes the log off the stream into a replica's ring, so that a slow entry of the logic does not keep it waiting. */
public final class ReplicaReaderAgent implements Agent {
    private final NodeClock clock = new NodeClock();
    private final String roleName;
    private final ReplicaRing ring;
    private final LogEnds log;
    private final LogReader reader;

    /**
     * An agent whose ends are open; called on its thread.
     *
     * @param aids what agents of a node share
     * @param replicaId names the replica among its kind
     * @param ring it fills
     */
    public ReplicaReaderAgent(final AgentAids aids, final int replicaId, final ReplicaRing ring) {
        this.roleName = "replica-" + replicaId + "-reader";
        this.ring = ring;
        this.log = aids.logFrom(1, roleName, aids.hops().taps(replicaId).entriesIn(this::onEntry));
        this.reader = log.reader();
    }

    @Override
    public int doWork() {
        if (ring.isStopped()) {
            // A log that nobody applies is not kept waiting for: the failed logic has been reported by its own thread.
            reader.stop();
            return 0;
        }
        return reader.poll(clock.nanoTime());
    }

    @Override
    public String roleName() {
        return roleName;
    }

    @Override
    public void onClose() {
        log.close();
    }

    private boolean onEntry(final DirectBuffer buffer, final int offset, final int length, final long endPosition) {
        return ring.offer(buffer, offset, length, reader.state() == LogReader.State.LIVE);
    }
}
