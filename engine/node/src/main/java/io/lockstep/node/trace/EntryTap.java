package io.lockstep.node.trace;

import io.lockstep.archive.read.EntryHandler;
import io.lockstep.codecs.EntryReader;
import io.lockstep.codecs.HotPath;
import io.lockstep.codecs.protocol.EntryKind;
import io.lockstep.core.trace.Hop;
import io.lockstep.core.trace.HopRing;
import org.agrona.DirectBuffer;

/** Takes the time of each command's entry as a replica sees it; of one that must wait in the stream, the first time. */
@HotPath
final class EntryTap implements EntryHandler {
    private final EntryReader entry = new EntryReader();
    private final HopRing ring;
    private final EntryHandler handler;
    private boolean isLeft;

    EntryTap(final HopRing ring, final EntryHandler handler) {
        this.ring = ring;
        this.handler = handler;
    }

    @Override
    public boolean onEntry(
            final DirectBuffer buffer, final int offset, final int length, final long endPosition) {
        if (!isLeft && entry.wrap(buffer, offset).kind() == EntryKind.COMMAND) {
            ring.entry(Hop.REPLICA_IN, System.nanoTime(), entry.epoch(), entry.sequence(), 0);
        }
        final boolean isTaken = handler.onEntry(buffer, offset, length, endPosition);
        isLeft = !isTaken;
        return isTaken;
    }
}
