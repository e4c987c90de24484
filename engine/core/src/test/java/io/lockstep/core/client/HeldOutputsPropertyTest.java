package io.lockstep.core.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Random;
import java.util.stream.LongStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HeldOutputsPropertyTest {
    private static final int CAPACITY = 1_024;

    /** One output that is held. */
    private record Held(long input, UnsafeBuffer bytes) {}

    static LongStream seeds() {
        final Long seed = Long.getLong("seed");
        return seed == null ? LongStream.range(0, 100) : LongStream.of(seed);
    }

    @ParameterizedTest(name = "-Dseed={0}")
    @MethodSource("seeds")
    void holdsWhatAQueueWould(final long seed) {
        final Random random = new Random(seed);
        final HeldOutputs held = new HeldOutputs(CAPACITY);
        final ArrayDeque<Held> model = new ArrayDeque<>();
        final int largest = 1 + random.nextInt(300);
        int full = 0;
        for (int step = 0; step < 3_000; step++) {
            if (random.nextInt(5) < 3) {
                final byte[] bytes = new byte[random.nextInt(largest)];
                random.nextBytes(bytes);
                if (held.add(step, new UnsafeBuffer(bytes), 0, bytes.length)) {
                    model.add(new Held(step, new UnsafeBuffer(bytes)));
                } else {
                    full++;
                    final int used = model.stream().mapToInt(one -> 16 + ((one.bytes.capacity() + 15) & ~15)).sum();
                    assertTrue(CAPACITY - used < 2 * 320 + 16, "refused with " + used + " in use");
                }
            } else if (!model.isEmpty()) {
                final Held oldest = model.poll();
                assertEquals(oldest.input, held.inputSequence());
                assertEquals(oldest.bytes.capacity(), held.length());
                assertEquals(oldest.bytes, new UnsafeBuffer(held.buffer(), held.offset(), held.length()));
                held.remove();
            }
            assertEquals(model.isEmpty(), held.isEmpty());
        }
        assertTrue(full > 0, "the bound was not met");
    }

    @Test
    void anEmptyRingTakesWhateverFitsIt() {
        final HeldOutputs held = new HeldOutputs(CAPACITY);
        final UnsafeBuffer large = new UnsafeBuffer(new byte[CAPACITY - 16]);
        held.add(1, large, 0, 100);
        held.remove();

        assertTrue(held.add(2, large, 0, large.capacity()));
        assertEquals(2, held.inputSequence());
        assertThrows(IllegalArgumentException.class, () -> new HeldOutputs(1_000));
    }
}
