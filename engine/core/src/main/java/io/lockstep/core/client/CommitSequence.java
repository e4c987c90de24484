package io.lockstep.core.client;

import io.lockstep.codecs.HotPath;
import org.agrona.BitUtil;

/**
 * Turns commit positions into commit sequences: remembers where each uncommitted entry ends in the stream of the
 * current epoch. Single-threaded; bounded, see {@link #hasRoom()}.
 */
@HotPath
final class CommitSequence {
    private final long[] endPositions;
    private final int mask;
    private long last;
    private long nextRecorded;
    private long nextSynced;
    private long recorded;
    private long synced;

    CommitSequence(final int capacity) {
        if (!BitUtil.isPowerOfTwo(capacity)) {
            throw new IllegalArgumentException("positions must be a power of two: " + capacity);
        }
        endPositions = new long[capacity];
        mask = capacity - 1;
    }

    /** Of the last entry seen; 0 before the first. */
    long last() {
        return last;
    }

    /** Every entry up to this sequence is recorded by a quorum. */
    long recorded() {
        return recorded;
    }

    /** Every entry up to this sequence is forced to disk by a quorum. */
    long synced() {
        return synced;
    }

    /** Whether one more entry can be taken; if not, commit must move first. */
    boolean hasRoom() {
        return last - nextRecorded + 1 < endPositions.length;
    }

    /** A new epoch: everything up to the end of the one before is decided, and positions start again at 0. */
    void startEpoch(final long previousEndSequence) {
        recorded = Math.max(recorded, previousEndSequence);
        synced = Math.max(synced, previousEndSequence);
        nextRecorded = previousEndSequence + 1;
        nextSynced = previousEndSequence + 1;
        last = previousEndSequence;
    }

    void onEntry(final long sequence, final long endPosition) {
        if (last == 0) {
            nextRecorded = sequence;
            nextSynced = sequence;
        }
        endPositions[(int) sequence & mask] = endPosition;
        last = sequence;
    }

    /**
     * Takes in how far a quorum is.
     *
     * @return true if {@link #recorded()} or {@link #synced()} moved
     */
    boolean advance(final long recordedPosition, final long syncedPosition) {
        boolean moved = false;
        while (nextRecorded <= last && endPositions[(int) nextRecorded & mask] <= recordedPosition) {
            recorded = nextRecorded++;
            moved = true;
        }
        if (syncedPosition > 0) {
            // Entries whose place has been taken by a later one are skipped: if the later one is synced, so are they.
            nextSynced = Math.max(nextSynced, last - mask);
            while (nextSynced <= last && endPositions[(int) nextSynced & mask] <= syncedPosition) {
                synced = nextSynced++;
                moved = true;
            }
        }
        return moved;
    }
}
