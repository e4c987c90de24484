package io.lockstep.transport;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition with a deadline. */
final class Await {
    static final long DEADLINE_NS = TimeUnit.SECONDS.toNanos(20);
    private static final long PARK_NS = 10_000;

    private Await() {}

    static void until(final String what, final BooleanSupplier condition) {
        until(what, DEADLINE_NS, condition);
    }

    static void until(final String what, final long timeoutNs, final BooleanSupplier condition) {
        final long deadlineNs = System.nanoTime() + timeoutNs;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadlineNs > 0) {
                throw new AssertionError("not within " + TimeUnit.NANOSECONDS.toMillis(timeoutNs) + " ms: " + what);
            }
            LockSupport.parkNanos(PARK_NS);
        }
    }
}
