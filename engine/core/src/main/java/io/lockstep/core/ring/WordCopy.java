package io.lockstep.core.ring;

import io.lockstep.codecs.HotPath;
import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Copies an entry into a record. Most entries are short, and for those the way into the JDK's copy costs more than
 * copying a few words.
 */
@HotPath
final class WordCopy {
    /** Up to this length words are faster; at twice as many bytes the JDK's copy is. */
    static final int MAX_LENGTH = 128;

    private WordCopy() {}

    /**
     * Copies bytes. That they lie in both buffers is not asked here.
     *
     * @param source holds the entry
     * @param offset of the entry
     * @param target the ring's memory
     * @param index where the entry goes, a multiple of 8
     * @param length in bytes
     */
    static void copy(
            final DirectBuffer source,
            final int offset,
            final UnsafeBuffer target,
            final int index,
            final int length) {
        if (length < Long.BYTES || length > MAX_LENGTH) {
            target.putBytes(index, source, offset, length);
            return;
        }
        final byte[] fromArray = source.byteArray();
        final long from = source.addressOffset() + offset;
        final byte[] toArray = target.byteArray();
        final long to = target.addressOffset() + index;
        // Words of the source may stand at any address, as Agrona's own buffers read them; the calls made for that are
        // slower. The last word ends where the entry ends and may overlap the one before it.
        final int last = length - Long.BYTES;
        for (int i = 0; i < last; i += Long.BYTES) {
            UnsafeApi.putLong(toArray, to + i, UnsafeApi.getLong(fromArray, from + i));
        }
        UnsafeApi.putLong(toArray, to + last, UnsafeApi.getLong(fromArray, from + last));
    }
}
