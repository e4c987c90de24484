package io.lockstep.core.ring;

import io.lockstep.codecs.HotPath;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * How far the producer has published, or a consumer has read: bytes since the ring was made, alone on its cache lines.
 * One thread writes it; any thread reads it.
 *
 * <p>{@link #setRelease} and {@link #getAcquire} are VarHandle release and acquire: whatever the writer read or wrote
 * in the ring before the release comes before whatever a reader does there after it saw the value. That is all a ring
 * with one writer per position needs; a volatile store would add a full fence and order nothing more that matters
 * here.
 */
@HotPath
final class RingPosition extends RingPositionValue {
    private static final VarHandle VALUE;

    static {
        try {
            VALUE = MethodHandles.lookup().findVarHandle(RingPositionValue.class, "value", long.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    long pad16;
    long pad17;
    long pad18;
    long pad19;
    long pad20;
    long pad21;
    long pad22;
    long pad23;
    long pad24;
    long pad25;
    long pad26;
    long pad27;
    long pad28;
    long pad29;
    long pad30;

    /** For the writing thread alone, which sees its own stores. */
    long getPlain() {
        return value;
    }

    long getAcquire() {
        return (long) VALUE.getAcquire(this);
    }

    void setRelease(final long position) {
        VALUE.setRelease(this, position);
    }

    /** The least of at least one position, each read with acquire. */
    static long minimum(final RingPosition[] positions) {
        long minimum = positions[0].getAcquire();
        for (int i = 1; i < positions.length; i++) {
            minimum = Math.min(minimum, positions[i].getAcquire());
        }
        return minimum;
    }
}

/** Second rung: the value. */
abstract class RingPositionValue extends CacheLinePadding {
    long value;
}
