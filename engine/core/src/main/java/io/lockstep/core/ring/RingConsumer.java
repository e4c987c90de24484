package io.lockstep.core.ring;

import io.lockstep.codecs.HotPath;
import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One consumer of an {@link EntryRing}: sees every entry, in order, after those consumers it was put behind. Made by
 * {@link EntryRing#consumer}. One thread drains it; any thread may ask for its position.
 *
 * <p>It reads the positions ahead of it only when it has used up what it knew of, so once for a batch, and publishes
 * its own once at the end of a drain, or oftener in a long one, so that neither the producer nor the consumers behind
 * wait for the whole of it.
 */
@HotPath
public final class RingConsumer extends RingConsumerFields {
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

    RingConsumer(final EntryRing ring, final RingPosition[] ahead) {
        super(ring, ahead);
    }

    /**
     * Hands the entries that are there to a handler, in place, up to a limit. Not to be called from the handler.
     * Looks for new entries only when those known from an earlier drain are used up, so call it until it answers 0.
     *
     * <p>If the handler throws, the exception goes to the caller and the entry stays unconsumed, as if refused.
     *
     * @param handler takes the entries; may refuse one, which ends the drain
     * @param limit of entries in this drain
     * @return the number of entries consumed
     */
    public int drain(final RecordHandler handler, final int limit) {
        final long start = position.getPlain();
        if (start == available) {
            available = RingPosition.minimum(ahead);
            if (start == available) {
                return 0;
            }
        }
        return drain(handler, limit, start, available);
    }

    private int drain(final RecordHandler handler, final int limit, final long start, final long end) {
        final UnsafeBuffer buffer = this.buffer;
        final byte[] array = buffer.byteArray();
        final long address = buffer.addressOffset();
        final int mask = this.mask;
        final int tellBytes = this.tellBytes;
        long next = start;
        long consumed = start;
        long told = start;
        int entries = 0;
        // Entries that follow each other are often equally long. Where the next one starts is then known without what
        // this one's header says, so that the processor fetches both from the producer's cache at the same time.
        long expected = RecordLayout.NO_HEADER;
        int length = 0;
        int stride = 0;
        try {
            while (next < end && entries < limit) {
                final int index = (int) next & mask;
                final long header = RecordLayout.header(array, address + index);
                if (header != expected) {
                    if (RecordLayout.mark(header) != RecordLayout.ENTRY) {
                        // Padding goes with the entry behind it: a position is always the end of an entry.
                        next += checkedPadding(header, next);
                        continue;
                    }
                    expected = header;
                    length = RecordLayout.length(header);
                    stride = RecordLayout.recordLength(length);
                }
                if (!handler.onRecord(buffer, index + RecordLayout.HEADER_LENGTH, length, next)) {
                    break;
                }
                entries++;
                next += stride;
                consumed = next;
                if (consumed - told >= tellBytes) {
                    told = consumed;
                    position.setRelease(consumed);
                }
            }
        } finally {
            if (told != consumed) {
                position.setRelease(consumed);
            }
        }
        return entries;
    }

    /** Where the last entry consumed ends, 0 before the first; any thread may ask. */
    public long position() {
        return position.getAcquire();
    }

    /** Bytes published and not yet consumed, at some moment of the call; any thread may ask. */
    public long lag() {
        // Own position first: the producer's can only be larger when it is read later.
        final long consumed = position.getAcquire();
        return ring.position() - consumed;
    }

    private static int checkedPadding(final long header, final long position) {
        if (RecordLayout.mark(header) != RecordLayout.PADDING) {
            throw new IllegalStateException(
                    "ring overwritten: header=0x" + Long.toHexString(header) + " position=" + position);
        }
        return RecordLayout.recordLength(RecordLayout.length(header));
    }
}

/** What a consumer uses at each drain; written by its thread alone. */
abstract class RingConsumerFields extends CacheLinePadding {
    private static final int TELLS_PER_LAP = 8;

    final EntryRing ring;
    final UnsafeBuffer buffer;
    final int mask;
    final int tellBytes;
    final RingPosition position = new RingPosition();

    /** The producer, or the consumers this one is behind. */
    final RingPosition[] ahead;

    /** Everything in front of this position may be consumed without asking those ahead. */
    long available;

    RingConsumerFields(final EntryRing ring, final RingPosition[] ahead) {
        this.ring = ring;
        this.buffer = ring.buffer;
        this.mask = ring.mask;
        this.tellBytes = Math.max(BitUtil.CACHE_LINE_LENGTH, ring.capacity / TELLS_PER_LAP);
        this.ahead = ahead;
    }
}
