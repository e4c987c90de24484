package io.lockstep.core.takeover;

import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Whole messages in the order they came, each behind a number that its user gives it: a ring of bytes of fixed size.
 * Messages leave at the front; those at the back can be taken back too. Single-threaded.
 */
final class MessageQueue {
    private static final int LENGTH_OFFSET = 8;
    private static final int PREFIX_LENGTH = 16;

    private final UnsafeBuffer ring;
    private final long capacity;
    private final long[] places;
    private final int mask;
    private long first;
    private long next;
    private long tail;

    MessageQueue(final int bytes, final int messages) {
        if (!BitUtil.isPowerOfTwo(bytes) || !BitUtil.isPowerOfTwo(messages)) {
            throw new IllegalArgumentException(
                    "queue must be powers of two: bytes=" + bytes + " messages=" + messages);
        }
        ring = new UnsafeBuffer(new byte[bytes]);
        capacity = bytes;
        places = new long[messages];
        mask = messages - 1;
    }

    boolean isEmpty() {
        return first == next;
    }

    int size() {
        return (int) (next - first);
    }

    void clear() {
        first = next;
    }

    /** Returns false if there is no room. */
    boolean add(final long number, final DirectBuffer message, final int offset, final int length) {
        if (size() > mask) {
            return false;
        }
        final int needed = PREFIX_LENGTH + BitUtil.align(length, PREFIX_LENGTH);
        if (isEmpty()) {
            tail = 0; // so that whatever fits the ring at all fits it now
        }
        final long untilEnd = capacity - (tail & (capacity - 1));
        final long start = untilEnd < needed ? tail + untilEnd : tail;
        final long oldest = isEmpty() ? start : places[(int) first & mask];
        if (start + needed - oldest > capacity) {
            return false;
        }
        places[(int) next & mask] = start;
        final int at = index(start);
        ring.putLong(at, number);
        ring.putInt(at + LENGTH_OFFSET, length);
        ring.putBytes(at + PREFIX_LENGTH, message, offset, length);
        next++;
        tail = start + needed;
        return true;
    }

    DirectBuffer buffer() {
        return ring;
    }

    /** Number of the oldest message; only if there is one. */
    long number() {
        return ring.getLong(index(places[(int) first & mask]));
    }

    /** Offset of the oldest message in {@link #buffer()}; only if there is one. */
    int offset() {
        return index(places[(int) first & mask]) + PREFIX_LENGTH;
    }

    /** Length of the oldest message; only if there is one. */
    int length() {
        return ring.getInt(index(places[(int) first & mask]) + LENGTH_OFFSET);
    }

    void removeFirst() {
        first++;
    }

    private int index(final long place) {
        return (int) (place & (capacity - 1));
    }
}
