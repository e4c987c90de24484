package io.lockstep.benchmarks.path;

import org.HdrHistogram.Histogram;

/**
 * What came of a load.
 *
 * @param latency of the measured messages from intended send to answer, in nanoseconds
 * @param drain of each measured burst, from when it was due to its last answer, in nanoseconds; empty without bursts
 * @param missing messages without an answer
 * @param wrong answers that were not to the message expected next
 * @param sendLateNs how long after its time the last message was sent
 * @param lateNs how long after its time the last message was answered
 */
public record LoadResult(
        Histogram latency, Histogram drain, long missing, long wrong, long sendLateNs, long lateNs) {
    private static final long MOST_LATE_NS = 100_000_000;

    /** Whether the whole load was delivered when it was due: a subject that fell behind has no figures. */
    public boolean isDelivered() {
        return missing == 0 && wrong == 0 && lateNs <= MOST_LATE_NS;
    }
}
