package io.lockstep.core.sequencer;

import io.lockstep.codecs.EntryFrame;
import io.lockstep.codecs.EntryWriter;
import io.lockstep.codecs.HotPath;
import io.lockstep.codecs.protocol.EntryKind;
import io.lockstep.core.epoch.LogEnd;
import io.lockstep.core.port.Publisher;
import org.agrona.DirectBuffer;

/**
 * Gives entries their (epoch, sequence, time) and puts them into the stream of the epoch. The sequence moves only when
 * the stream has taken the entry, so none is ever skipped and none is given twice.
 */
@HotPath
final class EntryAppender {
    private final EntryWriter writer = new EntryWriter();
    private final Publisher log;
    private final int clusterId;
    private final long epoch;
    private long sequence;
    private long timeNs;
    private long position;

    EntryAppender(final Publisher log, final int clusterId, final LogEnd previous, final long epoch) {
        this.log = log;
        this.clusterId = clusterId;
        this.epoch = epoch;
        this.sequence = previous.sequence();
        this.timeNs = previous.timeNs();
    }

    long epoch() {
        return epoch;
    }

    /** Of the last entry the stream took. */
    long sequence() {
        return sequence;
    }

    /** Of the last entry the stream took. */
    long timeNs() {
        return timeNs;
    }

    /** End of the last entry in the stream of this epoch, in bytes. */
    long position() {
        return position;
    }

    /**
     * Appends an entry.
     *
     * @param clockNs the sequencer's clock, nanoseconds since the Unix epoch
     * @return false if the stream does not take it now; nothing has changed then
     * @throws IllegalStateException if the stream is closed: this epoch is over for its owner
     */
    boolean append(
            final EntryKind kind,
            final long clockNs,
            final long sessionId,
            final long incarnation,
            final long clientSequence,
            final DirectBuffer body,
            final int bodyOffset,
            final int bodyLength) {
        final long entryTimeNs = Math.max(timeNs, clockNs);
        writer.writeHeader(
                epoch,
                sequence + 1,
                entryTimeNs,
                sessionId,
                incarnation,
                clientSequence,
                clusterId,
                kind,
                body,
                bodyOffset,
                bodyLength);
        final long result =
                log.offer(writer.header(), 0, EntryFrame.HEADER_LENGTH, body, bodyOffset, bodyLength);
        if (result < 0) {
            if (result == Publisher.CLOSED) {
                throw new IllegalStateException("the stream of the epoch is closed: epoch=" + epoch + " sequence="
                        + sequence + " position=" + position);
            }
            return false;
        }
        sequence++;
        timeNs = entryTimeNs;
        position = result;
        return true;
    }
}
