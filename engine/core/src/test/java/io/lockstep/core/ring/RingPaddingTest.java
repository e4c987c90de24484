package io.lockstep.core.ring;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.agrona.UnsafeApi;
import org.junit.jupiter.api.Test;

/** Asks the JVM where it put the fields: the 128 bytes that hold a field, wherever they start, hold no foreign one. */
class RingPaddingTest {
    private static final int LINE_PAIR_BYTES = 128;

    @Test
    void positionIsPaddedOnBothSides() {
        assertPadded(RingPosition.class);
    }

    @Test
    void fieldsOfTheProducerArePaddedOnBothSides() {
        assertPadded(EntryRing.class);
    }

    @Test
    void fieldsOfAConsumerArePaddedOnBothSides() {
        assertPadded(RingConsumer.class);
    }

    private static void assertPadded(final Class<?> type) {
        final List<Field> used = new ArrayList<>();
        long paddingInFront = Long.MAX_VALUE;
        long lastPadding = 0;
        for (Class<?> rung = type; rung != Object.class; rung = rung.getSuperclass()) {
            for (final Field field : rung.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    final long offset = UnsafeApi.objectFieldOffset(field);
                    if (field.getName().startsWith("pad")) {
                        paddingInFront = Math.min(paddingInFront, offset);
                        lastPadding = Math.max(lastPadding, offset);
                    } else {
                        used.add(field);
                    }
                }
            }
        }
        assertTrue(!used.isEmpty());
        for (final Field field : used) {
            final long offset = UnsafeApi.objectFieldOffset(field);
            final long word = offset / Long.BYTES * Long.BYTES;
            assertTrue(word + Long.BYTES - LINE_PAIR_BYTES >= paddingInFront, field + " at " + offset);
            assertTrue(word + LINE_PAIR_BYTES <= lastPadding + Long.BYTES, field + " at " + offset);
        }
    }
}
