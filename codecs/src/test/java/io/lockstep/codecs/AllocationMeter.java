package io.lockstep.codecs;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.IntConsumer;

/**
 * Measures the bytes a hot path allocates on the calling thread. Runs the action until it is compiled, then measures it
 * in windows and answers the smallest window, since a late compilation or a class load may allocate once.
 */
public final class AllocationMeter {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int WINDOWS = 4;

    private AllocationMeter() {}

    /**
     * Allocated bytes of {@code runs} calls after {@code runs} calls of warm-up.
     *
     * @param runs calls in each window; a million for a hot path
     * @param action called with 0, 1, 2, … over warm-up and windows together
     * @return bytes allocated by the calling thread in the best window
     */
    public static long allocatedBytes(final int runs, final IntConsumer action) {
        int next = 0;
        for (int i = 0; i < runs; i++) {
            action.accept(next++);
        }
        long best = Long.MAX_VALUE;
        for (int window = 0; window < WINDOWS && best > 0; window++) {
            final long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < runs; i++) {
                action.accept(next++);
            }
            best = Math.min(best, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        return best;
    }
}
