package io.lockstep.core.ring;

import java.util.ArrayList;
import java.util.List;
import org.agrona.MutableDirectBuffer;

/** A handler that writes down what it was given: the first long of each entry, its offset, length and position. */
final class RecordedEntries implements RecordHandler {
    final List<Long> values = new ArrayList<>();
    final List<Integer> offsets = new ArrayList<>();
    final List<Integer> lengths = new ArrayList<>();
    final List<Long> positions = new ArrayList<>();

    @Override
    public boolean onRecord(
            final MutableDirectBuffer buffer, final int offset, final int length, final long position) {
        values.add(length >= Long.BYTES ? buffer.getLong(offset) : 0L);
        offsets.add(offset);
        lengths.add(length);
        positions.add(position);
        return true;
    }

    /** Claims an entry and writes its first long; the caller commits. */
    static int claim(final EntryRing ring, final long value, final int length) {
        final int offset = ring.tryClaim(length);
        if (offset >= 0 && length >= Long.BYTES) {
            ring.buffer().putLong(offset, value);
        }
        return offset;
    }

    /** Claims, writes and commits an entry. */
    static boolean publish(final EntryRing ring, final long value, final int length) {
        final int offset = claim(ring, value, length);
        if (offset >= 0) {
            ring.commit();
        }
        return offset >= 0;
    }
}
