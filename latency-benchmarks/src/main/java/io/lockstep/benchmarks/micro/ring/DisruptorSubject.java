package io.lockstep.benchmarks.micro.ring;

import com.lmax.disruptor.BatchEventProcessor;
import com.lmax.disruptor.BatchEventProcessorBuilder;
import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.EventPoller;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.WaitStrategy;
import com.lmax.disruptor.YieldingWaitStrategy;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.LangUtil;

/**
 * The Disruptor with a single producer: on threads of their own its batching consumers with its own wait strategies,
 * on a shared thread its pollers. A full ring is waited for outside of it, since its {@code next()} parks the thread.
 */
final class DisruptorSubject implements RingSubject {
    private final Graph graph;
    private final int length;
    private final ReadSum[] sums;
    private final Sequence[] sequences;
    private RingBuffer<Slot> ring;

    DisruptorSubject(final Graph graph, final int length) {
        this.graph = graph;
        this.length = length;
        sequences = new Sequence[graph.stages()];
        sums = new ReadSum[graph.stages()];
        Arrays.setAll(sums, i -> new ReadSum());
    }

    @Override
    public boolean offer(final DirectBuffer source, final int sourceLength) {
        if (!ring.hasAvailableCapacity(1)) {
            return false;
        }
        final long sequence = ring.next();
        ring.get(sequence).entry.putBytes(0, source, 0, sourceLength);
        ring.publish(sequence);
        return true;
    }

    @Override
    public Stage[] stages() {
        make(new BusySpinWaitStrategy()); // Pollers do not wait.
        final Stage[] stages = new Stage[graph.stages()];
        for (int i = 0; i < stages.length; i++) {
            final EventPoller<Slot> poller = ring.newPoller(behind(i));
            sequences[i] = poller.getSequence();
            stages[i] = new PollerStage(poller, sums[i]);
        }
        ring.addGatingSequences(sequences[sequences.length - 1]);
        return stages;
    }

    @Override
    public Worker[] workers(final boolean isYielding) {
        make(isYielding ? new YieldingWaitStrategy() : new BusySpinWaitStrategy());
        final Worker[] workers = new Worker[graph.stages()];
        for (int i = 0; i < workers.length; i++) {
            final ReadSum sum = sums[i];
            final EventHandler<Slot> handler =
                    (slot, sequence, isEndOfBatch) -> sum.add(slot.entry, 0, slot.entry.capacity());
            final BatchEventProcessor<Slot> processor =
                    new BatchEventProcessorBuilder().build(ring, ring.newBarrier(behind(i)), handler);
            sequences[i] = processor.getSequence();
            workers[i] = new ProcessorWorker(processor);
        }
        ring.addGatingSequences(sequences[sequences.length - 1]);
        return workers;
    }

    @Override
    public boolean isDrained() {
        return sequences[sequences.length - 1].get() == ring.getCursor();
    }

    @Override
    public long sum(final int stage) {
        return sums[stage].value();
    }

    private void make(final WaitStrategy wait) {
        ring = RingBuffer.createSingleProducer(Slot.factory(SLOTS, length), SLOTS, wait);
    }

    private Sequence[] behind(final int stage) {
        return Arrays.stream(graph.behind(stage)).mapToObj(i -> sequences[i]).toArray(Sequence[]::new);
    }

    /** Asks a poller, which only says whether there was something: 1 stands for all of it. */
    private static final class PollerStage implements Stage {
        private final EventPoller<Slot> poller;
        private final EventPoller.Handler<Slot> handler;

        PollerStage(final EventPoller<Slot> poller, final ReadSum sum) {
            this.poller = poller;
            handler = (slot, sequence, isEndOfBatch) -> {
                sum.add(slot.entry, 0, slot.entry.capacity());
                return true;
            };
        }

        @Override
        public int poll() {
            try {
                return poller.poll(handler) == EventPoller.PollState.PROCESSING ? 1 : 0;
            } catch (final Exception e) {
                LangUtil.rethrowUnchecked(e);
                return 0;
            }
        }
    }

    /** The Disruptor's own loop. */
    private static final class ProcessorWorker implements Worker {
        private final BatchEventProcessor<Slot> processor;

        ProcessorWorker(final BatchEventProcessor<Slot> processor) {
            this.processor = processor;
        }

        @Override
        public void run() {
            processor.run();
        }

        @Override
        public void halt() {
            processor.halt();
        }
    }
}
