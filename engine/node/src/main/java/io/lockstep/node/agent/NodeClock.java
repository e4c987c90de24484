package io.lockstep.node.agent;

import java.time.Instant;

/**
 * Time for the agents of one thread from a single clock read: intervals from {@link System#nanoTime}, and the time of
 * day as that plus an offset, which is taken again once a second so that the two do not drift apart.
 */
public final class NodeClock {
    private static final long RESAMPLE_INTERVAL_NS = 1_000_000_000;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private long offsetNs;
    private long nextSampleNs;

    /** A clock that has taken its offset. */
    public NodeClock() {
        sample(System.nanoTime());
    }

    /** Reads the clock: nanoseconds of any origin, for intervals. */
    public long nanoTime() {
        final long now = System.nanoTime();
        if (now - nextSampleNs >= 0) {
            sample(now);
        }
        return now;
    }

    /**
     * Time of day at a reading.
     *
     * @param nanoTime what {@link #nanoTime()} returned
     * @return nanoseconds since the Unix epoch
     */
    public long epochNs(final long nanoTime) {
        return nanoTime + offsetNs;
    }

    private void sample(final long now) {
        final Instant instant = Instant.now();
        offsetNs = instant.getEpochSecond() * NANOS_PER_SECOND + instant.getNano() - now;
        nextSampleNs = now + RESAMPLE_INTERVAL_NS;
    }
}
