package io.lockstep.codecs;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.lockstep.codecs.protocol.EntryKind;
import io.lockstep.codecs.protocol.MessageHeaderEncoder;
import io.lockstep.codecs.protocol.SequencedEntryEncoder;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes the header of an entry, checksum included, in front of a body that stays where it lies.
 *
 * <pre>{@code
 * writer.writeHeader(epoch, sequence, timeNs, sessionId, incarnation, clientSequence, clusterId, kind, body, offset,
 *         length);
 * publication.offer(writer.header(), 0, EntryFrame.HEADER_LENGTH, body, offset, length);
 * }</pre>
 *
 * <p>One writing thread. Holds one header, which the next call overwrites.
 */
@HotPath
public final class EntryWriter {
    private final UnsafeBuffer header = new UnsafeBuffer(
            BufferUtil.allocateDirectAligned(EntryFrame.HEADER_LENGTH, BitUtil.CACHE_LINE_LENGTH));

    /** A writer whose header holds already what is equal in every entry: schema, flags and reserved bytes. */
    public EntryWriter() {
        new SequencedEntryEncoder()
                .wrapAndApplyHeader(header, 0, new MessageHeaderEncoder())
                .flags((short) 0)
                .reserved(0);
    }

    /**
     * Where {@code writeHeader} writes.
     *
     * @return {@link EntryFrame#HEADER_LENGTH} bytes from 0
     */
    public DirectBuffer header() {
        return header;
    }

    /**
     * Writes the header of an entry and sets the checksum over it and the body.
     *
     * @param epoch of the sequencer
     * @param sequence of the entry, from 1
     * @param timeNs nanoseconds since the Unix epoch
     * @param sessionId 0 where no session is meant
     * @param incarnation of the session
     * @param clientSequence within the session
     * @param clusterId of the system
     * @param kind what the entry is
     * @param body holds the body
     * @param bodyOffset of the body
     * @param bodyLength in bytes, at most {@link EntryFrame#MAX_BODY_LENGTH}
     * @throws IllegalArgumentException if the body is longer than that
     * @throws IndexOutOfBoundsException if the body does not lie in its buffer
     */
    public void writeHeader(
            final long epoch,
            final long sequence,
            final long timeNs,
            final long sessionId,
            final long incarnation,
            final long clientSequence,
            final int clusterId,
            final EntryKind kind,
            final DirectBuffer body,
            final int bodyOffset,
            final int bodyLength) {
        if (bodyLength > EntryFrame.MAX_BODY_LENGTH) {
            throw new IllegalArgumentException(
                    "body too long: length=" + bodyLength + " most=" + EntryFrame.MAX_BODY_LENGTH);
        }
        header.putLong(EntryFrame.EPOCH_OFFSET, epoch, LITTLE_ENDIAN);
        header.putLong(EntryFrame.SEQUENCE_OFFSET, sequence, LITTLE_ENDIAN);
        header.putLong(EntryFrame.TIME_OFFSET, timeNs, LITTLE_ENDIAN);
        header.putLong(EntryFrame.SESSION_OFFSET, sessionId, LITTLE_ENDIAN);
        header.putLong(EntryFrame.INCARNATION_OFFSET, incarnation, LITTLE_ENDIAN);
        header.putLong(EntryFrame.CLIENT_SEQUENCE_OFFSET, clientSequence, LITTLE_ENDIAN);
        header.putInt(EntryFrame.CLUSTER_OFFSET, clusterId, LITTLE_ENDIAN);
        header.putByte(EntryFrame.KIND_OFFSET, (byte) kind.value());
        header.putInt(EntryFrame.BODY_LENGTH_OFFSET, bodyLength, LITTLE_ENDIAN);
        final int crc32c = EntryFrame.crc32c(header, 0, body, bodyOffset, bodyLength);
        header.putInt(EntryFrame.CRC_OFFSET, crc32c, LITTLE_ENDIAN);
    }

    /**
     * Puts a whole entry into one buffer, for tests and tools: a header and a copy of the body. The body may lie in the
     * same buffer, also where the entry will be. The fields are those of {@code writeHeader}.
     *
     * @param buffer to write to
     * @param offset of the entry
     * @return the length of the entry in bytes
     */
    public int writeEntry(
            final MutableDirectBuffer buffer,
            final int offset,
            final long epoch,
            final long sequence,
            final long timeNs,
            final long sessionId,
            final long incarnation,
            final long clientSequence,
            final int clusterId,
            final EntryKind kind,
            final DirectBuffer body,
            final int bodyOffset,
            final int bodyLength) {
        writeHeader(
                epoch,
                sequence,
                timeNs,
                sessionId,
                incarnation,
                clientSequence,
                clusterId,
                kind,
                body,
                bodyOffset,
                bodyLength);
        // The body moves first, since the header could be written over where it lies.
        buffer.putBytes(offset + EntryFrame.HEADER_LENGTH, body, bodyOffset, bodyLength);
        buffer.putBytes(offset, header, 0, EntryFrame.HEADER_LENGTH);
        return EntryFrame.HEADER_LENGTH + bodyLength;
    }
}
