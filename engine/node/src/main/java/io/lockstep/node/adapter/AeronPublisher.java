package io.lockstep.node.adapter;

import io.aeron.ExclusivePublication;
import io.aeron.Publication;
import io.lockstep.codecs.HotPath;
import io.lockstep.core.port.Publisher;
import org.agrona.DirectBuffer;

/** The sending end of a stream over an exclusive publication. Owned by the thread that offers. */
@HotPath
public final class AeronPublisher implements Publisher {
    /** A term is rotated within an offer; the next one goes through unless the window is full as well. */
    private static final int ATTEMPTS = 3;

    private final ExclusivePublication publication;
    private final Outflow outflow;
    private long backPressured;
    private long notConnected;

    /**
     * A publisher over a publication, which it does not close.
     *
     * @param publication to offer to
     * @param outflow told of each message the publication takes
     */
    public AeronPublisher(final ExclusivePublication publication, final Outflow outflow) {
        this.publication = publication;
        this.outflow = outflow;
    }

    @Override
    public long offer(final DirectBuffer buffer, final int offset, final int length) {
        for (int i = 0; i < ATTEMPTS; i++) {
            final long result = publication.offer(buffer, offset, length);
            if (result != Publication.ADMIN_ACTION) {
                return result > 0 ? taken(result) : refused(result);
            }
        }
        return refused(Publication.BACK_PRESSURED);
    }

    @Override
    public long offer(
            final DirectBuffer header,
            final int headerOffset,
            final int headerLength,
            final DirectBuffer body,
            final int bodyOffset,
            final int bodyLength) {
        for (int i = 0; i < ATTEMPTS; i++) {
            final long result = publication.offer(
                    header, headerOffset, headerLength, body, bodyOffset, bodyLength);
            if (result != Publication.ADMIN_ACTION) {
                return result > 0 ? taken(result) : refused(result);
            }
        }
        return refused(Publication.BACK_PRESSURED);
    }

    /** Offers that found no room. */
    public long backPressured() {
        return backPressured;
    }

    /** Offers that found nobody listening. */
    public long notConnected() {
        return notConnected;
    }

    private long taken(final long position) {
        outflow.onOffered();
        return position;
    }

    private long refused(final long result) {
        if (result == Publication.NOT_CONNECTED) {
            notConnected++;
            return NOT_CONNECTED;
        }
        if (result == Publication.BACK_PRESSURED) {
            backPressured++;
            return BACK_PRESSURED;
        }
        return CLOSED;
    }
}
