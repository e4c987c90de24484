package io.lockstep.core.client;

import io.lockstep.codecs.HotPath;

/**
 * Which sequences belong to which epoch, of the newest epochs that were seen. A sequence alone names nothing: what a
 * dead sequencer gave beyond the agreed end of its epoch is given again by the next. Single-threaded.
 */
@HotPath
final class EpochSpans {
    private static final int MOST = 64;

    private final long[] epochs = new long[MOST];
    private final long[] firsts = new long[MOST];
    private int count;

    /** A newer epoch begins at a sequence; of the oldest nothing more is known if there are too many. */
    void begin(final long epoch, final long firstSequence) {
        if (count == MOST) {
            System.arraycopy(epochs, 1, epochs, 0, --count);
            System.arraycopy(firsts, 1, firsts, 0, count);
        }
        epochs[count] = epoch;
        firsts[count++] = firstSequence;
    }

    /** The newest epoch; 0 if none is known. */
    long epoch() {
        return count == 0 ? 0 : epochs[count - 1];
    }

    /** First sequence of the newest epoch; only if one is known. */
    long firstSequence() {
        return firsts[count - 1];
    }

    /** Forgets the epochs that begin after a sequence. */
    void rewind(final long sequence) {
        while (count > 0 && firsts[count - 1] > sequence) {
            count--;
        }
    }

    /** Whether an entry of this epoch with this sequence can be in the log, as far as it has been seen. */
    boolean contains(final long epoch, final long sequence) {
        for (int i = count - 1; i >= 0; i--) {
            if (epochs[i] == epoch) {
                return sequence >= firsts[i] && (i == count - 1 || sequence < firsts[i + 1]);
            }
        }
        return false;
    }
}
