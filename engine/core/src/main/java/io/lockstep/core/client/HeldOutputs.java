package io.lockstep.core.client;

import io.lockstep.codecs.HotPath;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Outputs of one grade that wait for their input to be committed, first in first out: a ring of bytes in which each
 * message stands behind its input sequence and its length. Single-threaded.
 */
@HotPath
final class HeldOutputs {
    private static final int LENGTH_OFFSET = 8;
    private static final int PREFIX_LENGTH = 16;
    private static final int WRAP = -1;

    private final UnsafeBuffer ring;
    private final int capacity;
    private long head;
    private long tail;

    HeldOutputs(final int capacity) {
        if (!BitUtil.isPowerOfTwo(capacity)) {
            throw new IllegalArgumentException("held bytes must be a power of two: " + capacity);
        }
        this.ring = new UnsafeBuffer(BufferUtil.allocateDirectAligned(capacity, BitUtil.CACHE_LINE_LENGTH));
        this.capacity = capacity;
    }

    boolean isEmpty() {
        return head == tail;
    }

    /** Returns false if there is no room. */
    boolean add(final long inputSequence, final DirectBuffer message, final int offset, final int length) {
        if (head == tail) {
            head = 0;
            tail = 0; // so that whatever fits the ring at all fits it now
        }
        final int needed = PREFIX_LENGTH + BitUtil.align(length, PREFIX_LENGTH);
        final long untilEnd = capacity - (tail & (capacity - 1));
        final long start = untilEnd < needed ? tail + untilEnd : tail;
        if (start + needed - head > capacity) {
            return false;
        }
        if (start != tail) {
            ring.putInt(index(tail) + LENGTH_OFFSET, WRAP);
        }
        final int at = index(start);
        ring.putLong(at, inputSequence);
        ring.putInt(at + LENGTH_OFFSET, length);
        ring.putBytes(at + PREFIX_LENGTH, message, offset, length);
        tail = start + needed;
        return true;
    }

    /** Input sequence of the oldest; only if not empty. */
    long inputSequence() {
        skipWrap();
        return ring.getLong(index(head));
    }

    DirectBuffer buffer() {
        return ring;
    }

    /** Offset of the oldest message in {@link #buffer()}; only if not empty. */
    int offset() {
        skipWrap();
        return index(head) + PREFIX_LENGTH;
    }

    /** Length of the oldest message; only if not empty. */
    int length() {
        skipWrap();
        return ring.getInt(index(head) + LENGTH_OFFSET);
    }

    void remove() {
        head += PREFIX_LENGTH + BitUtil.align(length(), PREFIX_LENGTH);
    }

    /** Drops those of later inputs. */
    void dropAfter(final long sequence) {
        long place = head;
        while (place != tail) {
            final int at = index(place);
            final int messageLength = ring.getInt(at + LENGTH_OFFSET);
            if (messageLength == WRAP) {
                place += capacity - at;
            } else if (ring.getLong(at) > sequence) {
                tail = place;
                return;
            } else {
                place += PREFIX_LENGTH + BitUtil.align(messageLength, PREFIX_LENGTH);
            }
        }
    }

    private void skipWrap() {
        final int at = index(head);
        if (ring.getInt(at + LENGTH_OFFSET) == WRAP) {
            head += capacity - at;
        }
    }

    private int index(final long position) {
        return (int) (position & (capacity - 1));
    }
}
