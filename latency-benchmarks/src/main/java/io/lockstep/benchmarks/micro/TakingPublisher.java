package io.lockstep.benchmarks.micro;

import io.lockstep.core.port.Publisher;
import org.agrona.DirectBuffer;

/** A stream that takes everything and keeps nothing but its position. */
final class TakingPublisher implements Publisher {
    private long position;

    @Override
    public long offer(final DirectBuffer buffer, final int offset, final int length) {
        position += length;
        return position;
    }

    @Override
    public long offer(
            final DirectBuffer header,
            final int headerOffset,
            final int headerLength,
            final DirectBuffer body,
            final int bodyOffset,
            final int bodyLength) {
        position += headerLength + bodyLength;
        return position;
    }
}
