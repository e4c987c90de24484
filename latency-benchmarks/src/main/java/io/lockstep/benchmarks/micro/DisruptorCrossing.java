package io.lockstep.benchmarks.micro;

import com.lmax.disruptor.BatchEventProcessor;
import com.lmax.disruptor.BatchEventProcessorBuilder;
import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.RingBuffer;
import org.agrona.DirectBuffer;

/**
 * The Disruptor with its own batching consumer and its fastest wait. A full ring is waited for outside of it, since its
 * {@code next()} parks the thread.
 */
final class DisruptorCrossing implements RingCrossing {
    private final RingBuffer<Slot> ring;
    private final BatchEventProcessor<Slot> processor;
    private final ReadSum read = new ReadSum();

    DisruptorCrossing(final int length) {
        ring = RingBuffer.createSingleProducer(Slot.factory(SLOTS, length), SLOTS, new BusySpinWaitStrategy());
        processor = new BatchEventProcessorBuilder()
                .build(
                        ring,
                        ring.newBarrier(),
                        (slot, sequence, endOfBatch) -> read.add(slot.entry, 0, slot.entry.capacity()));
        ring.addGatingSequences(processor.getSequence());
    }

    @Override
    public boolean offer(final DirectBuffer source, final int length) {
        if (!ring.hasAvailableCapacity(1)) {
            return false;
        }
        final long sequence = ring.next();
        ring.get(sequence).entry.putBytes(0, source, 0, length);
        ring.publish(sequence);
        return true;
    }

    @Override
    public void consume() {
        processor.run();
    }

    @Override
    public void stop() {
        processor.halt();
    }

    @Override
    public boolean isDrained() {
        return processor.getSequence().get() == ring.getCursor();
    }

    @Override
    public long sum() {
        return read.value();
    }
}
