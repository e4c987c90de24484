package io.lockstep.core.ring;

import io.lockstep.codecs.EntryFrame;
import io.lockstep.codecs.HotPath;
import java.util.ArrayList;
import java.util.List;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Holds entries between the thread that takes them from the stream and the threads that consume them, off the heap.
 * Entries vary in length; every consumer sees every entry, in order and in place.
 *
 * <p>Threads: one producer calls {@link #tryClaim}, {@link #commit}, {@link #abort} and {@link #offer}; each
 * {@link RingConsumer} belongs to one thread, which may have several. Consumers are made before the first claim and
 * before the ring is handed to other threads. Only positions cross threads, each written by one thread with a release
 * store and read with acquire ({@link RingPosition}); the bytes themselves are plain.
 *
 * <p>Bounds: {@link #capacity} bytes, of which an entry takes 8 + its length, rounded up to 8. A full ring takes
 * nothing and says {@link #INSUFFICIENT_SPACE}; the caller leaves the entry in the image and comes again. The longest
 * entry takes at most half of the ring, since the gap in front of the end of the buffer, filled by padding, can be
 * just short of that.
 */
@HotPath
public final class EntryRing extends EntryRingFields {
    /** Returned by {@link #tryClaim} if the ring is full for now; nothing was taken. */
    public static final int INSUFFICIENT_SPACE = -2;

    private static final int MIN_CAPACITY = 2 * BitUtil.CACHE_LINE_LENGTH;
    private static final int MAX_CAPACITY = 1 << 30;

    long pad16;
    long pad17;
    long pad18;
    long pad19;
    long pad20;
    long pad21;
    long pad22;
    long pad23;
    long pad24;
    long pad25;
    long pad26;
    long pad27;
    long pad28;
    long pad29;
    long pad30;

    /**
     * A ring that takes entries of up to {@link EntryFrame#MAX_LENGTH}.
     *
     * @param capacityBytes a power of two, at least 4 MiB
     */
    public EntryRing(final int capacityBytes) {
        this(capacityBytes, EntryFrame.MAX_LENGTH);
    }

    /**
     * A ring that takes entries of up to a given length.
     *
     * @param capacityBytes a power of two, at least {@link #requiredCapacity} of the length
     * @param maxLength of an entry in bytes
     * @throws IllegalArgumentException naming the capacity required, if the one given does not do
     */
    public EntryRing(final int capacityBytes, final int maxLength) {
        // The start is on a pair of cache lines and the capacity a multiple of it: no neighbour shares a line.
        this(new UnsafeBuffer(BufferUtil.allocateDirectAligned(
                checkedCapacity(capacityBytes, maxLength), 2 * BitUtil.CACHE_LINE_LENGTH)), maxLength);
    }

    /** A ring over memory of the caller's, for tests that make rings by the thousand. */
    EntryRing(final UnsafeBuffer buffer, final int maxLength) {
        super(buffer, checkedCapacity(buffer.capacity(), maxLength), maxLength);
    }

    /**
     * The smallest capacity whose ring takes entries of a length.
     *
     * @param maxLength of an entry in bytes
     * @return a power of two; 4 MiB for {@link EntryFrame#MAX_LENGTH}
     */
    public static int requiredCapacity(final int maxLength) {
        final int longest = MAX_CAPACITY / 2 - RecordLayout.HEADER_LENGTH;
        if (maxLength < 0 || maxLength > longest) {
            throw new IllegalArgumentException("maxLength=" + maxLength + " must be from 0 to " + longest);
        }
        return Math.max(MIN_CAPACITY, BitUtil.findNextPositivePowerOfTwo(2 * RecordLayout.recordLength(maxLength)));
    }

    private static int checkedCapacity(final int capacityBytes, final int maxLength) {
        final int required = requiredCapacity(maxLength);
        if (capacityBytes < required || capacityBytes > MAX_CAPACITY || !BitUtil.isPowerOfTwo(capacityBytes)) {
            throw new IllegalArgumentException("capacityBytes=" + capacityBytes + " must be a power of two from "
                    + required + " (holds two records of 8 + maxLength=" + maxLength + " bytes) to " + MAX_CAPACITY);
        }
        return capacityBytes;
    }

    /**
     * Adds a consumer. It sees an entry only after all those named have consumed it, and what they wrote into it.
     *
     * @param behind the consumers it stays behind; none: it follows the producer
     * @return the consumer, at the start of the ring
     * @throws IllegalStateException if an entry has been claimed: it would have missed entries
     */
    public RingConsumer consumer(final RingConsumer... behind) {
        if (claimed != 0 || published.getPlain() != 0) {
            throw new IllegalStateException("consumers are added before the first claim: claimed=" + claimed);
        }
        final List<RingPosition> ahead = new ArrayList<>();
        final List<RingPosition> last = new ArrayList<>(List.of(gating));
        for (final RingConsumer other : behind) {
            if (other.ring != this) {
                throw new IllegalArgumentException("a consumer can only be behind consumers of its own ring");
            }
            ahead.add(other.position);
            last.remove(other.position);
        }
        if (ahead.isEmpty()) {
            ahead.add(published);
        }
        final RingConsumer consumer = new RingConsumer(this, ahead.toArray(new RingPosition[0]));
        last.add(consumer.position);
        gating = last.toArray(new RingPosition[0]);
        return consumer;
    }

    /**
     * Claims room for one entry, which the producer then writes into {@link #buffer()}. Several may be claimed before
     * one {@link #commit} publishes them together.
     *
     * @param length of the entry in bytes
     * @return the offset of the entry in {@link #buffer()}, or {@link #INSUFFICIENT_SPACE}: nothing was claimed
     * @throws IllegalArgumentException if the length is negative or above {@link #maxLength}
     */
    public int tryClaim(final int length) {
        checkLength(length);
        final int recordLength = RecordLayout.recordLength(length);
        final long start = claimed;
        final int index = (int) start & mask;
        final int toEnd = capacity - index;
        if (recordLength > toEnd) {
            return claimFromZero(start, index, toEnd, length, recordLength);
        }
        final long end = start + recordLength;
        if (end > freeUpTo && !isFreeUpTo(end)) {
            return INSUFFICIENT_SPACE;
        }
        buffer.putLong(index, RecordLayout.header(RecordLayout.ENTRY, length));
        claimed = end;
        return index + RecordLayout.HEADER_LENGTH;
    }

    /** Publishes everything claimed since the last commit, in one release store. */
    public void commit() {
        published.setRelease(claimed);
    }

    /** Gives back everything claimed since the last commit; nobody has seen it. */
    public void abort() {
        claimed = published.getPlain();
    }

    /**
     * Copies an entry into the ring and publishes it, together with whatever was claimed before.
     *
     * @param source holds the entry
     * @param offset of the entry
     * @param length of the entry in bytes
     * @return false if the ring is full for now; nothing was taken
     * @throws IllegalArgumentException if the length is negative or above {@link #maxLength}
     * @throws IndexOutOfBoundsException if the entry does not lie in the source; nothing was claimed
     */
    public boolean offer(final DirectBuffer source, final int offset, final int length) {
        checkLength(length);
        source.boundsCheck(offset, length); // Before the claim, which would otherwise stay if this throws.
        final int target = tryClaim(length);
        if (target < 0) {
            return false;
        }
        WordCopy.copy(source, offset, buffer, target, length);
        commit();
        return true;
    }

    /** Where claimed entries are written. */
    public MutableDirectBuffer buffer() {
        return buffer;
    }

    /** Bytes the ring holds. */
    public int capacity() {
        return capacity;
    }

    /** The longest entry in bytes. */
    public int maxLength() {
        return maxLength;
    }

    /** Bytes published since the ring was made, padding included; any thread may ask. */
    public long position() {
        return published.getAcquire();
    }

    private void checkLength(final int length) {
        if (length < 0 || length > maxLength) {
            throw new IllegalArgumentException("length=" + length + " must be from 0 to " + maxLength);
        }
    }

    private int claimFromZero(
            final long start, final int index, final int toEnd, final int length, final int recordLength) {
        final long end = start + toEnd + recordLength;
        if (end > freeUpTo && !isFreeUpTo(end)) {
            return INSUFFICIENT_SPACE;
        }
        buffer.putLong(index, RecordLayout.header(RecordLayout.PADDING, toEnd - RecordLayout.HEADER_LENGTH));
        buffer.putLong(0, RecordLayout.header(RecordLayout.ENTRY, length));
        claimed = end;
        return RecordLayout.HEADER_LENGTH;
    }

    /** Asks the consumers again how far they are; between two such calls the answer of the first is good enough. */
    private boolean isFreeUpTo(final long end) {
        if (gating.length == 0) {
            throw new IllegalStateException("a ring needs a consumer before the first claim");
        }
        freeUpTo = RingPosition.minimum(gating) + capacity;
        return end <= freeUpTo;
    }
}

/** What the producer uses at each claim; written by its thread alone once the consumers are made. */
abstract class EntryRingFields extends CacheLinePadding {
    final UnsafeBuffer buffer;
    final int capacity;
    final int mask;
    final int maxLength;
    final RingPosition published = new RingPosition();

    /** The consumers that nobody is behind: the slowest of them is the slowest of all. */
    RingPosition[] gating = {};

    /** Position after the last claim; at or beyond {@link #published}. */
    long claimed;

    /** Claims may reach this position without asking the consumers; 0 makes the first claim ask. */
    long freeUpTo;

    EntryRingFields(final UnsafeBuffer buffer, final int capacity, final int maxLength) {
        this.buffer = buffer;
        this.capacity = capacity;
        this.mask = capacity - 1;
        this.maxLength = maxLength;
    }
}
