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
    private final int burstSize;

    private LoadShape(final String name, final long[] dueNs, final int measuredFrom, final int burstSize) {
        this.name = name;
        this.dueNs = dueNs;
        this.measuredFrom = measuredFrom;
        this.burstSize = burstSize;
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
        return new LoadShape(perSecond + "/s", due, warmUp, 1);
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
        return new LoadShape(size + " every " + intervalMs + " ms", due, warmUp * size, size);
    }

    /**
     * Recorded times, sped up, after a warm-up at a constant rate. Measured is the busiest stretch of the record, since
     * any other may hold hardly a message.
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
        final int first = busiest(timesNs, (long) (limitNs * speed));
        final long[] due = new long[warmUp + timesNs.length - first];
        int count = 0;
        while (count < warmUp) {
            due[count] = count * 100_000L;
            count++;
        }
        final long startNs = warmUp * 100_000L;
        for (int i = first; i < timesNs.length; i++) {
            final long offsetNs = (long) ((timesNs[i] - timesNs[first]) / speed);
            if (offsetNs > limitNs) {
                break;
            }
            due[count++] = startNs + offsetNs;
        }
        return new LoadShape(name, Arrays.copyOf(due, count), warmUp, 1);
    }

    /** Index from which a stretch of this length has the most times. */
    private static int busiest(final long[] timesNs, final long lengthNs) {
        int best = 0;
        int most = 0;
        int end = 0;
        for (int i = 0; i < timesNs.length; i++) {
            while (end < timesNs.length && timesNs[end] - timesNs[i] <= lengthNs) {
                end++;
            }
            if (end - i > most) {
                most = end - i;
                best = i;
            }
        }
        return best;
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

    /** Messages of a burst; 1 if the load has none. */
    public int burstSize() {
        return burstSize;
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
