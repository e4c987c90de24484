package io.lockstep.core.trace;

import io.lockstep.codecs.HotPath;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.List;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The newest time stamps of one agent: off the heap, of a fixed size, each record a cache line of its own. A full ring
 * overwrites its oldest records; how many is told by whoever reads it.
 *
 * <pre>
 *   0          8       16         24          32                40       48    52
 *   | nanoTime | epoch | sequence | sessionId | clientSequence  | detail | hop | unused to 64
 * </pre>
 *
 * <p>One thread writes, allocating and waiting for nothing; any thread may read, also meanwhile.
 */
@HotPath
public final class HopRing {
    /** The fewest records a ring may have. */
    public static final int MIN_CAPACITY = 1 << 10;

    /** The most records a ring may have: 1 GiB. */
    public static final int MAX_CAPACITY = 1 << 24;

    private static final int RECORD_LENGTH = 64;
    private static final int EPOCH_OFFSET = 8;
    private static final int SEQUENCE_OFFSET = 16;
    private static final int SESSION_OFFSET = 24;
    private static final int CLIENT_SEQUENCE_OFFSET = 32;
    private static final int DETAIL_OFFSET = 40;
    private static final int HOP_OFFSET = 48;
    private static final VarHandle WRITTEN;

    static {
        try {
            WRITTEN = MethodHandles.lookup().findVarHandle(HopRing.class, "written", long.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final UnsafeBuffer records;
    private final int memberId;
    private final int mask;
    private long written;

    /**
     * An empty ring.
     *
     * @param memberId of the sequencer, archive, replica or gateway that writes
     * @param capacity in records, a power of two from {@link #MIN_CAPACITY} to {@link #MAX_CAPACITY}
     */
    public HopRing(final int memberId, final int capacity) {
        if (!BitUtil.isPowerOfTwo(capacity) || capacity < MIN_CAPACITY || capacity > MAX_CAPACITY) {
            throw new IllegalArgumentException("capacity=" + capacity + " is not a power of two from " + MIN_CAPACITY
                    + " to " + MAX_CAPACITY);
        }
        this.records =
                new UnsafeBuffer(BufferUtil.allocateDirectAligned(capacity * RECORD_LENGTH, RECORD_LENGTH));
        this.memberId = memberId;
        this.mask = capacity - 1;
    }

    /**
     * Writes down a hop of a command that has no place in the log yet.
     *
     * @param hop {@link Hop#GATEWAY_IN} or {@link Hop#SEQUENCER_IN}
     * @param nanoTime when
     * @param sessionId of the command
     * @param clientSequence of the command
     */
    public void command(final Hop hop, final long nanoTime, final long sessionId, final long clientSequence) {
        write(hop, nanoTime, 0, 0, sessionId, clientSequence, 0);
    }

    /**
     * Writes down {@link Hop#STAMPED}, which joins the two names.
     *
     * @param nanoTime when
     * @param epoch of the entry
     * @param sequence of the entry
     * @param sessionId of the command
     * @param clientSequence of the command
     * @param endPosition of the entry in the stream of its epoch
     */
    public void stamped(
            final long nanoTime,
            final long epoch,
            final long sequence,
            final long sessionId,
            final long clientSequence,
            final long endPosition) {
        write(Hop.STAMPED, nanoTime, epoch, sequence, sessionId, clientSequence, endPosition);
    }

    /**
     * Writes down a hop of an entry.
     *
     * @param hop after {@link Hop#STAMPED}
     * @param nanoTime when
     * @param epoch of the entry
     * @param sequence of the entry; 0 where an archive acknowledges a position
     * @param detail see {@link HopRecord}
     */
    public void entry(
            final Hop hop, final long nanoTime, final long epoch, final long sequence, final long detail) {
        write(hop, nanoTime, epoch, sequence, 0, 0, detail);
    }

    /**
     * What is kept: as many records as fit but one, since the writer may be at work on the next. Any thread; records
     * that are overwritten while this reads are left out and counted as lost.
     */
    public HopTrace trace() {
        final long end = (long) WRITTEN.getAcquire(this);
        final long begin = Math.max(0, end - mask);
        final HopRecord[] copies = new HopRecord[(int) (end - begin)];
        for (int i = 0; i < copies.length; i++) {
            copies[i] = copy(begin + i);
        }
        // The count is read after the copies, and says which of them may have been written over meanwhile.
        VarHandle.acquireFence();
        final long firstWhole = Math.min(end, Math.max(begin, (long) WRITTEN.getAcquire(this) - mask));
        return new HopTrace(
                memberId, List.of(Arrays.copyOfRange(copies, (int) (firstWhole - begin), copies.length)), firstWhole);
    }

    private void write(
            final Hop hop,
            final long nanoTime,
            final long epoch,
            final long sequence,
            final long sessionId,
            final long clientSequence,
            final long detail) {
        final long index = written;
        final int at = (int) (index & mask) * RECORD_LENGTH;
        records.putLong(at, nanoTime);
        records.putLong(at + EPOCH_OFFSET, epoch);
        records.putLong(at + SEQUENCE_OFFSET, sequence);
        records.putLong(at + SESSION_OFFSET, sessionId);
        records.putLong(at + CLIENT_SEQUENCE_OFFSET, clientSequence);
        records.putLong(at + DETAIL_OFFSET, detail);
        records.putInt(at + HOP_OFFSET, hop.code());
        WRITTEN.setRelease(this, index + 1);
        // Stores of the next record must not be seen before this count, or a reader would take them for this lap's.
        VarHandle.storeStoreFence();
    }

    private HopRecord copy(final long index) {
        final int at = (int) (index & mask) * RECORD_LENGTH;
        return new HopRecord(
                Hop.of(records.getInt(at + HOP_OFFSET)),
                records.getLong(at),
                records.getLong(at + EPOCH_OFFSET),
                records.getLong(at + SEQUENCE_OFFSET),
                records.getLong(at + SESSION_OFFSET),
                records.getLong(at + CLIENT_SEQUENCE_OFFSET),
                records.getLong(at + DETAIL_OFFSET));
    }
}
