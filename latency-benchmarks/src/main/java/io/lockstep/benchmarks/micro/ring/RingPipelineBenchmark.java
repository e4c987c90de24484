package io.lockstep.benchmarks.micro.ring;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * Entries through three consumers, each behind the one before. Agrona: three rings, each stage copying into the next.
 *
 * <p>Threads that wait yield, since there may be more of them than cores; then a run shows the scheduler as well.
 */
public class RingPipelineBenchmark extends RingRun {
    /** The ring. */
    @Param({"Lockstep", "AgronaOneToOne", "Disruptor"})
    public String subject;

    /** 1: one plays all parts; 2: one produces, one has all consumers; 4: one for each. */
    @Param({"1", "2", "4"})
    public int threads;

    /** Makes the ring and starts its consumers. */
    @Setup
    public void start() {
        start(subject, Graph.PIPELINE, threads, true);
    }

    /** A producer, and three consumers in a row. */
    @Benchmark
    @OperationsPerInvocation(BURST)
    public long pipeline() {
        return burst();
    }
}
