package io.lockstep.codecs;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.lockstep.codecs.protocol.EntryKind;
import io.lockstep.codecs.protocol.MessageHeaderDecoder;
import io.lockstep.codecs.protocol.SequencedEntryDecoder;
import org.agrona.DirectBuffer;

/**
 * Reads an entry in place, one that {@link ProtocolCheck} has passed. An entry of a later version of the schema has a
 * longer block; its body is found behind it.
 *
 * <p>One reading thread. Never outlives the callback that wrapped it.
 */
@HotPath
public final class EntryReader {
    private DirectBuffer buffer;
    private int offset;
    private int bodyOffset;

    /**
     * Goes to an entry.
     *
     * @param newBuffer that holds the entry
     * @param newOffset of the entry's message header
     * @return this
     */
    public EntryReader wrap(final DirectBuffer newBuffer, final int newOffset) {
        buffer = newBuffer;
        offset = newOffset;
        bodyOffset = newOffset
                + MessageHeaderDecoder.ENCODED_LENGTH
                + MessageCheck.u16(newBuffer, newOffset)
                + SequencedEntryDecoder.bodyHeaderLength();
        return this;
    }

    /** The buffer that holds the entry and its body. */
    public DirectBuffer buffer() {
        return buffer;
    }

    /** Where the entry starts in {@link #buffer()}. */
    public int offset() {
        return offset;
    }

    /** The incarnation of the sequencer, counted. */
    public long epoch() {
        return buffer.getLong(offset + EntryFrame.EPOCH_OFFSET, LITTLE_ENDIAN);
    }

    /** Dense from 1 over all epochs and kinds. */
    public long sequence() {
        return buffer.getLong(offset + EntryFrame.SEQUENCE_OFFSET, LITTLE_ENDIAN);
    }

    /** Nanoseconds since the Unix epoch, never less than the entry before. */
    public long timeNs() {
        return buffer.getLong(offset + EntryFrame.TIME_OFFSET, LITTLE_ENDIAN);
    }

    /** 0 where no session is meant. */
    public long sessionId() {
        return buffer.getLong(offset + EntryFrame.SESSION_OFFSET, LITTLE_ENDIAN);
    }

    /** Of the session. */
    public long incarnation() {
        return buffer.getLong(offset + EntryFrame.INCARNATION_OFFSET, LITTLE_ENDIAN);
    }

    /** Dense from 1 within the session. */
    public long clientSequence() {
        return buffer.getLong(offset + EntryFrame.CLIENT_SEQUENCE_OFFSET, LITTLE_ENDIAN);
    }

    /** Which system the entry belongs to. */
    public int clusterId() {
        return buffer.getInt(offset + EntryFrame.CLUSTER_OFFSET, LITTLE_ENDIAN);
    }

    /** The value of {@link #kind()} as it stands in the bytes, for a switch. */
    public int kindRaw() {
        return buffer.getByte(offset + EntryFrame.KIND_OFFSET) & 0xFF;
    }

    /** What the entry is. */
    public EntryKind kind() {
        return EntryKind.get((short) kindRaw());
    }

    /** The checksum that the entry carries, to be read as unsigned. */
    public int crc32c() {
        return buffer.getInt(offset + EntryFrame.CRC_OFFSET, LITTLE_ENDIAN);
    }

    /** Where the body starts in {@link #buffer()}. */
    public int bodyOffset() {
        return bodyOffset;
    }

    /** Bytes of the body. */
    public int bodyLength() {
        return buffer.getInt(bodyOffset - SequencedEntryDecoder.bodyHeaderLength(), LITTLE_ENDIAN);
    }
}
