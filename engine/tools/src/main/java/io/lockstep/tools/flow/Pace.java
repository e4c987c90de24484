package io.lockstep.tools.flow;

/**
 * When each command of a flow is meant to be sent, counted from the first. A ramp begins at nothing and comes to the
 * rate steadily, so that a virtual machine that has just started compiles what it runs before the load is full; what is
 * measured during the ramp is told apart.
 */
public final class Pace {
    private static final double NANOS_PER_SECOND = 1e9;

    /** As fast as the window lets it. */
    public static final Pace MAX = new Pace(0, 0);

    private final double intervalNs;
    private final double rampNs;
    private final double rampCommands;

    private Pace(final double intervalNs, final double rampNs) {
        this.intervalNs = intervalNs;
        this.rampNs = rampNs;
        this.rampCommands = intervalNs == 0 ? 0 : rampNs / intervalNs / 2;
    }

    /**
     * A steady rate from the first command on.
     *
     * @param perSecond commands a second; 0 for {@link #MAX}
     */
    public static Pace of(final double perSecond) {
        return ramped(perSecond, 0);
    }

    /**
     * A rate that is reached after a ramp.
     *
     * @param perSecond commands a second; 0 for {@link #MAX}
     * @param rampSeconds how long it takes to come to the rate
     */
    public static Pace ramped(final double perSecond, final double rampSeconds) {
        return perSecond == 0 ? MAX : new Pace(NANOS_PER_SECOND / perSecond, rampSeconds * NANOS_PER_SECOND);
    }

    /** Whether commands are sent as fast as they can be. */
    public boolean isMax() {
        return intervalNs == 0;
    }

    /**
     * When a command is due.
     *
     * @param index of the command, from 0
     * @return nanoseconds after the first
     */
    public long dueNs(final long index) {
        if (index < rampCommands) {
            // The rate grows with time t as t / ramp, so the number sent grows as its square.
            return (long) Math.sqrt(2 * rampNs * intervalNs * index);
        }
        return (long) (rampNs + (index - rampCommands) * intervalNs);
    }

    /**
     * Whether a command belongs to the ramp.
     *
     * @param index of the command, from 0
     */
    public boolean isRamp(final long index) {
        return index < rampCommands;
    }
}
