package io.lockstep.core.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.codecs.AllocationMeter;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HopRingTest {
    private static final int CAPACITY = HopRing.MIN_CAPACITY;
    private static final int RUNS = 1_000_000;
    private static final long DEADLINE_NS = 60_000_000_000L;

    @Test
    void keepsWhatIsWrittenInOrder() {
        final HopRing ring = new HopRing(7, CAPACITY);

        ring.command(Hop.GATEWAY_IN, 10, 1, 2);
        ring.stamped(20, 3, 4, 1, 2, 96);
        ring.entry(Hop.GATEWAY_OUT, -30, 3, 4, 5);

        final HopTrace trace = ring.trace();
        assertEquals(7, trace.memberId());
        assertEquals(0, trace.lost());
        assertEquals(
                List.of(
                        new HopRecord(Hop.GATEWAY_IN, 10, 0, 0, 1, 2, 0),
                        new HopRecord(Hop.STAMPED, 20, 3, 4, 1, 2, 96),
                        new HopRecord(Hop.GATEWAY_OUT, -30, 3, 4, 0, 0, 5)),
                trace.records());
    }

    @Test
    void overwritesTheOldestAndCountsThem() {
        final HopRing ring = new HopRing(1, CAPACITY);
        for (int i = 0; i < 3 * CAPACITY + 5; i++) {
            ring.entry(Hop.APPLIED, i, 1, i, 0);
        }

        final HopTrace trace = ring.trace();

        assertEquals(CAPACITY - 1, trace.records().size());
        assertEquals(2 * CAPACITY + 6, trace.lost());
        assertEquals(2 * CAPACITY + 6, trace.records().get(0).sequence());
        assertEquals(3 * CAPACITY + 4, trace.records().get(CAPACITY - 2).sequence());
    }

    /** The writer is slow enough that not everything is overwritten before it is read, and some of it is. */
    @Test
    void handsOutWholeRecordsWhileItIsWritten() throws InterruptedException {
        final HopRing ring = new HopRing(1, 16 * CAPACITY);
        final AtomicBoolean isRead = new AtomicBoolean();
        final Thread writer = new Thread(() -> {
            for (long i = 1; !isRead.get(); i++) {
                ring.stamped(i, i, i, i, i, i);
                for (int spin = 0; spin < 4; spin++) {
                    Thread.onSpinWait();
                }
            }
        });
        writer.start();
        final long deadline = System.nanoTime() + DEADLINE_NS;
        long read = 0;
        try {
            while (read < 5_000_000 && System.nanoTime() - deadline < 0) {
                final HopTrace trace = ring.trace();
                long next = trace.lost() + 1;
                for (final HopRecord record : trace.records()) {
                    final long i = next++;
                    assertEquals(new HopRecord(Hop.STAMPED, i, i, i, i, i, i), record);
                }
                read += trace.records().size();
            }
        } finally {
            isRead.set(true);
            writer.join();
        }

        assertTrue(read >= 5_000_000, "only " + read + " records were read");
    }

    @Test
    void writesWithoutAllocating() {
        final HopRing ring = new HopRing(1, CAPACITY);

        final long allocated = AllocationMeter.allocatedBytes(RUNS, i -> {
            ring.command(Hop.SEQUENCER_IN, i, 1, i);
            ring.stamped(i, 1, i, 1, i, i);
            ring.entry(Hop.APPLIED, i, 1, i, 0);
        });

        assertEquals(0, allocated);
        assertEquals(3L * RUNS, (ring.trace().lost() + CAPACITY - 1) / 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 512, 1_000, 1 << 25})
    void refusesACapacityThatWillNotDo(final int capacity) {
        assertThrows(IllegalArgumentException.class, () -> new HopRing(1, capacity));
    }
}
