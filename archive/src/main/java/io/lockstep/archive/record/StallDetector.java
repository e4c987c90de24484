package io.lockstep.archive.record;

/**
 * Notices that a recording stands still though the stream it records has moved on. Time is an argument; told of
 * positions by the archive agent each duty cycle. Says so once: a stalled recording stays stalled, even if it should
 * move again, until the next epoch, since only repair makes an archive that fell behind a member again.
 */
final class StallDetector {
    private final long deadlineNs;
    private long recordedPosition;
    private long behindSinceNs;
    private boolean behind;
    private boolean stalled;

    /**
     * @param deadlineNs how long a recording may stand still behind the stream
     */
    StallDetector(final long deadlineNs) {
        this.deadlineNs = deadlineNs;
    }

    /** Another epoch begins. */
    void reset() {
        recordedPosition = 0;
        behind = false;
        stalled = false;
    }

    /**
     * Looks at both positions.
     *
     * @param nowNs time of this duty cycle
     * @param streamPosition highest position of the stream seen on this host, or below zero if nobody says
     * @param recorded position of the recording
     * @return true the one time the stall is found
     */
    boolean onPositions(final long nowNs, final long streamPosition, final long recorded) {
        if (stalled) {
            return false;
        }
        if (recorded != recordedPosition || streamPosition <= recorded) {
            recordedPosition = recorded;
            behind = false;
            return false;
        }
        if (!behind) {
            behind = true;
            behindSinceNs = nowNs;
            return false;
        }
        stalled = nowNs - behindSinceNs >= deadlineNs;
        return stalled;
    }

    boolean isStalled() {
        return stalled;
    }
}
