package io.lockstep.core.ring;

import static io.lockstep.core.ring.EntryRing.INSUFFICIENT_SPACE;
import static io.lockstep.core.ring.RecordedEntries.claim;
import static io.lockstep.core.ring.RecordedEntries.publish;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.codecs.EntryFrame;
import java.nio.ByteBuffer;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryRingTest {
    private static final int CAPACITY = 128;
    private static final int MAX_LENGTH = 56;

    private final EntryRing ring = new EntryRing(CAPACITY, MAX_LENGTH);
    private final RingConsumer consumer = ring.consumer();
    private final RecordedEntries seen = new RecordedEntries();

    @Test
    void emptyRingGivesNothing() {
        assertEquals(0, consumer.drain(seen, 10));
        assertEquals(0, ring.position());
        assertEquals(0, consumer.position());
    }

    @Test
    void entriesThatEndExactlyAtTheEndOfTheBufferNeedNoPadding() {
        assertTrue(publish(ring, 1, 56));
        assertTrue(publish(ring, 2, 56));
        assertEquals(CAPACITY, ring.position());
        assertFalse(publish(ring, 3, 0));

        assertEquals(2, consumer.drain(seen, 10));
        assertTrue(publish(ring, 3, 8));
        assertEquals(1, consumer.drain(seen, 10));

        assertEquals(List.of(1L, 2L, 3L), seen.values);
        assertEquals(List.of(8, 72, 8), seen.offsets);
        assertEquals(List.of(0L, 64L, 128L), seen.positions);
    }

    @Test
    void entryThatDoesNotFitInFrontOfTheEndStartsAtZeroBehindPadding() {
        publish(ring, 1, 40);
        publish(ring, 2, 40);
        consumer.drain(seen, 10);

        assertTrue(publish(ring, 3, 40));

        assertEquals(128 + 48, ring.position());
        assertEquals(1, consumer.drain(seen, 10));
        assertEquals(List.of(1L, 2L, 3L), seen.values);
        assertEquals(List.of(8, 56, 8), seen.offsets);
        assertEquals(List.of(0L, 48L, 128L), seen.positions);
        assertEquals(ring.position(), consumer.position());
    }

    @Test
    void paddingMayBeAHeaderAlone() {
        publish(ring, 1, 56);
        publish(ring, 2, 48);
        consumer.drain(seen, 10);

        assertTrue(publish(ring, 3, 8));

        assertEquals(1, consumer.drain(seen, 10));
        assertEquals(List.of(1L, 2L, 3L), seen.values);
        assertEquals(128L, seen.positions.get(2));
    }

    @Test
    void fullRingTakesNothing() {
        publish(ring, 1, 56);
        publish(ring, 2, 40);

        assertEquals(INSUFFICIENT_SPACE, claim(ring, 3, 16));
        ring.commit();
        assertEquals(112, ring.position());
        assertTrue(publish(ring, 4, 8));

        consumer.drain(seen, 10);
        assertEquals(List.of(1L, 2L, 4L), seen.values);
    }

    @Test
    void roomThatPaddingWouldEatIsNotRoom() {
        publish(ring, 1, 24);
        publish(ring, 2, 56);
        consumer.drain(seen, 1);

        // 64 bytes are free, 32 of them in front of the end: an entry of 48 needs 32 + 48.
        assertEquals(INSUFFICIENT_SPACE, claim(ring, 3, 40));
        ring.commit();
        assertEquals(96, ring.position());
        assertTrue(publish(ring, 4, 24));
        assertTrue(publish(ring, 5, 24));
        assertFalse(publish(ring, 6, 0));

        assertEquals(1, consumer.drain(seen, 10), "what it knew of");
        assertEquals(2, consumer.drain(seen, 10), "what came since");
        assertEquals(List.of(1L, 2L, 4L, 5L), seen.values);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 8, 16, 24, 32, 40, 48, 56, 64, 72, 80, 88, 96, 104, 112, 120})
    void longestEntryFitsIntoAnEmptyRingWhereverItStands(final int start) {
        for (int at = 0; at < start; at += 8) {
            publish(ring, 0, 0);
            consumer.drain(seen, 1);
        }

        assertTrue(publish(ring, 7, MAX_LENGTH));

        assertEquals(1, consumer.drain(seen, 10));
        assertEquals(7L, seen.values.get(seen.values.size() - 1));
        assertEquals(MAX_LENGTH, seen.lengths.get(seen.lengths.size() - 1));
    }

    @Test
    void lengthsOutOfRangeAreTheCallersFault() {
        assertThrows(IllegalArgumentException.class, () -> ring.tryClaim(MAX_LENGTH + 1));
        assertThrows(IllegalArgumentException.class, () -> ring.tryClaim(-1));
        assertThrows(IllegalArgumentException.class, () -> ring.tryClaim(Integer.MAX_VALUE));

        assertTrue(publish(ring, 0, 0));
        assertEquals(1, consumer.drain(seen, 10));
        assertEquals(List.of(0), seen.lengths);
    }

    @Test
    void claimedEntriesAreSeenTogetherAfterTheCommit() {
        claim(ring, 1, 8);
        claim(ring, 2, 8);
        claim(ring, 3, 8);
        assertEquals(0, consumer.drain(seen, 10));
        assertEquals(0, ring.position());

        ring.commit();

        assertEquals(3, consumer.drain(seen, 10));
        assertEquals(List.of(1L, 2L, 3L), seen.values);
    }

    @Test
    void abortedClaimsWereNeverThere() {
        publish(ring, 1, 40);
        publish(ring, 2, 40);
        consumer.drain(seen, 10);
        claim(ring, 3, 16);
        claim(ring, 4, 40);
        ring.abort();
        ring.commit();
        assertEquals(96, ring.position());

        publish(ring, 5, 24);

        assertEquals(1, consumer.drain(seen, 10));
        assertEquals(List.of(1L, 2L, 5L), seen.values);
        assertEquals(96L, seen.positions.get(2));
    }

    @Test
    void offerCopiesAndPublishes() {
        final UnsafeBuffer source = new UnsafeBuffer(new byte[64]);
        source.putLong(8, 41);

        assertTrue(ring.offer(source, 8, 56));
        source.putLong(8, 42);
        assertTrue(ring.offer(source, 8, 56));
        assertFalse(ring.offer(source, 8, 56));

        consumer.drain(seen, 10);
        assertEquals(List.of(41L, 42L), seen.values);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void offerCopiesEveryByteOfAnyLengthAndNoOther(final boolean isDirect) {
        final EntryRing wide = new EntryRing(1024, 300);
        final RingConsumer reader = wide.consumer();
        final UnsafeBuffer source =
                new UnsafeBuffer(isDirect ? ByteBuffer.allocateDirect(320) : ByteBuffer.allocate(320));
        for (int i = 0; i < source.capacity(); i++) {
            source.putByte(i, (byte) (i * 31 + 7));
        }

        for (int length = 0; length <= 300; length++) {
            final int at = length % 20;
            wide.buffer().setMemory(0, wide.capacity(), (byte) 0);
            assertTrue(wide.offer(source, at, length));
            final int entryLength = length;
            assertEquals(1, reader.drain((buffer, offset, recordLength, position) -> {
                assertEquals(entryLength, recordLength);
                for (int i = 0; i < entryLength; i++) {
                    assertEquals(source.getByte(at + i), buffer.getByte(offset + i), entryLength + " at " + i);
                }
                final int end = offset + entryLength;
                for (int i = end; i < Math.min(end + 64, wide.capacity()); i++) {
                    assertEquals(0, buffer.getByte(i), "behind " + entryLength);
                }
                return true;
            }, 10));
        }
    }

    @Test
    void offerOfWhatIsNotInTheSourceClaimsNothing() {
        final UnsafeBuffer source = new UnsafeBuffer(new byte[32]);
        source.putLong(0, 1);

        assertThrows(IndexOutOfBoundsException.class, () -> ring.offer(source, 8, 32));
        assertThrows(IndexOutOfBoundsException.class, () -> ring.offer(source, -1, 8));
        assertThrows(IllegalArgumentException.class, () -> ring.offer(source, 0, MAX_LENGTH + 1));
        assertThrows(IllegalArgumentException.class, () -> ring.offer(source, 0, -1));
        assertTrue(ring.offer(source, 0, 8));

        assertEquals(1, consumer.drain(seen, 10));
        assertEquals(List.of(1L), seen.values);
        assertEquals(List.of(0L), seen.positions);
    }

    @Test
    void capacityIsCheckedWithAMessageThatSaysWhatIsRequired() {
        assertEquals(4 << 20, EntryRing.requiredCapacity(EntryFrame.MAX_LENGTH));
        assertEquals(128, EntryRing.requiredCapacity(56));
        assertEquals(256, EntryRing.requiredCapacity(57));
        assertEquals(1 << 30, EntryRing.requiredCapacity((1 << 29) - 8));

        final String tooSmall =
                assertThrows(IllegalArgumentException.class, () -> new EntryRing(2 << 20)).getMessage();
        assertTrue(tooSmall.contains("capacityBytes=2097152"), tooSmall);
        assertTrue(tooSmall.contains("power of two from 4194304"), tooSmall);
        assertThrows(IllegalArgumentException.class, () -> new EntryRing(192, 56));
        assertThrows(IllegalArgumentException.class, () -> new EntryRing(Integer.MIN_VALUE, 56));
        assertThrows(IllegalArgumentException.class, () -> new EntryRing(128, -1));
        assertThrows(IllegalArgumentException.class, () -> EntryRing.requiredCapacity((1 << 29) - 7));
        assertThrows(IllegalArgumentException.class, () -> EntryRing.requiredCapacity(Integer.MAX_VALUE));
    }

    @Test
    void longestEntryOfTheLogPassesAndPositionsGrowBeyondTwoGibibytes() {
        final EntryRing large = new EntryRing(4 << 20);
        final RingConsumer reader = large.consumer();
        final RecordHandler check = (buffer, offset, length, position) -> {
            assertEquals(EntryFrame.MAX_LENGTH, length);
            assertEquals(position, buffer.getLong(offset));
            assertEquals(~position, buffer.getLong(offset + length - 8));
            return true;
        };

        long start = 0;
        for (int i = 0; i < 2_500; i++) {
            final int offset = large.tryClaim(EntryFrame.MAX_LENGTH);
            start = large.position() + (large.position() % large.capacity() > 3 << 20 ? padding(large) : 0);
            large.buffer().putLong(offset, start);
            large.buffer().putLong(offset + EntryFrame.MAX_LENGTH - 8, ~start);
            large.commit();
            assertEquals(1, reader.drain(check, 10));
        }
        assertTrue(start > Integer.MAX_VALUE);
        assertEquals(large.position(), reader.position());
    }

    private static long padding(final EntryRing ring) {
        return ring.capacity() - ring.position() % ring.capacity();
    }

    @Test
    void consumersAreMadeBeforeTheFirstClaimAndOfTheSameRing() {
        final RingConsumer foreign = new EntryRing(CAPACITY, MAX_LENGTH).consumer();
        assertThrows(IllegalArgumentException.class, () -> ring.consumer(foreign));

        claim(ring, 1, 8);
        assertThrows(IllegalStateException.class, ring::consumer);
        ring.commit();
        assertThrows(IllegalStateException.class, ring::consumer);
    }

    @Test
    void ringWithoutConsumerIsRefused() {
        final EntryRing lonely = new EntryRing(CAPACITY, MAX_LENGTH);

        assertThrows(IllegalStateException.class, () -> lonely.tryClaim(8));
    }

    @Test
    void memoryIsAlignedToAPairOfCacheLines() {
        assertEquals(0, ring.buffer().addressOffset() % 128);
    }
}
