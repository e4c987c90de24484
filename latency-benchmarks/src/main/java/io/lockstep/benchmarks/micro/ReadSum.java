package io.lockstep.benchmarks.micro;

import org.agrona.DirectBuffer;

/** What a consumer does with an entry: reads its first and its last long. The sum shares no cache line with others. */
final class ReadSum {
    private static final int PLACE = 16;

    private final long[] sum = new long[2 * PLACE];

    void add(final DirectBuffer buffer, final int offset, final int length) {
        sum[PLACE] += buffer.getLong(offset) + buffer.getLong(offset + length - Long.BYTES);
    }

    long value() {
        return sum[PLACE];
    }
}
