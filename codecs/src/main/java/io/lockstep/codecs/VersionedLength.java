package io.lockstep.codecs;

import java.util.Arrays;

/** Bytes of a block, or of an element of a group, which later versions of the schema may have made more. */
@HotPath
final class VersionedLength {
    private final int sinceVersion;
    private final int[] lengths;

    private VersionedLength(final int sinceVersion, final int[] lengths) {
        this.sinceVersion = sinceVersion;
        this.lengths = lengths;
    }

    static VersionedLength since(final int version, final int length) {
        return new VersionedLength(version, new int[] {length});
    }

    /** This length, and another from a later version on. */
    VersionedLength grown(final int version, final int length) {
        final int before = lengths.length;
        final int[] all = Arrays.copyOf(lengths, version - sinceVersion + 1);
        if (all.length <= before || length < lengths[before - 1]) {
            throw new IllegalArgumentException("lengths only grow: version=" + version + " length=" + length);
        }
        Arrays.fill(all, before, all.length - 1, lengths[before - 1]);
        all[all.length - 1] = length;
        return new VersionedLength(sinceVersion, all);
    }

    boolean isIn(final int version) {
        return version >= sinceVersion;
    }

    /**
     * Tells whether a length is that of its version.
     *
     * @param length found in the message
     * @param version of the message, one that {@link #isIn} holds for
     * @param newer whether that version is beyond what this schema knows, so that the length may be more
     */
    boolean fits(final int length, final int version, final boolean newer) {
        final int expected = lengths[Math.min(version - sinceVersion, lengths.length - 1)];
        return length == expected || (newer && length > expected);
    }

    @Override
    public String toString() {
        return "since " + sinceVersion + ' ' + Arrays.toString(lengths);
    }
}
