package io.lockstep.transport;

import io.aeron.driver.ext.LossGenerator;
import io.lockstep.codecs.HotPath;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.InetSocketAddress;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Decides for each datagram of one direction whether it is dropped: SplitMix64 (Steele, Lea, Flood, OOPSLA 2014)
 * against a threshold. Asked by one driver thread, which alone writes state and counts; the threshold is written by
 * any thread, the counts are read by any thread.
 */
@HotPath
final class SeededLossGenerator implements LossGenerator {
    private static final VarHandle SEEN;
    private static final VarHandle DROPPED;
    private static final long GOLDEN_GAMMA = 0x9E37_79B9_7F4A_7C15L;
    private static final int RESOLUTION_BITS = 53;

    static {
        try {
            final MethodHandles.Lookup lookup = MethodHandles.lookup();
            SEEN = lookup.findVarHandle(SeededLossGenerator.class, "seen", long.class);
            DROPPED = lookup.findVarHandle(SeededLossGenerator.class, "dropped", long.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile long threshold;
    private long state;

    @SuppressWarnings("UnusedVariable") // read and written through SEEN
    private long seen;

    @SuppressWarnings("UnusedVariable") // read and written through DROPPED
    private long dropped;

    SeededLossGenerator(final long seed) {
        this.state = seed;
    }

    void rate(final double rate) {
        threshold = (long) (rate * (1L << RESOLUTION_BITS));
    }

    long seen() {
        return (long) SEEN.getAcquire(this);
    }

    long dropped() {
        return (long) DROPPED.getAcquire(this);
    }

    @Override
    public boolean shouldDropFrame(final InetSocketAddress address, final UnsafeBuffer buffer, final int length) {
        return shouldDrop();
    }

    boolean shouldDrop() {
        final long limit = threshold;
        if (limit == 0) {
            return false;
        }
        // One writer: a plain read and a release write are enough, no atomic addition is needed.
        SEEN.setRelease(this, (long) SEEN.get(this) + 1);
        state += GOLDEN_GAMMA;
        final boolean isDropped = (mix(state) >>> (Long.SIZE - RESOLUTION_BITS)) < limit;
        if (isDropped) {
            DROPPED.setRelease(this, (long) DROPPED.get(this) + 1);
        }
        return isDropped;
    }

    private static long mix(final long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return z ^ (z >>> 31);
    }
}
