package io.lockstep.benchmarks.micro.ring;

import com.lmax.disruptor.EventFactory;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/** The Disruptor's event: a place for the bytes of one entry, cut from one block that all slots share. */
final class Slot {
    final UnsafeBuffer entry;

    private Slot(final UnsafeBuffer entry) {
        this.entry = entry;
    }

    /** Makes slots that lie side by side, as entries do in the other rings. */
    static EventFactory<Slot> factory(final int slots, final int length) {
        final UnsafeBuffer block =
                new UnsafeBuffer(BufferUtil.allocateDirectAligned(slots * length, 2 * BitUtil.CACHE_LINE_LENGTH));
        final int[] made = new int[1];
        return () -> new Slot(new UnsafeBuffer(block, made[0]++ * length, length));
    }
}
