package io.lockstep.core.takeover;

/**
 * Finds what must be done before the newest epoch may be acknowledged: every epoch of the chain before it must end
 * exactly where the next one says it did, and what is held of an epoch that the chain passes over is void.
 *
 * <pre>
 *   EPOCH_START(9) names (6, E=9,216)      recording of 8, of 7      ▶ STOP, then TRUNCATE to 0: passed over
 *                                          recording of 6 is written ▶ STOP
 *                                                          longer    ▶ TRUNCATE to 9,216
 *                                                          shorter   ▶ FETCH up to 9,216
 *                                                          equal     ▶ closed; look at what EPOCH_START(6) names
 * </pre>
 */
final class EpochCloser {
    /** What is to be done next. */
    enum Step {
        NONE,
        STOP,
        TRUNCATE,
        FETCH
    }

    private final Recordings recordings;
    private long closedFor;
    private long epoch;
    private long endPosition;

    EpochCloser(final Recordings recordings) {
        this.recordings = recordings;
    }

    /** Epoch that the step is about. */
    long epoch() {
        return epoch;
    }

    /** Where that epoch ends. */
    long endPosition() {
        return endPosition;
    }

    /** Whether all epochs before this one end where they should. */
    boolean isClosed(final long newest) {
        return closedFor == newest || next(newest) == Step.NONE;
    }

    Step next(final long newest) {
        if (closedFor == newest) {
            return Step.NONE;
        }
        EpochHead head = recordings.head(newest);
        while (head != null) {
            final long below = recordings.newestEpochBelow(head.epoch());
            if (below > head.previousEpoch()) {
                return cut(below, 0);
            }
            if (head.previousEpoch() == 0) {
                closedFor = newest;
                return Step.NONE;
            }
            final long position = recordings.recordedPosition(head.previousEpoch());
            if (recordings.isActive(head.previousEpoch())) {
                return step(Step.STOP, head.previousEpoch(), head.previousEndPosition());
            }
            if (position > head.previousEndPosition()) {
                return step(Step.TRUNCATE, head.previousEpoch(), head.previousEndPosition());
            }
            if (position < head.previousEndPosition()) {
                return step(Step.FETCH, head.previousEpoch(), head.previousEndPosition());
            }
            head = recordings.head(head.previousEpoch());
        }
        throw new IllegalStateException("a recording without its first entry: newest=" + newest);
    }

    private Step cut(final long of, final long position) {
        return step(recordings.isActive(of) ? Step.STOP : Step.TRUNCATE, of, position);
    }

    private Step step(final Step step, final long of, final long position) {
        epoch = of;
        endPosition = position;
        return step;
    }
}
