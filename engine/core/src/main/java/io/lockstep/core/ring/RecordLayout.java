package io.lockstep.core.ring;

import org.agrona.UnsafeApi;

/**
 * The bytes of one record. Records start at multiples of 8 and lie in one piece.
 *
 * <pre>
 *   0         4         8                   8 + length   rounded up to 8
 *   +---------+---------+-------------------+------------+
 *   | length  | mark    | the entry         | unused     |     native byte order, header written as one long
 *   +---------+---------+-------------------+------------+
 * </pre>
 *
 * A record that does not fit in front of the end of the buffer starts at 0 again; the gap is a padding record.
 */
final class RecordLayout {
    static final int HEADER_LENGTH = Long.BYTES;

    static final int ALIGNMENT = Long.BYTES;

    /** The mark of a record that consumers get to see; not small, so that stray bytes are not taken for one. */
    static final int ENTRY = 0x4C53_4552;

    /** The mark of the gap at the end of the buffer. */
    static final int PADDING = 0x4C53_5041;

    /** What is no header, since it has no mark. */
    static final long NO_HEADER = 0;

    private RecordLayout() {}

    /** Bytes that an entry of this length takes in the ring. */
    static int recordLength(final int length) {
        return (length + HEADER_LENGTH + ALIGNMENT - 1) & -ALIGNMENT;
    }

    static long header(final int mark, final int length) {
        return (long) mark << 32 | length;
    }

    /**
     * Reads a header. Whether it lies in the ring is not asked, since a masked position always does.
     *
     * @param array that the ring is in, or null if it is off the heap
     * @param address of the header, from the start of the array or of all memory
     */
    static long header(final byte[] array, final long address) {
        return UnsafeApi.getLong(array, address);
    }

    static int length(final long header) {
        return (int) header;
    }

    static int mark(final long header) {
        return (int) (header >>> 32);
    }
}
