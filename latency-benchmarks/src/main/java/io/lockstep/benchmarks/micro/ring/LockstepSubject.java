package io.lockstep.benchmarks.micro.ring;

import io.lockstep.core.ring.EntryRing;
import io.lockstep.core.ring.RecordHandler;
import io.lockstep.core.ring.RingConsumer;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/** Lockstep's ring. */
final class LockstepSubject implements RingSubject {
    private final EntryRing ring;
    private final RingConsumer[] consumers;
    private final ReadSum[] sums;

    LockstepSubject(final Graph graph, final int length) {
        ring = new EntryRing(SLOTS * length, length);
        consumers = new RingConsumer[graph.stages()];
        sums = new ReadSum[graph.stages()];
        for (int i = 0; i < consumers.length; i++) {
            consumers[i] = ring.consumer(Arrays.stream(graph.behind(i))
                    .mapToObj(stage -> consumers[stage])
                    .toArray(RingConsumer[]::new));
            sums[i] = new ReadSum();
        }
    }

    @Override
    public boolean offer(final DirectBuffer source, final int length) {
        return ring.offer(source, 0, length);
    }

    @Override
    public Stage[] stages() {
        final Stage[] stages = new Stage[consumers.length];
        for (int i = 0; i < stages.length; i++) {
            stages[i] = new ConsumerStage(consumers[i], sums[i]);
        }
        return stages;
    }

    @Override
    public boolean isDrained() {
        return consumers[consumers.length - 1].lag() == 0;
    }

    @Override
    public long sum(final int stage) {
        return sums[stage].value();
    }

    /** Drains one consumer. */
    private static final class ConsumerStage implements Stage {
        private final RingConsumer consumer;
        private final RecordHandler handler;

        ConsumerStage(final RingConsumer consumer, final ReadSum sum) {
            this.consumer = consumer;
            handler = (buffer, offset, length, position) -> {
                sum.add(buffer, offset, length);
                return true;
            };
        }

        @Override
        public int poll() {
            return consumer.drain(handler, Integer.MAX_VALUE);
        }
    }
}
