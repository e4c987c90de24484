package io.lockstep.transport;

import java.util.List;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NoOpIdleStrategy;
import org.agrona.concurrent.SleepingIdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;

/** Idle strategies by the names that configuration files use. */
public final class IdleStrategies {
    /** Every name there is. */
    public static final List<String> NAMES = List.of("noop", "spin", "yield", "backoff", "sleep");

    private static final int BACKOFF_SPINS = 10;
    private static final int BACKOFF_YIELDS = 20;
    private static final long BACKOFF_MIN_PARK_NS = 1_000;
    private static final long BACKOFF_MAX_PARK_NS = 100_000;
    private static final long SLEEP_NS = 1_000_000;

    private IdleStrategies() {}

    /**
     * A new strategy; each agent needs its own.
     *
     * <ul>
     *   <li>{@code noop}, {@code spin}: a core for each thread, lowest latency
     *   <li>{@code yield}: spins, but lets others run
     *   <li>{@code backoff}: spins, yields, then parks for up to 100 µs, a tenth of Agrona's own; for few cores
     *   <li>{@code sleep}: parks for 1 ms at once
     * </ul>
     *
     * @param name one of {@link #NAMES}
     * @throws IllegalArgumentException for another name
     */
    public static IdleStrategy of(final String name) {
        return switch (name) {
            case "noop" -> new NoOpIdleStrategy();
            case "spin" -> new BusySpinIdleStrategy();
            case "yield" -> new YieldingIdleStrategy();
            case "backoff" -> new BackoffIdleStrategy(
                    BACKOFF_SPINS, BACKOFF_YIELDS, BACKOFF_MIN_PARK_NS, BACKOFF_MAX_PARK_NS);
            case "sleep" -> new SleepingIdleStrategy(SLEEP_NS);
            default -> throw new IllegalArgumentException("no idle strategy " + name + " among " + NAMES);
        };
    }
}
