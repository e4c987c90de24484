package io.lockstep.benchmarks.path.subject;

import io.aeron.ExclusivePublication;
import io.aeron.Image;
import io.aeron.cluster.codecs.CloseReason;
import io.aeron.cluster.service.ClientSession;
import io.aeron.cluster.service.Cluster;
import io.aeron.cluster.service.ClusteredService;
import io.aeron.logbuffer.Header;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;

/** What {@link EchoLogic} does, as a clustered service. */
final class ClusterEcho implements ClusteredService {
    private IdleStrategy idleStrategy;
    private long hash;

    @Override
    public void onStart(final Cluster cluster, final Image snapshotImage) {
        idleStrategy = cluster.idleStrategy();
    }

    @Override
    public void onSessionMessage(
            final ClientSession session,
            final long timestamp,
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final Header header) {
        hash = hash * 31 + header.position();
        if (session == null) {
            return;
        }
        idleStrategy.reset();
        while (session.offer(buffer, offset, length) < 0) {
            idleStrategy.idle();
        }
    }

    @Override
    public void onSessionOpen(final ClientSession session, final long timestamp) {
        // A session needs nothing.
    }

    @Override
    public void onSessionClose(final ClientSession session, final long timestamp, final CloseReason closeReason) {
        // A session leaves nothing.
    }

    @Override
    public void onTimerEvent(final long correlationId, final long timestamp) {
        // There are no timers.
    }

    @Override
    public void onTakeSnapshot(final ExclusivePublication snapshotPublication) {
        snapshotPublication.offer(new UnsafeBuffer(new byte[Long.BYTES]), 0, Long.BYTES);
    }

    @Override
    public void onRoleChange(final Cluster.Role newRole) {
        // The same for every role.
    }

    @Override
    public void onTerminate(final Cluster cluster) {
        // Nothing is kept.
    }

    @Override
    public String toString() {
        return "echo " + hash;
    }
}
