package io.lockstep.core.ring;

import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** What the actors of the stress tests do with a ring: entries are two longs, the value and its complement. */
final class RingActors {
    static final int LENGTH = 16;
    static final int STAMP = 1000;
    static final int TORN = -1;

    private RingActors() {}

    /** A ring of 128 bytes, room for five entries of 24 and a gap: made by the million, so on the heap. */
    static EntryRing ring() {
        return new EntryRing(new UnsafeBuffer(new byte[128]), LENGTH);
    }

    static boolean claim(final EntryRing ring, final long value) {
        final int offset = ring.tryClaim(LENGTH);
        if (offset < 0) {
            return false;
        }
        ring.buffer().putLong(offset, value);
        ring.buffer().putLong(offset + 8, ~value);
        return true;
    }

    static boolean publish(final EntryRing ring, final long value) {
        final boolean isClaimed = claim(ring, value);
        if (isClaimed) {
            ring.commit();
        }
        return isClaimed;
    }

    /** Drains once and answers the values as decimal digits, first one first; TORN if an entry was not whole. */
    static int drain(final RingConsumer consumer) {
        final Digits digits = new Digits(0);
        consumer.drain(digits, Integer.MAX_VALUE);
        return digits.value;
    }

    /** Drains once and adds a stamp to each entry. */
    static int drainAndStamp(final RingConsumer consumer, final int stamp) {
        final Digits digits = new Digits(stamp);
        consumer.drain(digits, Integer.MAX_VALUE);
        return digits.value;
    }

    private static final class Digits implements RecordHandler {
        private final int stamp;
        private int value;

        Digits(final int stamp) {
            this.stamp = stamp;
        }

        @Override
        public boolean onRecord(
                final MutableDirectBuffer buffer, final int offset, final int length, final long position) {
            final long entry = buffer.getLong(offset);
            if (buffer.getLong(offset + 8) != ~entry || length != LENGTH) {
                value = TORN;
                return false;
            }
            value = value * 10 + (int) entry;
            if (stamp != 0) {
                buffer.putLong(offset, entry + stamp);
                buffer.putLong(offset + 8, ~(entry + stamp));
            }
            return true;
        }
    }
}
