package io.lockstep.benchmarks.micro;

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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Entries from one thread to another through a ring: Lockstep's, Agrona's and the Disruptor.
 *
 * <p>One invocation offers a burst and waits until the consumer has taken all of it, so the time of one operation is
 * that of one entry through both threads at full load; how long a single entry is under way is not measured. Threads of
 * a JMH group would each count their own turns, and turns that found nothing too, so the consumer is a thread of the
 * benchmark's own. All rings copy the same bytes in, read the same two longs in place, hold equally many bytes and spin
 * when full or empty. The Disruptor's slots have no header and so hold a few entries more.
 *
 * <p>Needs two cores that do nothing else.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class RingBenchmark {
    /** Entries in one invocation: many laps, so that starting and waiting weigh little. */
    static final int BURST = 1 << 16;

    /** The ring. */
    @Param({"EntryRing", "OneToOneRingBuffer", "Disruptor"})
    public String subject;

    /** Bytes of an entry. */
    @Param({"64", "256"})
    public int length;

    private RingCrossing ring;
    private UnsafeBuffer source;
    private Thread consumer;

    /** Makes the ring and starts its consumer. */
    @Setup
    public void start() {
        source = new UnsafeBuffer(new byte[length]);
        source.putLong(0, 1);
        ring = RingCrossing.of(subject, length);
        consumer = new Thread(ring::consume, "consumer");
        consumer.setDaemon(true);
        consumer.start();
    }

    /** Stops the consumer. */
    @TearDown
    public void stop() throws InterruptedException {
        ring.stop();
        consumer.join();
    }

    /** A burst, until the last entry is consumed. */
    @Benchmark
    @OperationsPerInvocation(BURST)
    public long oneToOne() {
        for (int i = 0; i < BURST; i++) {
            while (!ring.offer(source, length)) {
                spin();
            }
        }
        while (!ring.isDrained()) {
            spin();
        }
        return ring.sum();
    }

    private void spin() {
        if (!consumer.isAlive()) {
            throw new IllegalStateException("the consumer of " + subject + " is dead");
        }
        Thread.onSpinWait();
    }
}
