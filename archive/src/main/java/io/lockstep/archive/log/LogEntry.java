package io.lockstep.archive.log;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.lockstep.codecs.HotPath;
import io.lockstep.codecs.protocol.MessageHeaderDecoder;
import io.lockstep.codecs.protocol.SequencedEntryDecoder;
import org.agrona.DirectBuffer;

/**
 * One entry of the log where it stands in a recording. A flyweight over memory of the reader: valid until the reader is
 * asked for the next entry, moved or closed. The fields are read from checked bytes.
 */
@HotPath
public final class LogEntry {
    private static final int BLOCK = MessageHeaderDecoder.ENCODED_LENGTH;

    private DirectBuffer buffer;
    private int offset;
    private int length;
    private long recordingId;
    private long startPosition;
    private long endPosition;

    void wrap(
            final DirectBuffer entryBuffer,
            final int entryOffset,
            final int entryLength,
            final long id,
            final long start,
            final long end) {
        buffer = entryBuffer;
        offset = entryOffset;
        length = entryLength;
        recordingId = id;
        startPosition = start;
        endPosition = end;
    }

    /** Holds the whole entry, SBE header first. */
    public DirectBuffer buffer() {
        return buffer;
    }

    /** Where the entry starts in {@link #buffer()}. */
    public int offset() {
        return offset;
    }

    /** Bytes of the whole entry. */
    public int length() {
        return length;
    }

    /** Recording it stands in. */
    public long recordingId() {
        return recordingId;
    }

    /** Position in the recording of its first Aeron frame. */
    public long startPosition() {
        return startPosition;
    }

    /** Position in the recording after its last Aeron frame. */
    public long endPosition() {
        return endPosition;
    }

    /** Its epoch. */
    public long epoch() {
        return int64(SequencedEntryDecoder.epochEncodingOffset());
    }

    /** Its sequence. */
    public long sequence() {
        return int64(SequencedEntryDecoder.sequenceEncodingOffset());
    }

    /** Its time in nanoseconds since the Unix epoch. */
    public long timeNs() {
        return int64(SequencedEntryDecoder.timeNsEncodingOffset());
    }

    /** The client session, 0 where none is meant. */
    public long sessionId() {
        return int64(SequencedEntryDecoder.sessionIdEncodingOffset());
    }

    /** Incarnation of the client session. */
    public long incarnation() {
        return int64(SequencedEntryDecoder.incarnationEncodingOffset());
    }

    /** Sequence the client gave the command. */
    public long clientSequence() {
        return int64(SequencedEntryDecoder.clientSequenceEncodingOffset());
    }

    /** The cluster it belongs to. */
    public int clusterId() {
        return buffer.getInt(offset + BLOCK + SequencedEntryDecoder.clusterIdEncodingOffset(), LITTLE_ENDIAN);
    }

    /** What it is: the value of an {@link io.lockstep.codecs.protocol.EntryKind}. */
    public int kind() {
        return buffer.getByte(offset + BLOCK + SequencedEntryDecoder.kindEncodingOffset()) & 0xFF;
    }

    /** Its flags. */
    public int flags() {
        return buffer.getByte(offset + BLOCK + SequencedEntryDecoder.flagsEncodingOffset()) & 0xFF;
    }

    /** Its checksum. */
    public int crc32c() {
        return buffer.getInt(offset + BLOCK + SequencedEntryDecoder.crc32cEncodingOffset(), LITTLE_ENDIAN);
    }

    /** Where the body starts in {@link #buffer()}. */
    public int bodyOffset() {
        return bodyLengthOffset() + Integer.BYTES;
    }

    /** Bytes of the body. */
    public int bodyLength() {
        return buffer.getInt(bodyLengthOffset(), LITTLE_ENDIAN);
    }

    private int bodyLengthOffset() {
        // A newer writer may have a longer block; what it appended stands between the block we know and the body.
        return offset + BLOCK + (buffer.getShort(offset, LITTLE_ENDIAN) & 0xFFFF);
    }

    private long int64(final int fieldOffset) {
        return buffer.getLong(offset + BLOCK + fieldOffset, LITTLE_ENDIAN);
    }
}
