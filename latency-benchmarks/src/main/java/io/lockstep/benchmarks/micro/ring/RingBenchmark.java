package io.lockstep.benchmarks.micro.ring;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Entries from one thread to another. Needs two cores that do nothing else. */
public class RingBenchmark extends RingRun {
    /** The ring. */
    @Param({"Lockstep", "AgronaOneToOne", "AgronaManyToOne", "Disruptor"})
    public String subject;

    /** How threads wait. */
    @Param({"spin", "yield"})
    public String idle;

    /** Makes the ring and starts its consumer. */
    @Setup
    public void start() {
        start(subject, Graph.SINGLE, 2, Waiting.isYielding(idle));
    }

    /** One producer, one consumer. */
    @Benchmark
    @OperationsPerInvocation(BURST)
    public long oneToOne() {
        return burst();
    }
}
