package io.lockstep.benchmarks.micro.ring;

import org.agrona.BitUtil;
import org.agrona.DirectBuffer;

/**
 * What a consumer does with an entry: reads a long of each cache line of it, and its last. The sum shares no cache line
 * with others.
 */
final class ReadSum {
    private static final int PLACE = 16;

    private final long[] sum = new long[2 * PLACE];

    void add(final DirectBuffer buffer, final int offset, final int length) {
        long read = buffer.getLong(offset + length - Long.BYTES);
        for (int i = 0; i < length; i += BitUtil.CACHE_LINE_LENGTH) {
            read += buffer.getLong(offset + i);
        }
        sum[PLACE] += read;
    }

    /** What an entry of this length adds if all its longs are one. */
    static int ofOnes(final int length) {
        return 1 + (length + BitUtil.CACHE_LINE_LENGTH - 1) / BitUtil.CACHE_LINE_LENGTH;
    }

    long value() {
        return sum[PLACE];
    }
}
