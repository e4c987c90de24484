package io.lockstep.benchmarks.micro;

import io.lockstep.core.ring.EntryRing;
import io.lockstep.core.ring.RecordHandler;
import io.lockstep.core.ring.RingConsumer;
import org.agrona.DirectBuffer;

/** Lockstep's ring. */
final class EntryRingCrossing implements RingCrossing {
    private final EntryRing ring;
    private final RingConsumer consumer;
    private final ReadSum read = new ReadSum();
    private final RecordHandler handler = (buffer, offset, length, position) -> {
        read.add(buffer, offset, length);
        return true;
    };
    private volatile boolean isStopped;

    EntryRingCrossing(final int length) {
        ring = new EntryRing(SLOTS * length, length);
        consumer = ring.consumer();
    }

    @Override
    public boolean offer(final DirectBuffer source, final int length) {
        return ring.offer(source, 0, length);
    }

    @Override
    public void consume() {
        while (!isStopped) {
            if (consumer.drain(handler, Integer.MAX_VALUE) == 0) {
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
        return consumer.lag() == 0;
    }

    @Override
    public long sum() {
        return read.value();
    }
}
