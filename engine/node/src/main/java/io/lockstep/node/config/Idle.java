package io.lockstep.node.config;

import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;

/** What a thread does while there is nothing to do. */
public enum Idle {
    /** Spins a little, yields a little, then sleeps up to 100 µs: kind to a shared machine. */
    BACKOFF {
        @Override
        public IdleStrategy strategy() {
            return new BackoffIdleStrategy(SPINS, YIELDS, LEAST_PARK_NS, MOST_PARK_NS);
        }
    },
    /** Yields: fast, and lets others run, but never gives the core back. */
    YIELD {
        @Override
        public IdleStrategy strategy() {
            return new YieldingIdleStrategy();
        }
    },
    /** Spins: fastest, for a core of its own. */
    SPIN {
        @Override
        public IdleStrategy strategy() {
            return new BusySpinIdleStrategy();
        }
    };

    private static final long SPINS = 200;
    private static final long YIELDS = 50;
    private static final long LEAST_PARK_NS = 1_000;
    private static final long MOST_PARK_NS = 100_000;

    /** A new strategy for one thread. */
    public abstract IdleStrategy strategy();
}
