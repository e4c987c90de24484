package io.lockstep.core.epoch;

import io.lockstep.codecs.HotPath;
import java.util.Arrays;

/** The archives that hold the log: one, three or five, by id. A majority of them is a quorum. Immutable. */
@HotPath
public final class ArchiveSet {
    /** The most archives there can be. */
    public static final int MAX_SIZE = 5;

    private final int[] ids;

    private ArchiveSet(final int... ids) {
        this.ids = ids;
    }

    /**
     * A set of archives.
     *
     * @param ids one, three or five distinct ids
     * @throws IllegalArgumentException if there are none, too many, an even number, or two alike
     */
    public static ArchiveSet of(final int... ids) {
        if (ids.length < 1 || ids.length > MAX_SIZE || (ids.length & 1) == 0) {
            throw new IllegalArgumentException("archives must be 1, 3 or 5: " + Arrays.toString(ids));
        }
        final ArchiveSet archives = new ArchiveSet(ids.clone());
        for (int i = 0; i < ids.length; i++) {
            if (archives.indexOf(ids[i]) != i) {
                throw new IllegalArgumentException("two archives have one id: " + Arrays.toString(ids));
            }
        }
        return archives;
    }

    public int size() {
        return ids.length;
    }

    /** How many archives make a majority. */
    public int quorum() {
        return ids.length / 2 + 1;
    }

    /**
     * The id at a place.
     *
     * @param index from 0
     */
    public int id(final int index) {
        return ids[index];
    }

    /**
     * The place of an id.
     *
     * @param id of an archive
     * @return its index, or -1 if it is not one of these
     */
    public int indexOf(final int id) {
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] == id) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public String toString() {
        return Arrays.toString(ids);
    }
}
