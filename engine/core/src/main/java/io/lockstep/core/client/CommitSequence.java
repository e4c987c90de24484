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
    private final EpochSpans spans = new EpochSpans();
    private long last;
    private long lastPosition;
    private long nextRecorded = 1;
    private long nextSynced = 1;
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

    /** Of the last entry seen; 0 before the first. */
    long epoch() {
        return spans.epoch();
    }

    /** Every entry up to this sequence is recorded by a quorum. */
    long recorded() {
        return recorded;
    }

    /** Every entry up to this sequence is forced to disk by a quorum. */
    long synced() {
        return synced;
    }

    /**
     * Whether one more entry can be taken; if not, commit must move first. Where an entry is taken all the same,
     * commit does not move before the next epoch.
     */
    boolean hasRoom() {
        return last - nextRecorded + 1 < endPositions.length;
    }

    /** Whether an entry of this epoch with this sequence can be in the log, as far as it has been seen. */
    boolean isPlausible(final long entryEpoch, final long sequence) {
        return spans.contains(entryEpoch, sequence);
    }

    /** Goes into the log in the middle of an epoch, before an entry. */
    void join(final long newEpoch, final long sequence) {
        if (epoch() != 0) {
            throw new IllegalStateException(
                    "wrong epoch: current=" + epoch() + " received=" + newEpoch + " sequence=" + sequence);
        }
        begin(newEpoch, sequence);
    }

    /** A new epoch: everything up to the end of the one before is decided, and positions start again at 0. */
    void startEpoch(final long newEpoch, final long previousEndSequence) {
        if (newEpoch <= epoch() || (epoch() != 0 && previousEndSequence != last)) {
            throw new IllegalStateException("epoch " + newEpoch + " goes on after sequence " + previousEndSequence
                    + " but " + last + " were seen, epoch=" + epoch());
        }
        begin(newEpoch, previousEndSequence + 1);
        recorded = previousEndSequence;
        synced = previousEndSequence;
    }

    /** Takes in where the next entry ends. */
    void onEntry(final long sequence, final long endPosition) {
        if (sequence != last + 1 || endPosition <= lastPosition) {
            throw new IllegalStateException("gap: expected=" + (last + 1) + " received=" + sequence
                    + " epoch=" + epoch() + " position=" + endPosition + " position before=" + lastPosition);
        }
        endPositions[(int) sequence & mask] = endPosition;
        last = sequence;
        lastPosition = endPosition;
    }

    /**
     * Takes in how far a quorum is.
     *
     * @return true if {@link #recorded()} or {@link #synced()} moved
     */
    boolean advance(final long recordedPosition, final long syncedPosition) {
        boolean moved = false;
        if (last - nextRecorded >= endPositions.length) {
            return false;
        }
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

    /**
     * Goes back to the last entry that is committed: those after it may not stand. If none is committed of what was
     * seen, the log is to be entered again.
     *
     * @return the sequence that comes next
     */
    long rewind() {
        spans.rewind(nextRecorded - 1);
        last = nextRecorded - 1;
        lastPosition = 0;
        return nextRecorded;
    }

    private void begin(final long newEpoch, final long firstSequence) {
        spans.begin(newEpoch, firstSequence);
        last = firstSequence - 1;
        lastPosition = 0;
        nextRecorded = firstSequence;
        nextSynced = firstSequence;
    }
}
