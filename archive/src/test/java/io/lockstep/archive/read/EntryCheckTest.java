package io.lockstep.archive.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.archive.record.TestEntries;
import io.lockstep.codecs.AllocationMeter;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class EntryCheckTest {
    private final TestEntries entries = new TestEntries();

    @Test
    void findsEveryFlippedBit() {
        entries.epochStart(4, 11, 3, 320, 10);
        final UnsafeBuffer bytes = new UnsafeBuffer(new byte[entries.length()]);
        bytes.putBytes(0, entries.buffer(), 0, entries.length());
        final EntryCheck check = new EntryCheck(TestEntries.CLUSTER_ID);
        assertEquals(EntryCheck.SOUND, check.check(bytes, 0, bytes.capacity()));

        for (int bit = 0; bit < bytes.capacity() * 8; bit++) {
            bytes.putByte(bit / 8, (byte) (bytes.getByte(bit / 8) ^ 1 << bit % 8));
            assertNotEquals(EntryCheck.SOUND, check.check(bytes, 0, bytes.capacity()), "bit " + bit);
            bytes.putByte(bit / 8, (byte) (bytes.getByte(bit / 8) ^ 1 << bit % 8));
        }
    }

    @Test
    void refusesAnotherClusterAndAnEpochStartThatContradictsItself() {
        entries.command(1, 1, 10);
        assertEquals(
                EntryCheck.OTHER_CLUSTER,
                new EntryCheck(TestEntries.CLUSTER_ID + 1).check(entries.buffer(), 0, entries.length()));

        entries.epochStart(4, 11, 3, 320, 7);
        assertEquals(
                EntryCheck.BAD_EPOCH_START,
                new EntryCheck(TestEntries.CLUSTER_ID).check(entries.buffer(), 0, entries.length()));
    }

    @Test
    void allocatesNothing() {
        final EntryCheck check = new EntryCheck(TestEntries.CLUSTER_ID);
        final EntryOrder order = new EntryOrder();
        order.startAnywhere();
        entries.command(1, 1, 100);

        final long allocated = AllocationMeter.allocatedBytes(1_000_000, i -> {
            check.check(entries.buffer(), 0, entries.length());
            if (order.classifyLive(check) != EntryOrder.ZOMBIE) {
                order.onDelivered(check, 192);
            }
        });

        assertTrue(allocated == 0, () -> "allocated=" + allocated);
    }
}
