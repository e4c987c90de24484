package io.lockstep.archive.record;

import io.lockstep.codecs.HotPath;
import io.lockstep.codecs.protocol.ArchiveState;

/**
 * When an archive says how far it has recorded an epoch. Decides only; the archive agent's thread calls it.
 *
 * <pre>
 *   what is to be said         when
 *   the first of an epoch      at once
 *   another state              at once
 *   another position           at once if the last ack is older than the spacing, else when it is
 *   nothing new                when the last ack is older than the interval, for those who came late
 * </pre>
 *
 * <p>Asked in each duty cycle with the newest position, so whatever it holds back is overtaken or said in the end.
 */
@HotPath
final class AckPace {
    private final long spacingNs;
    private final long intervalNs;
    private boolean isFirst = true;
    private long position;
    private ArchiveState state = ArchiveState.RECORDING;
    private long sentNs;

    /**
     * A pace before the first epoch.
     *
     * @param spacingNs least time between two acks that say another position
     * @param intervalNs between acks that say nothing new
     */
    AckPace(final long spacingNs, final long intervalNs) {
        this.spacingNs = spacingNs;
        this.intervalNs = intervalNs;
    }

    /** Another epoch begins; nothing has been said of it. */
    void begin() {
        isFirst = true;
        position = 0;
        state = ArchiveState.RECORDING;
    }

    /**
     * Tells whether an ack is to be sent.
     *
     * @param nowNs time of this duty cycle
     * @param newPosition it would say
     * @param newState it would say
     */
    boolean isDue(final long nowNs, final long newPosition, final ArchiveState newState) {
        if (isFirst || newState != state) {
            return true;
        }
        return nowNs - sentNs >= (newPosition == position ? intervalNs : spacingNs);
    }

    /** An ack that said this has been sent. */
    void sent(final long nowNs, final long newPosition, final ArchiveState newState) {
        isFirst = false;
        position = newPosition;
        state = newState;
        sentNs = nowNs;
    }

    /** Position last said of the epoch; 0 before. */
    long position() {
        return position;
    }
}
