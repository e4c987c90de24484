package io.lockstep.benchmarks.micro;

import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.EventPoller;
import com.lmax.disruptor.RingBuffer;
import io.lockstep.core.ring.EntryRing;
import io.lockstep.core.ring.RecordHandler;
import io.lockstep.core.ring.RingConsumer;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Entries through three consumers, each behind the one before: Lockstep's ring and the Disruptor.
 *
 * <p>One thread plays all four parts, a burst at a time: it publishes the burst, then the first consumer takes it, then
 * the second, then the third. So this is what the rings' own work costs, bytes and bookkeeping, without what it costs
 * to carry cache lines between cores; on two cores four spinning threads would measure the scheduler. Agrona's ring has
 * one consumer and cannot take part. The Disruptor is read with its poller, which is made for a thread of one's own.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class RingPipelineBenchmark {
    /** Entries published before the first consumer takes them. */
    static final int BURST = 64;

    /** Bytes of an entry. */
    @Param({"64", "256"})
    public int length;

    private final ReadSum read = new ReadSum();
    private final RecordHandler handler = (buffer, offset, entryLength, position) -> {
        read.add(buffer, offset, entryLength);
        return true;
    };
    private final EventPoller.Handler<Slot> slotHandler = (slot, sequence, endOfBatch) -> {
        read.add(slot.entry, 0, slot.entry.capacity());
        return true;
    };
    private UnsafeBuffer source;
    private EntryRing entryRing;
    private RingConsumer first;
    private RingConsumer second;
    private RingConsumer third;
    private RingBuffer<Slot> disruptor;
    private EventPoller<Slot> firstPoller;
    private EventPoller<Slot> secondPoller;
    private EventPoller<Slot> thirdPoller;

    /** Makes both rings with their consumers. */
    @Setup
    public void start() {
        source = new UnsafeBuffer(new byte[length]);
        source.putLong(0, 1);
        entryRing = new EntryRing(RingCrossing.SLOTS * length, length);
        first = entryRing.consumer();
        second = entryRing.consumer(first);
        third = entryRing.consumer(second);
        disruptor = RingBuffer.createSingleProducer(
                Slot.factory(RingCrossing.SLOTS, length), RingCrossing.SLOTS, new BusySpinWaitStrategy());
        firstPoller = disruptor.newPoller();
        secondPoller = disruptor.newPoller(firstPoller.getSequence());
        thirdPoller = disruptor.newPoller(secondPoller.getSequence());
        disruptor.addGatingSequences(thirdPoller.getSequence());
    }

    /** Lockstep's ring. */
    @Benchmark
    @OperationsPerInvocation(BURST)
    public long entryRing() {
        for (int i = 0; i < BURST; i++) {
            if (!entryRing.offer(source, 0, length)) {
                throw new IllegalStateException("the ring is full");
            }
        }
        first.drain(handler, BURST);
        second.drain(handler, BURST);
        third.drain(handler, BURST);
        return read.value();
    }

    /** The Disruptor. */
    @Benchmark
    @OperationsPerInvocation(BURST)
    public long disruptor() throws Exception {
        for (int i = 0; i < BURST; i++) {
            final long sequence = disruptor.next();
            disruptor.get(sequence).entry.putBytes(0, source, 0, length);
            disruptor.publish(sequence);
        }
        firstPoller.poll(slotHandler);
        secondPoller.poll(slotHandler);
        thirdPoller.poll(slotHandler);
        return read.value();
    }
}
