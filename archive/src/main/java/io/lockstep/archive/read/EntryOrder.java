package io.lockstep.archive.read;

import io.lockstep.codecs.HotPath;

/**
 * Where a reader stands in the log, and what an entry that has come is to it. Pure: told of sound entries, decides,
 * and is told of what was handed out. One thread.
 *
 * <pre>
 *   entry of                        and its sequence is      it is
 *   an older epoch                  any                      ZOMBIE
 *   this epoch                      expected / less / more   NEXT / OLD / AHEAD
 *   a newer one, EPOCH_START that   expected                 NEXT
 *     follows this epoch            less / more              OVER_RUN / AHEAD
 *     follows an older one          any                      OVER_RUN: this epoch was never decided
 *     follows a newer one           not above expected       OVER_RUN if less; AHEAD, or NEXT out of history if that
 *                                                            newer epoch is empty
 *   a newer one, another entry      any                      AHEAD
 * </pre>
 */
@HotPath
final class EntryOrder {
    static final int NEXT = 0;
    static final int OLD = 1;
    static final int ZOMBIE = 2;
    static final int AHEAD = 3;
    static final int OVER_RUN = 4;
    /** History only: the server stands in a log that is not this reader's. */
    static final int CONTRADICTION = 5;

    private static final long ANY = -1L;

    private long epoch;
    private long nextSequence = 1;
    private long lastTimeNs = Long.MIN_VALUE;
    private int lastCrc32c;
    private long endPosition;

    /** Begins at a sequence. */
    void startAt(final long sequence) {
        reset(sequence);
    }

    /** Begins at whatever comes first. */
    void startAnywhere() {
        reset(ANY);
    }

    /** Epoch of the last entry handed out, 0 before the first. */
    long epoch() {
        return epoch;
    }

    /** Sequence expected next, below zero if any will do. */
    long nextSequence() {
        return nextSequence;
    }

    /** Position in its epoch after the last entry handed out. */
    long endPosition() {
        return endPosition;
    }

    boolean hasDelivered() {
        return epoch > 0;
    }

    /** Sequence to ask history for: that of the last entry handed out, to see whether it still stands. */
    long anchorSequence() {
        return hasDelivered() ? nextSequence - 1 : nextSequence;
    }

    /** What an entry of the live stream is. */
    int classifyLive(final EntryCheck entry) {
        if (nextSequence == ANY) {
            return NEXT;
        }
        if (!hasDelivered()) {
            if (entry.sequence() != nextSequence) {
                return entry.sequence() < nextSequence ? OLD : AHEAD;
            }
            // Without history only the very first entry of all can be told from that of an epoch that came to nothing.
            return nextSequence == 1 && entry.isEpochStart() && entry.previousEpoch() == 0 ? NEXT : AHEAD;
        }
        final int order = classify(entry, false);
        return order == NEXT && entry.timeNs() < lastTimeNs ? CONTRADICTION : order;
    }

    /** What an entry sent by a log server is. */
    int classifyHistory(final EntryCheck entry) {
        if (nextSequence == ANY) {
            return NEXT;
        }
        if (!hasDelivered()) {
            return entry.sequence() == nextSequence ? NEXT : entry.sequence() < nextSequence ? OLD : CONTRADICTION;
        }
        if (entry.sequence() == nextSequence - 1) {
            return classifyAnchor(entry);
        }
        final int order = classify(entry, true);
        final boolean wrong = order == AHEAD || order == ZOMBIE || (order == NEXT && entry.timeNs() < lastTimeNs);
        return wrong ? CONTRADICTION : order;
    }

    /** An entry has been handed out. */
    void onDelivered(final EntryCheck entry, final long newEndPosition) {
        epoch = entry.epoch();
        nextSequence = entry.sequence() + 1;
        lastTimeNs = entry.timeNs();
        lastCrc32c = entry.crc32c();
        endPosition = newEndPosition;
    }

    /** The server's copy of the last entry handed out. */
    private int classifyAnchor(final EntryCheck entry) {
        if (entry.epoch() > epoch) {
            return OVER_RUN;
        }
        return entry.epoch() == epoch && entry.crc32c() == lastCrc32c ? OLD : CONTRADICTION;
    }

    private int classify(final EntryCheck entry, final boolean isHistory) {
        if (entry.epoch() < epoch) {
            return ZOMBIE;
        }
        if (entry.epoch() == epoch) {
            return entry.sequence() == nextSequence ? NEXT : entry.sequence() < nextSequence ? OLD : AHEAD;
        }
        if (!entry.isEpochStart()) {
            return AHEAD;
        }
        if (entry.previousEpoch() < epoch || entry.sequence() < nextSequence) {
            return OVER_RUN;
        }
        if (entry.sequence() > nextSequence) {
            return AHEAD;
        }
        final boolean skipsEmpty = isHistory && entry.previousEndPosition() == 0;
        return entry.previousEpoch() == epoch || skipsEmpty ? NEXT : AHEAD;
    }

    private void reset(final long sequence) {
        epoch = 0;
        nextSequence = sequence;
        lastTimeNs = Long.MIN_VALUE;
        lastCrc32c = 0;
        endPosition = 0;
    }
}
