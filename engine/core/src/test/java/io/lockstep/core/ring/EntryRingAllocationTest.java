package io.lockstep.core.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lockstep.codecs.AllocationMeter;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class EntryRingAllocationTest {
    private static final int RUNS = 1_000_000;

    private long sum;

    @Test
    void publishAndDrainAllocateNothing() {
        final EntryRing ring = new EntryRing(4096, 256);
        final RingConsumer logic = ring.consumer();
        final RingConsumer hash = ring.consumer(logic);
        final UnsafeBuffer source = new UnsafeBuffer(new byte[256]);
        final RecordHandler handler = (buffer, offset, length, position) -> {
            sum += buffer.getLong(offset);
            return true;
        };

        final long allocated = AllocationMeter.allocatedBytes(RUNS, i -> {
            ring.buffer().putLong(ring.tryClaim(8 + (i & 127)), 1);
            ring.commit();
            ring.offer(source, 0, 64);
            logic.drain(handler, 10);
            hash.drain(handler, 10);
        });

        assertEquals(0, allocated);
        assertEquals(0, sum % 2);
        assertEquals(0, hash.lag());
    }
}
