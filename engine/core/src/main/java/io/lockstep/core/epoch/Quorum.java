package io.lockstep.core.epoch;

import io.lockstep.codecs.HotPath;
import java.util.Arrays;

/**
 * The archives whose acknowledgements count and the highest position that a majority of them has reached.
 *
 * <p>One instance serves one kind of position (recorded, or synced) and one epoch at a time. Single-threaded.
 */
@HotPath
public final class Quorum {
    private final ArchiveSet archives;
    private final long[] positions;
    private final long[] sorted;
    private long reached;

    /**
     * A quorum over these archives.
     *
     * @param archives whose positions count
     */
    public Quorum(final ArchiveSet archives) {
        this.archives = archives;
        this.positions = new long[archives.size()];
        this.sorted = new long[archives.size()];
    }

    /** Forgets all positions: a new epoch starts at 0. */
    public void reset() {
        Arrays.fill(positions, 0);
        reached = 0;
    }

    /**
     * Takes in what an archive says it holds. A position below an earlier one of the same archive changes nothing.
     *
     * @param archiveId of the archive
     * @param position in bytes
     * @return false if the archive is not one of these
     */
    public boolean onPosition(final int archiveId, final long position) {
        final int index = archives.indexOf(archiveId);
        if (index < 0) {
            return false;
        }
        if (position > positions[index]) {
            positions[index] = position;
            if (position > reached) {
                reached = Math.max(reached, largest(archives.quorum()));
            }
        }
        return true;
    }

    /** The highest position that a majority has reached; never moves back within an epoch. */
    public long reached() {
        return reached;
    }

    /**
     * What one archive last said.
     *
     * @param archiveId of the archive
     * @return its position, or -1 if it is not one of these
     */
    public long position(final int archiveId) {
        final int index = archives.indexOf(archiveId);
        return index < 0 ? -1 : positions[index];
    }

    /** The n-th largest position, by insertion into an array of at most five. */
    private long largest(final int n) {
        for (int i = 0; i < positions.length; i++) {
            final long value = positions[i];
            int at = i;
            while (at > 0 && sorted[at - 1] < value) {
                sorted[at] = sorted[at - 1];
                at--;
            }
            sorted[at] = value;
        }
        return sorted[n - 1];
    }
}
