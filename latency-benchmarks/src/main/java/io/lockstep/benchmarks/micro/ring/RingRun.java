package io.lockstep.benchmarks.micro.ring;

import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Entries through a ring and the consumers of a graph.
 *
 * <p>With threads, one invocation offers a burst and waits until the last consumer has taken all of it, so the time of
 * one operation is that of one entry through all threads at full load; how long a single entry is under way is not
 * measured. Threads of a JMH group would each count their own turns, and turns that found nothing too, so the consumers
 * are threads of the benchmark's own. With one thread, it publishes a small burst, and then each consumer takes it:
 * what the ring's own work costs, bytes and bookkeeping, without carrying cache lines between cores.
 *
 * <p>All rings copy the same bytes in, read the same longs in place, hold equally many bytes and wait in the same way
 * when full or empty. The Disruptor's slots have no header and so hold a few entries more.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public abstract class RingRun {
    /** Entries in one invocation: many laps, so that starting and waiting weigh little. */
    static final int BURST = 1 << 16;

    private static final int SINGLE_THREAD_BURST = 64;
    private static final int CHECK_EVERY = 1 << 20;
    private static final int JOIN_MS = 5_000;

    /** Bytes of an entry. */
    @Param({"64", "256"})
    public int length;

    private RingSubject ring;
    private UnsafeBuffer source;
    private Stage[] stages = {};
    private Worker[] workers = {};
    private Thread[] threads = {};
    private Waiting waiting;
    private int waits;

    /**
     * Makes a ring and starts its consumers.
     *
     * @param subject which ring
     * @param graph of its consumers
     * @param threadCount 1: this thread does all; 2: another one has all consumers; more: each consumer has its own
     * @param isYielding whether threads that wait yield
     */
    final void start(
            final String subject, final Graph graph, final int threadCount, final boolean isYielding) {
        source = new UnsafeBuffer(new byte[length]);
        for (int i = 0; i < length; i += Long.BYTES) {
            source.putLong(i, 1);
        }
        waiting = new Waiting(isYielding);
        ring = RingSubject.of(subject, graph, length);
        if (threadCount == 1) {
            stages = ring.stages();
        } else if (threadCount == 1 + graph.stages()) {
            workers = ring.workers(isYielding);
        } else if (threadCount == 2) {
            workers = new Worker[] {new PollingWorker(isYielding, ring.stages())};
        } else {
            throw new IllegalArgumentException("threads=" + threadCount + " for " + graph.stages() + " consumers");
        }
        threads = new Thread[workers.length];
        for (int i = 0; i < threads.length; i++) {
            threads[i] = new Thread(workers[i], "consumer-" + i);
            threads[i].setDaemon(true);
            threads[i].start();
        }
    }

    /** Stops the consumers. */
    @TearDown
    public void stop() throws InterruptedException {
        for (final Worker worker : workers) {
            worker.halt();
        }
        for (final Thread thread : threads) {
            thread.join(JOIN_MS);
        }
    }

    /** A burst, until the last consumer has taken the last entry of it. */
    final long burst() {
        if (threads.length == 0) {
            for (int sent = 0; sent < BURST; sent += SINGLE_THREAD_BURST) {
                smallBurst();
            }
        } else {
            for (int i = 0; i < BURST; i++) {
                while (!ring.offer(source, length)) {
                    idle();
                }
                waiting.reset();
            }
            while (!ring.isDrained()) {
                idle();
            }
            waiting.reset();
        }
        return ring.sum(0);
    }

    /** What a consumer has read, added up. */
    final long sum(final int stage) {
        return ring.sum(stage);
    }

    private void smallBurst() {
        for (int i = 0; i < SINGLE_THREAD_BURST; i++) {
            if (!ring.offer(source, length)) {
                throw new IllegalStateException("the ring is full");
            }
        }
        do { // Agrona's rings are read up to the end of the buffer at most.
            for (final Stage stage : stages) {
                stage.poll();
            }
        } while (!ring.isDrained());
    }

    private void idle() {
        waits++;
        if (waits % CHECK_EVERY == 0) {
            for (final Thread thread : threads) {
                if (!thread.isAlive()) {
                    throw new IllegalStateException(thread.getName() + " is dead");
                }
            }
        }
        waiting.idle();
    }
}
