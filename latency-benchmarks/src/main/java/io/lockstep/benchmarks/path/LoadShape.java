package io.lockstep.benchmarks.path;

import java.util.Arrays;

/**
 * When each message of a load is meant to be sent, whatever becomes of those before it: an open loop, so that a subject
 * that stands still is charged for everything that waits meanwhile.
 */
public final class LoadShape {
    private static final double NANOS_PER_SECOND = 1e9;

    private final String name;
    private final long[] dueNs;
    private final int measuredFrom;

    private LoadShape(final String name, final long[] dueNs, final int measuredFrom) {
        this.name = name;
        this.dueNs = dueNs;
        this.measuredFrom = measuredFrom;
    }

    /**
     * A constant rate after a warm-up that is not measured: half of its time a ramp, half of it the rate.
     *
     * @param perSecond messages a second
     * @param warmUpSeconds not measured
     * @param seconds measured
     */
    public static LoadShape constant(final int perSecond, final double warmUpSeconds, final double seconds) {
        final double interval = NANOS_PER_SECOND / perSecond;
        final double rampNs = warmUpSeconds / 2 * NANOS_PER_SECOND;
        final int ramp = (int) (rampNs / interval / 2);
        final int warmUp = ramp + (int) (rampNs / interval);
        final long[] due = new long[warmUp + Math.max(1, (int) (perSecond * seconds))];
        for (int i = 0; i < due.length; i++) {
            due[i] = (long) (i < ramp ? Math.sqrt(2 * rampNs * interval * i) : rampNs + (i - ramp) * interval);
        }
        return new LoadShape(perSecond + "/s", due, warmUp);
    }

    /**
     * Bursts back to back at fixed intervals, the first of which are not measured.
     *
     * @param size messages of a burst
     * @param intervalMs between the beginnings of bursts
     * @param warmUpSeconds not measured
     * @param seconds measured
     */
    public static LoadShape bursts(
            final int size, final int intervalMs, final double warmUpSeconds, final double seconds) {
        final int warmUp = (int) Math.ceil(warmUpSeconds * 1_000 / intervalMs);
        final int bursts = warmUp + Math.max(1, (int) (seconds * 1_000 / intervalMs));
        final long[] due = new long[bursts * size];
        for (int i = 0; i < due.length; i++) {
            due[i] = (long) (i / size) * intervalMs * 1_000_000;
        }
        return new LoadShape(size + " every " + intervalMs + " ms", due, warmUp * size);
    }

    /**
     * Recorded times, sped up, after a warm-up at a constant rate.
     *
     * @param name for the report
     * @param timesNs of the messages, none before the one in front of it
     * @param speed 1 for the recorded one
     * @param warmUpSeconds at 10,000/s, not measured
     * @param seconds measured at most
     */
    public static LoadShape recorded(
            final String name,
            final long[] timesNs,
            final double speed,
            final double warmUpSeconds,
            final double seconds) {
        final int warmUp = (int) (10_000 * warmUpSeconds);
        final long limitNs = (long) (seconds * NANOS_PER_SECOND);
        final long[] due = new long[warmUp + timesNs.length];
        int count = 0;
        while (count < warmUp) {
            due[count] = count * 100_000L;
            count++;
        }
        final long startNs = warmUp * 100_000L;
        for (final long time : timesNs) {
            final long offsetNs = (long) ((time - timesNs[0]) / speed);
            if (offsetNs > limitNs) {
                break;
            }
            due[count++] = startNs + offsetNs;
        }
        return new LoadShape(name, Arrays.copyOf(due, count), warmUp);
    }

    /** For reports. */
    public String name() {
        return name;
    }

    /** Messages, those of the warm-up included. */
    public int count() {
        return dueNs.length;
    }

    /** Index of the first message that is measured. */
    public int measuredFrom() {
        return measuredFrom;
    }

    /**
     * When a message is due.
     *
     * @param index from 0
     * @return nanoseconds after the start
     */
    public long dueNs(final int index) {
        return dueNs[index];
    }

    /** From the first measured message's time to the last's, in nanoseconds. */
    public long measuredNs() {
        return dueNs[dueNs.length - 1] - dueNs[measuredFrom];
    }
}
