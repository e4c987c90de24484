package io.lockstep.node.agent;

import io.lockstep.codecs.EntryFrame;
import io.lockstep.core.replica.Replica;
import io.lockstep.core.ring.EntryRing;
import io.lockstep.core.ring.RingConsumer;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The ring between the thread that reads a replica's log and the thread that applies it. A record is one entry behind
 * eight bytes that say whether the reader was live. Whatever is written in front of a full ring stays in the image.
 *
 * <pre>
 *   log ▶ reader's thread ▶ [ ring ] ▶ logic's thread ▶ outputs
 * </pre>
 */
public final class ReplicaRing {
    private static final int PREFIX_LENGTH = Long.BYTES;
    private static final long LIVE = 1;

    private final EntryRing ring;
    private final RingConsumer logic;
    private volatile boolean isStopped;

    /**
     * An empty ring.
     *
     * @param capacityBytes a power of two, at least 4 MiB
     */
    public ReplicaRing(final int capacityBytes) {
        ring = new EntryRing(capacityBytes, PREFIX_LENGTH + EntryFrame.MAX_LENGTH);
        logic = ring.consumer();
    }

    /** Puts an entry in; false if there is no room now. The reader's thread. */
    boolean offer(final DirectBuffer buffer, final int offset, final int length, final boolean isLive) {
        final int target = ring.tryClaim(PREFIX_LENGTH + length);
        if (target < 0) {
            return false;
        }
        final MutableDirectBuffer record = ring.buffer();
        record.putLong(target, isLive ? LIVE : 0);
        record.putBytes(target + PREFIX_LENGTH, buffer, offset, length);
        ring.commit();
        return true;
    }

    /** Where records come out. The logic's thread. */
    RingConsumer logic() {
        return logic;
    }

    /** Applies a record; false if outputs must leave first. The logic's thread. */
    static boolean apply(final Replica replica, final MutableDirectBuffer buffer, final int offset) {
        replica.live(buffer.getLong(offset) == LIVE);
        return replica.onEntry(buffer, offset + PREFIX_LENGTH);
    }

    /** The logic takes no more: it was closed, or it failed. Any thread. */
    void stop() {
        isStopped = true;
    }

    boolean isStopped() {
        return isStopped;
    }
}
