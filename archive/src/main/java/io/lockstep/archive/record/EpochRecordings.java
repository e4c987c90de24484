package io.lockstep.archive.record;

import org.agrona.collections.Long2ObjectHashMap;

/**
 * Which epochs this archive holds, how far, and what must be done before the newest may be acknowledged: every older
 * epoch of the chain must end exactly where the next one says it did. Decides only; the archive agent carries out.
 * Called by the agent's thread.
 *
 * <pre>
 *   EPOCH_START(7) names (6, E=9,216)      recording of 6 is  longer   ▶ wait until it stops, TRUNCATE to 9,216
 *                                                             shorter  ▶ wait until it stops, FETCH up to 9,216
 *                                                             missing  ▶ FETCH, unless E is 0
 *                                                             equal    ▶ closed; look at what EPOCH_START(6) names
 * </pre>
 */
final class EpochRecordings {
    /** Kind of step that stands between the newest epoch and its acknowledgement. */
    enum Step {
        /** Nothing: the newest epoch may be acknowledged, or nothing is held. */
        NONE,
        /** The recording of an ended epoch is still active. */
        WAIT,
        /** It is longer than the epoch. */
        TRUNCATE,
        /** It is shorter than the epoch, or there is none. */
        FETCH
    }

    private final Long2ObjectHashMap<HeldEpoch> byEpoch = new Long2ObjectHashMap<>();
    private HeldEpoch newest;
    private HeldEpoch target;
    private long targetEpoch;
    private long endPosition;

    /**
     * Adds a recording that starts at position 0 with a valid EPOCH_START.
     *
     * @return false if the epoch is held already: the same session recorded twice, and this one is not needed
     */
    boolean add(final HeldEpoch held) {
        if (byEpoch.containsKey(held.epoch())) {
            return false;
        }
        byEpoch.put(held.epoch(), held);
        if (newest == null || held.epoch() > newest.epoch()) {
            newest = held;
        }
        return true;
    }

    /** The recording of the highest epoch, or null. */
    HeldEpoch newest() {
        return newest;
    }

    HeldEpoch of(final long epoch) {
        return byEpoch.get(epoch);
    }

    boolean holdsSession(final int sessionId) {
        for (final HeldEpoch held : byEpoch.values()) {
            if (held.sessionId() == sessionId) {
                return true;
            }
        }
        return false;
    }

    /**
     * Looks for the next step; its details are in {@link #target()}, {@link #targetEpoch()}, {@link #endPosition()}.
     */
    Step nextStep() {
        HeldEpoch next = newest;
        while (next != null && !next.isChainClosed() && next.head().previousEpoch() > 0) {
            targetEpoch = next.head().previousEpoch();
            endPosition = next.head().previousEndPosition();
            target = byEpoch.get(targetEpoch);
            if (target == null && endPosition == 0) {
                // An epoch that was opened and never written; nothing names the one before it but the sequences.
                next = highestBelow(targetEpoch);
                continue;
            }
            final Step step = step();
            if (step != Step.NONE) {
                return step;
            }
            next = target;
        }
        if (newest != null) {
            newest.chainIsClosed();
        }
        target = null;
        return Step.NONE;
    }

    /** Tells whether the newest epoch may be acknowledged. */
    boolean isNewestAckable() {
        return newest != null && nextStep() == Step.NONE;
    }

    /** What the step is about; null where nothing is held of the epoch. */
    HeldEpoch target() {
        return target;
    }

    /** Epoch the step is about. */
    long targetEpoch() {
        return targetEpoch;
    }

    /** Where that epoch ends. */
    long endPosition() {
        return endPosition;
    }

    private Step step() {
        if (target == null) {
            return Step.FETCH;
        }
        if (target.isActive()) {
            return Step.WAIT;
        }
        if (target.position() > endPosition) {
            return Step.TRUNCATE;
        }
        return target.position() < endPosition ? Step.FETCH : Step.NONE;
    }

    private HeldEpoch highestBelow(final long epoch) {
        HeldEpoch highest = null;
        for (final HeldEpoch held : byEpoch.values()) {
            if (held.epoch() < epoch && (highest == null || held.epoch() > highest.epoch())) {
                highest = held;
            }
        }
        return highest;
    }
}
