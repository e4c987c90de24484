package io.lockstep.codecs;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.lockstep.codecs.protocol.MessageHeaderEncoder;
import io.lockstep.codecs.protocol.SequencedEntryEncoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The bytes of one entry of the log: where its header ends and its body starts, and its checksum.
 *
 * <pre>
 *   0        8                      64        68        72
 *   +--------+----------------------+---------+---------+----------------
 *   | SBE    | epoch … flags        | crc32c  | body    | body
 *   | header |                      |         | length  |
 *   +--------+----------------------+---------+---------+----------------
 *   |&lt;--- under the checksum ------&gt;|         |&lt;--- under the checksum ----
 * </pre>
 */
@HotPath
public final class EntryFrame {
    /** Bytes in front of the body. */
    public static final int HEADER_LENGTH = MessageHeaderEncoder.ENCODED_LENGTH
            + SequencedEntryEncoder.BLOCK_LENGTH
            + SequencedEntryEncoder.bodyHeaderLength();

    /** The longest body a command may have: 1 MiB. */
    public static final int MAX_BODY_LENGTH = 1024 * 1024;

    /** The longest entry. */
    public static final int MAX_LENGTH = HEADER_LENGTH + MAX_BODY_LENGTH;

    /** Offset of the checksum in the entry. */
    public static final int CRC_OFFSET =
            MessageHeaderEncoder.ENCODED_LENGTH + SequencedEntryEncoder.crc32cEncodingOffset();

    static final int EPOCH_OFFSET =
            MessageHeaderEncoder.ENCODED_LENGTH + SequencedEntryEncoder.epochEncodingOffset();
    static final int SEQUENCE_OFFSET =
            MessageHeaderEncoder.ENCODED_LENGTH + SequencedEntryEncoder.sequenceEncodingOffset();
    static final int TIME_OFFSET =
            MessageHeaderEncoder.ENCODED_LENGTH + SequencedEntryEncoder.timeNsEncodingOffset();
    static final int SESSION_OFFSET =
            MessageHeaderEncoder.ENCODED_LENGTH + SequencedEntryEncoder.sessionIdEncodingOffset();
    static final int INCARNATION_OFFSET =
            MessageHeaderEncoder.ENCODED_LENGTH + SequencedEntryEncoder.incarnationEncodingOffset();
    static final int CLIENT_SEQUENCE_OFFSET =
            MessageHeaderEncoder.ENCODED_LENGTH + SequencedEntryEncoder.clientSequenceEncodingOffset();
    static final int CLUSTER_OFFSET =
            MessageHeaderEncoder.ENCODED_LENGTH + SequencedEntryEncoder.clusterIdEncodingOffset();
    static final int KIND_OFFSET = MessageHeaderEncoder.ENCODED_LENGTH + SequencedEntryEncoder.kindEncodingOffset();
    static final int BODY_LENGTH_OFFSET = MessageHeaderEncoder.ENCODED_LENGTH + SequencedEntryEncoder.BLOCK_LENGTH;

    private static final int AFTER_CRC_OFFSET = CRC_OFFSET + Integer.BYTES;

    private EntryFrame() {}

    /**
     * Computes the checksum of an entry whose header and body lie apart.
     *
     * @param header holds {@link #HEADER_LENGTH} bytes of header, all fields set but the checksum
     * @param headerOffset of the header
     * @param body holds the body
     * @param bodyOffset of the body
     * @param bodyLength in bytes
     * @return the checksum
     */
    public static int crc32c(
            final DirectBuffer header,
            final int headerOffset,
            final DirectBuffer body,
            final int bodyOffset,
            final int bodyLength) {
        int crc = Crc32c.update(Crc32c.START, header, headerOffset, CRC_OFFSET);
        crc = Crc32c.update(crc, header, headerOffset + AFTER_CRC_OFFSET, HEADER_LENGTH - AFTER_CRC_OFFSET);
        return Crc32c.end(Crc32c.update(crc, body, bodyOffset, bodyLength));
    }

    /**
     * Computes the checksum of an entry that lies in one piece.
     *
     * @param buffer that holds the entry
     * @param offset of the entry
     * @param length of the entry, at least {@link #HEADER_LENGTH}
     * @return the checksum
     */
    public static int crc32c(final DirectBuffer buffer, final int offset, final int length) {
        final int crc = Crc32c.update(Crc32c.START, buffer, offset, CRC_OFFSET);
        return Crc32c.end(Crc32c.update(crc, buffer, offset + AFTER_CRC_OFFSET, length - AFTER_CRC_OFFSET));
    }

    /**
     * Tells whether the checksum that an entry carries is that of its bytes.
     *
     * @param buffer that holds the entry
     * @param offset of the entry
     * @param length of the entry in bytes
     * @return false also where the length cannot hold a header or the entry would not lie in the buffer
     */
    public static boolean isIntact(final DirectBuffer buffer, final int offset, final int length) {
        return length >= HEADER_LENGTH
                && offset >= 0
                && offset <= buffer.capacity() - length
                && buffer.getInt(offset + CRC_OFFSET, LITTLE_ENDIAN) == crc32c(buffer, offset, length);
    }

    /**
     * Sets the checksum of an entry that lies in one piece.
     *
     * @param buffer that holds the entry
     * @param offset of the entry
     * @param length of the entry, at least {@link #HEADER_LENGTH}
     */
    public static void seal(final MutableDirectBuffer buffer, final int offset, final int length) {
        buffer.putInt(offset + CRC_OFFSET, crc32c(buffer, offset, length), LITTLE_ENDIAN);
    }
}
