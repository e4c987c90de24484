package io.lockstep.matching.flow;

import io.lockstep.codecs.protocol.DeliveryGrade;
import io.lockstep.core.logic.Outbox;
import java.util.Arrays;
import org.agrona.BitUtil;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Holds the outputs of one entry until they have been read. Grows to the largest entry and is then reused as it is. */
public final class StagedOutbox implements Outbox {
    private static final int INITIAL_LENGTH = 1 << 16;
    private static final int INITIAL_COUNT = 1 << 10;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[INITIAL_LENGTH]);
    private long[] sessionIds = new long[INITIAL_COUNT];
    private int[] offsets = new int[INITIAL_COUNT];
    private int[] lengths = new int[INITIAL_COUNT];
    private int count;
    private int end;

    @Override
    public int claim(final long sessionId, final DeliveryGrade grade, final int length) {
        if (length < 0 || length > MAX_OUTPUT_LENGTH) {
            throw new IllegalArgumentException("output length=" + length + " max=" + MAX_OUTPUT_LENGTH);
        }
        final int offset = end;
        end = BitUtil.align(offset + length, Long.BYTES);
        if (end > buffer.capacity()) {
            buffer.wrap(Arrays.copyOf(buffer.byteArray(), Math.max(end, buffer.capacity() * 2)));
        }
        if (count == offsets.length) {
            sessionIds = Arrays.copyOf(sessionIds, count * 2);
            offsets = Arrays.copyOf(offsets, count * 2);
            lengths = Arrays.copyOf(lengths, count * 2);
        }
        sessionIds[count] = sessionId;
        offsets[count] = offset;
        lengths[count] = length;
        count++;
        return offset;
    }

    @Override
    public MutableDirectBuffer buffer() {
        return buffer;
    }

    /** Forgets all outputs. */
    public void clear() {
        count = 0;
        end = 0;
    }

    /** How many outputs there are. */
    public int count() {
        return count;
    }

    /** For whom an output is; {@link Outbox#EVERYONE} for all. */
    public long sessionId(final int index) {
        return sessionIds[index];
    }

    /** Where an output stands in {@link #buffer()}, in bytes. */
    public int offset(final int index) {
        return offsets[index];
    }

    /** How long an output is, in bytes. */
    public int length(final int index) {
        return lengths[index];
    }
}
