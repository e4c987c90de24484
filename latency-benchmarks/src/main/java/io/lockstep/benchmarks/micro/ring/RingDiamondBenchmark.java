package io.lockstep.benchmarks.micro.ring;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * Entries through two consumers side by side and a third behind both. Agrona: a ring for each, the last with two
 * writers.
 *
 * <p>Threads that wait yield, since there may be more of them than cores; then a run shows the scheduler as well.
 */
public class RingDiamondBenchmark extends RingRun {
    /** The ring. */
    @Param({"Lockstep", "AgronaManyToOne", "Disruptor"})
    public String subject;

    /** 1: one plays all parts; 2: one produces, one has all consumers; 4: one for each. */
    @Param({"1", "2", "4"})
    public int threads;

    /** Makes the ring and starts its consumers. */
    @Setup
    public void start() {
        start(subject, Graph.DIAMOND, threads, true);
    }

    /** A producer, two consumers side by side, and a third behind both. */
    @Benchmark
    @OperationsPerInvocation(BURST)
    public long diamond() {
        return burst();
    }
}
