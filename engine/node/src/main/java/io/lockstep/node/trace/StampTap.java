package io.lockstep.node.trace;

import io.lockstep.codecs.EntryReader;
import io.lockstep.codecs.HotPath;
import io.lockstep.codecs.protocol.EntryKind;
import io.lockstep.core.port.Publisher;
import io.lockstep.core.trace.HopRing;
import org.agrona.DirectBuffer;

/** Takes the time of each command's entry before it is offered to the log's stream, and keeps it if it is taken. */
@HotPath
final class StampTap implements Publisher {
    private final EntryReader entry = new EntryReader();
    private final HopRing ring;
    private final Publisher log;

    StampTap(final HopRing ring, final Publisher log) {
        this.ring = ring;
        this.log = log;
    }

    @Override
    public long offer(final DirectBuffer buffer, final int offset, final int length) {
        final long nanoTime = System.nanoTime();
        return note(nanoTime, buffer, offset, log.offer(buffer, offset, length));
    }

    @Override
    public long offer(
            final DirectBuffer header,
            final int headerOffset,
            final int headerLength,
            final DirectBuffer body,
            final int bodyOffset,
            final int bodyLength) {
        final long nanoTime = System.nanoTime();
        return note(
                nanoTime,
                header,
                headerOffset,
                log.offer(header, headerOffset, headerLength, body, bodyOffset, bodyLength));
    }

    private long note(final long nanoTime, final DirectBuffer buffer, final int offset, final long position) {
        if (position > 0 && entry.wrap(buffer, offset).kind() == EntryKind.COMMAND) {
            ring.stamped(
                    nanoTime, entry.epoch(), entry.sequence(), entry.sessionId(), entry.clientSequence(), position);
        }
        return position;
    }
}
