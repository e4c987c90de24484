package io.lockstep.tools.flow;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a flow to end, as long as it moves. */
public final class FlowWait {
    private static final long LOOK_INTERVAL_NS = 20_000_000;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private FlowWait() {}

    /**
     * Waits until a program has ended, and looks at something meanwhile.
     *
     * @param program to wait for
     * @param stillSeconds after which a program that does not move is given up
     * @param look called some fifty times a second; false ends the wait
     * @return what came of the program, or null if it was given up
     */
    public static FlowEnd await(final FlowProgram program, final long stillSeconds, final BooleanSupplier look) {
        long seen = -1;
        long movedNs = System.nanoTime();
        while (program.end() == null) {
            final long moved = program.sent() + program.answered() + program.commitSequence() / 1_000_000;
            final long now = System.nanoTime();
            if (moved != seen) {
                seen = moved;
                movedNs = now;
            }
            if (now - movedNs > stillSeconds * NANOS_PER_SECOND || !look.getAsBoolean()) {
                return null;
            }
            LockSupport.parkNanos(LOOK_INTERVAL_NS);
        }
        return program.end();
    }

    /**
     * Waits for a condition.
     *
     * @param seconds after which it is given up
     * @param condition asked some fifty times a second
     * @return whether it came
     */
    public static boolean until(final long seconds, final BooleanSupplier condition) {
        final long deadline = System.nanoTime() + seconds * NANOS_PER_SECOND;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            LockSupport.parkNanos(LOOK_INTERVAL_NS);
        }
        return true;
    }
}
