package io.lockstep.tools.demo;

import io.lockstep.tools.flow.FlowProgram;
import org.HdrHistogram.Histogram;

/** Times from intended send to release in nanoseconds, those of the ramp apart. One thread. */
final class DemoLatency {
    private final Histogram steady;
    private final Histogram ramp;

    DemoLatency() {
        this(new Histogram(3), new Histogram(3));
    }

    DemoLatency(final Histogram steady, final Histogram ramp) {
        this.steady = steady;
        this.ramp = ramp;
    }

    /** Takes what a program has measured since the last time. */
    void take(final FlowProgram program) {
        steady.add(program.latencies());
        ramp.add(program.rampLatencies());
    }

    /** What counts: without the ramp, unless there is nothing else. */
    Histogram measured() {
        return isSteady() ? steady : ramp;
    }

    boolean isSteady() {
        return steady.getTotalCount() > 0;
    }

    Histogram ramp() {
        return ramp;
    }
}
