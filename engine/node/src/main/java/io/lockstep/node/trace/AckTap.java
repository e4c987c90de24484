package io.lockstep.node.trace;

import io.lockstep.archive.record.ArchiveAgent;
import io.lockstep.codecs.HotPath;
import io.lockstep.core.trace.Hop;
import io.lockstep.core.trace.HopRing;

/** Takes the time of each turn in which an archive's agent acknowledges more than before. */
@HotPath
public final class AckTap {
    private final HopRing ring;
    private final ArchiveAgent agent;
    private long epoch;
    private long position;

    AckTap(final HopRing ring, final ArchiveAgent agent) {
        this.ring = ring;
        this.agent = agent;
    }

    /** Gives the agent a turn. */
    public int doWork() {
        final long nanoTime = System.nanoTime();
        final int work = agent.doWork();
        if (agent.acknowledgedPosition() != position || agent.acknowledgedEpoch() != epoch) {
            position = agent.acknowledgedPosition();
            epoch = agent.acknowledgedEpoch();
            ring.entry(Hop.ARCHIVE_ACKED, nanoTime, epoch, 0, position);
        }
        return work;
    }
}
