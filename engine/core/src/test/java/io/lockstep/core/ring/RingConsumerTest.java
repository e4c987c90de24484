package io.lockstep.core.ring;

import static io.lockstep.core.ring.RecordedEntries.publish;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class RingConsumerTest {
    private static final int CAPACITY = 1024;

    private final EntryRing ring = new EntryRing(CAPACITY, 120);
    private final RecordedEntries seen = new RecordedEntries();

    @Test
    void drainStopsAtTheLimit() {
        final RingConsumer consumer = ring.consumer();
        publishUpTo(5);

        assertEquals(0, consumer.drain(seen, 0));
        assertEquals(2, consumer.drain(seen, 2));
        assertEquals(32, consumer.position());
        assertEquals(48, consumer.lag());
        assertEquals(3, consumer.drain(seen, 100));
        assertEquals(0, consumer.lag());

        assertEquals(List.of(1L, 2L, 3L, 4L, 5L), seen.values);
    }

    @Test
    void lengthsMayChangeAndComeBackWithinADrain() {
        final RingConsumer consumer = ring.consumer();
        final int[] lengths = {8, 8, 16, 8, 15, 16, 9, 120, 120, 0, 0, 8};
        int position = 0;
        for (final int length : lengths) {
            publish(ring, length, length);
        }

        assertEquals(lengths.length, consumer.drain(seen, 100));

        for (int i = 0; i < lengths.length; i++) {
            assertEquals(lengths[i], seen.lengths.get(i));
            assertEquals(position, seen.positions.get(i));
            position += 8 + (lengths[i] + 7) / 8 * 8;
        }
        assertEquals(position, consumer.position());
    }

    @Test
    void refusedEntryStaysAndIsDeliveredAgain() {
        final RingConsumer consumer = ring.consumer();
        publishUpTo(3);
        final RecordHandler refusesTwo = (buffer, offset, length, position) ->
                buffer.getLong(offset) != 2 && seen.onRecord(buffer, offset, length, position);

        assertEquals(1, consumer.drain(refusesTwo, 10));
        assertEquals(0, consumer.drain(refusesTwo, 10));
        assertEquals(16, consumer.position());
        publish(ring, 4, 8);
        assertEquals(3, drainAll(consumer));

        assertEquals(List.of(1L, 2L, 3L, 4L), seen.values);
        assertEquals(List.of(0L, 16L, 32L, 48L), seen.positions);
    }

    @Test
    void refusedEntryBehindPaddingKeepsThoseBehindInFrontOfIt() {
        final RingConsumer logic = ring.consumer();
        final RingConsumer hash = ring.consumer(logic);
        for (int i = 0; i < 8; i++) {
            publish(ring, i, 112);
        }
        logic.drain(seen, 10);
        publish(ring, 8, 32);
        hash.drain((buffer, offset, length, position) -> true, 10);
        logic.drain(seen, 10);
        publish(ring, 9, 64);

        assertEquals(0, logic.drain((buffer, offset, length, position) -> false, 10));
        assertEquals(1, hash.drain((buffer, offset, length, position) -> buffer.getLong(offset) == 8, 10));
        assertEquals(0, hash.drain(seen, 10));
        assertEquals(1, logic.drain(seen, 10));
        assertEquals(1, hash.drain((buffer, offset, length, position) -> buffer.getLong(offset) == 9, 10));
    }

    @Test
    void exceptionOfTheHandlerPropagatesAndTheEntryStays() {
        final RingConsumer consumer = ring.consumer();
        publishUpTo(3);
        final RecordHandler failsAtTwo = (buffer, offset, length, position) -> {
            if (buffer.getLong(offset) == 2) {
                throw new IllegalStateException("broken at position " + position);
            }
            return seen.onRecord(buffer, offset, length, position);
        };

        final IllegalStateException thrown =
                assertThrows(IllegalStateException.class, () -> consumer.drain(failsAtTwo, 10));

        assertEquals("broken at position 16", thrown.getMessage());
        assertEquals(16, consumer.position());
        assertEquals(2, drainAll(consumer));
        assertEquals(List.of(1L, 2L, 3L), seen.values);
    }

    @Test
    void consumersBehindNeverOvertake() {
        final RingConsumer logic = ring.consumer();
        final RingConsumer hash = ring.consumer(logic);
        final RingConsumer trace = ring.consumer(hash);
        publishUpTo(4);

        assertEquals(0, hash.drain(seen, 10));
        assertEquals(0, trace.drain(seen, 10));
        logic.drain(seen, 3);
        assertEquals(0, trace.drain(seen, 10));
        assertEquals(2, hash.drain(seen, 2));
        assertEquals(2, trace.drain(seen, 10));
        assertEquals(1, hash.drain(seen, 10));
        assertEquals(0, hash.drain(seen, 10));

        assertEquals(48, logic.position());
        assertEquals(48, hash.position());
        assertEquals(32, trace.position());
    }

    @Test
    void joinOfADiamondWaitsForBothSidesAndSeesWhatTheyWrote() {
        final RingConsumer logic = ring.consumer();
        final RingConsumer left = ring.consumer(logic);
        final RingConsumer right = ring.consumer(logic);
        final RingConsumer join = ring.consumer(left, right);
        publish(ring, 0, 16);
        final RecordHandler adds = (buffer, offset, length, position) -> {
            buffer.putLong(offset, buffer.getLong(offset) + 1);
            return true;
        };

        assertEquals(1, logic.drain(adds, 10));
        assertEquals(1, right.drain(adds, 10));
        assertEquals(0, join.drain(seen, 10));
        assertEquals(1, left.drain(adds, 10));
        assertEquals(1, join.drain(seen, 10));

        assertEquals(List.of(3L), seen.values);
    }

    @Test
    void producerWaitsForTheSlowestOfTheLastConsumers() {
        final RingConsumer logic = ring.consumer();
        final RingConsumer hash = ring.consumer(logic);
        final RingConsumer trace = ring.consumer(logic);
        final RingConsumer tap = ring.consumer();
        final List<RingConsumer> all = List.of(logic, hash, trace, tap);

        for (final RingConsumer slow : List.of(hash, trace, tap, logic)) {
            fill();
            for (final RingConsumer consumer : all) {
                if (consumer != slow) {
                    drainAll(consumer);
                }
            }
            assertFalse(publish(ring, 1, 56), "gated by the slow one");

            // Room for one entry only: the others' progress does not count.
            assertEquals(1, slow.drain(seen, 1));
            if (slow == logic) {
                drainAll(hash, trace);
            }
            assertTrue(publish(ring, 1, 56));
            assertFalse(publish(ring, 1, 56));
            for (final RingConsumer consumer : all) {
                drainAll(consumer);
            }
        }
    }

    @Test
    void longDrainTellsItsProgressOnTheWay() {
        final RingConsumer logic = ring.consumer();
        final RingConsumer hash = ring.consumer(logic);
        fill();

        // Told every eighth of the ring: after two entries of 64 bytes here.
        logic.drain(
                (buffer, offset, length, position) -> {
                    assertEquals(position / 128 * 128, logic.position());
                    return true;
                },
                Integer.MAX_VALUE);

        assertEquals(CAPACITY, logic.position());
        assertEquals(CAPACITY / 64, hash.drain(seen, Integer.MAX_VALUE));
    }

    @Test
    void overwrittenHeaderStopsTheConsumer() {
        final RingConsumer consumer = ring.consumer();
        publish(ring, 1, 8);
        ring.buffer().putLong(0, 8);

        final IllegalStateException thrown =
                assertThrows(IllegalStateException.class, () -> consumer.drain(seen, 1));

        assertTrue(thrown.getMessage().contains("position=0"), thrown.getMessage());
        assertEquals(0, consumer.position());
    }

    private void publishUpTo(final long last) {
        for (long value = 1; value <= last; value++) {
            assertTrue(publish(ring, value, 8));
        }
    }

    private void fill() {
        int entries = 0;
        while (entries <= CAPACITY / 64 && publish(ring, entries, 56)) {
            entries++;
        }
        assertEquals(CAPACITY / 64, entries);
    }

    private int drainAll(final RingConsumer... consumers) {
        int all = 0;
        for (final RingConsumer consumer : consumers) {
            int drained = consumer.drain(seen, Integer.MAX_VALUE);
            while (drained > 0) {
                all += drained;
                drained = consumer.drain(seen, Integer.MAX_VALUE);
            }
        }
        return all;
    }
}
