package io.lockstep.benchmarks.micro;

import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/** Agrona's ring of one producer and one consumer. */
final class OneToOneCrossing implements RingCrossing {
    private static final int MESSAGE_TYPE = 1;

    private final OneToOneRingBuffer ring;
    private final ReadSum read = new ReadSum();
    private final MessageHandler handler = (type, buffer, index, length) -> read.add(buffer, index, length);
    private volatile boolean isStopped;

    OneToOneCrossing(final int length) {
        ring = new OneToOneRingBuffer(new UnsafeBuffer(BufferUtil.allocateDirectAligned(
                SLOTS * length + RingBufferDescriptor.TRAILER_LENGTH, 2 * BitUtil.CACHE_LINE_LENGTH)));
    }

    @Override
    public boolean offer(final DirectBuffer source, final int length) {
        return ring.write(MESSAGE_TYPE, source, 0, length);
    }

    @Override
    public void consume() {
        while (!isStopped) {
            if (ring.read(handler) == 0) {
                Thread.onSpinWait();
            }
        }
    }

    @Override
    public void stop() {
        isStopped = true;
    }

    @Override
    public boolean isDrained() {
        return ring.consumerPosition() == ring.producerPosition();
    }

    @Override
    public long sum() {
        return read.value();
    }
}
