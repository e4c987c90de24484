package io.lockstep.node.trace;

import io.aeron.logbuffer.FragmentHandler;
import io.aeron.logbuffer.Header;
import io.lockstep.archive.read.EntryHandler;
import io.lockstep.codecs.HotPath;
import io.lockstep.core.client.Gateway;
import io.lockstep.core.trace.Hop;
import io.lockstep.core.trace.HopRing;
import org.agrona.DirectBuffer;

/**
 * Takes the time at which a gateway's commit moves: with an acknowledgement, or, if that was faster, with the entry.
 * Around one of the two.
 */
@HotPath
final class CommitTap implements EntryHandler, FragmentHandler {
    private final HopRing ring;
    private final Gateway gateway;
    private final EntryHandler entryHandler;
    private final FragmentHandler controlHandler;

    CommitTap(
            final HopRing ring,
            final Gateway gateway,
            final EntryHandler entryHandler,
            final FragmentHandler controlHandler) {
        this.ring = ring;
        this.gateway = gateway;
        this.entryHandler = entryHandler;
        this.controlHandler = controlHandler;
    }

    @Override
    public boolean onEntry(
            final DirectBuffer buffer, final int offset, final int length, final long endPosition) {
        final long before = gateway.commitSequence();
        final long nanoTime = System.nanoTime();
        final boolean isTaken = entryHandler.onEntry(buffer, offset, length, endPosition);
        note(before, nanoTime);
        return isTaken;
    }

    @Override
    public void onFragment(final DirectBuffer buffer, final int offset, final int length, final Header header) {
        final long before = gateway.commitSequence();
        final long nanoTime = System.nanoTime();
        controlHandler.onFragment(buffer, offset, length, header);
        note(before, nanoTime);
    }

    private void note(final long before, final long nanoTime) {
        final long now = gateway.commitSequence();
        if (now != before) {
            ring.entry(Hop.ARCHIVE_ACKED, nanoTime, gateway.epoch(), now, 0);
        }
    }
}
