package io.lockstep.archive.record;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;

/** Waits for a condition with a deadline, doing the given work meanwhile. */
public final class Await {
    public static final long DEADLINE_NS = TimeUnit.SECONDS.toNanos(20);

    private Await() {}

    public static void until(final String what, final BooleanSupplier condition) {
        until(what, () -> {}, condition);
    }

    public static void until(final String what, final Runnable work, final BooleanSupplier condition) {
        final IdleStrategy idle = YieldingIdleStrategy.INSTANCE;
        final long deadlineNs = System.nanoTime() + DEADLINE_NS;
        while (true) {
            work.run();
            if (condition.getAsBoolean()) {
                return;
            }
            if (System.nanoTime() - deadlineNs > 0) {
                throw new AssertionError("not within 20 s: " + what);
            }
            idle.idle();
        }
    }
}
