package io.lockstep.archive.read;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.lockstep.codecs.EntryFrame;
import io.lockstep.codecs.HotPath;
import io.lockstep.codecs.ProtocolCheck;
import io.lockstep.codecs.protocol.EntryKind;
import io.lockstep.codecs.protocol.EpochStartDecoder;
import io.lockstep.codecs.protocol.MessageHeaderDecoder;
import io.lockstep.codecs.protocol.SequencedEntryDecoder;
import org.agrona.DirectBuffer;

/**
 * Looks at the bytes of one entry, from wherever they came, and says what it is once everything that can be checked
 * of it alone holds: its message, its checksum, its cluster, its body if it is an EPOCH_START. One thread.
 */
@HotPath
final class EntryCheck {
    static final int SOUND = 0;
    static final int NOT_AN_ENTRY = -1;
    static final int BAD_CHECKSUM = -2;
    static final int OTHER_CLUSTER = -3;
    static final int BAD_NUMBERS = -4;
    static final int BAD_EPOCH_START = -5;

    private static final int BLOCK = MessageHeaderDecoder.ENCODED_LENGTH;
    private static final int START_KIND = EntryKind.EPOCH_START.value();

    private final int clusterId;
    private long epoch;
    private long sequence;
    private long timeNs;
    private int crc32c;
    private boolean isEpochStart;
    private long previousEpoch;
    private long previousEndPosition;
    private long previousEndSequence;

    EntryCheck(final int clusterId) {
        this.clusterId = clusterId;
    }

    /** {@link #SOUND}, or what is wrong. */
    int check(final DirectBuffer buffer, final int offset, final int length) {
        if (ProtocolCheck.INSTANCE.check(buffer, offset, length) != SequencedEntryDecoder.TEMPLATE_ID) {
            return NOT_AN_ENTRY;
        }
        if (!EntryFrame.isIntact(buffer, offset, length)) {
            return BAD_CHECKSUM;
        }
        if (int32(buffer, offset, SequencedEntryDecoder.clusterIdEncodingOffset()) != clusterId) {
            return OTHER_CLUSTER;
        }
        epoch = int64(buffer, offset, SequencedEntryDecoder.epochEncodingOffset());
        sequence = int64(buffer, offset, SequencedEntryDecoder.sequenceEncodingOffset());
        timeNs = int64(buffer, offset, SequencedEntryDecoder.timeNsEncodingOffset());
        crc32c = int32(buffer, offset, SequencedEntryDecoder.crc32cEncodingOffset());
        if (epoch <= 0 || sequence <= 0) {
            return BAD_NUMBERS;
        }
        isEpochStart = buffer.getByte(offset + BLOCK + SequencedEntryDecoder.kindEncodingOffset()) == START_KIND;
        return isEpochStart ? checkEpochStart(buffer, offset, length) : SOUND;
    }

    long epoch() {
        return epoch;
    }

    long sequence() {
        return sequence;
    }

    long timeNs() {
        return timeNs;
    }

    int crc32c() {
        return crc32c;
    }

    boolean isEpochStart() {
        return isEpochStart;
    }

    long previousEpoch() {
        return previousEpoch;
    }

    long previousEndPosition() {
        return previousEndPosition;
    }

    long previousEndSequence() {
        return previousEndSequence;
    }

    private int checkEpochStart(final DirectBuffer buffer, final int offset, final int length) {
        final int blockLength = buffer.getShort(offset, LITTLE_ENDIAN) & 0xFFFF;
        final int bodyAt = BLOCK + blockLength + SequencedEntryDecoder.bodyHeaderLength();
        final int bodyLength = buffer.getInt(offset + bodyAt - Integer.BYTES, LITTLE_ENDIAN);
        final int body = offset + bodyAt;
        if (bodyLength > length - bodyAt
                || ProtocolCheck.INSTANCE.check(buffer, body, bodyLength) != EpochStartDecoder.TEMPLATE_ID) {
            return BAD_EPOCH_START;
        }
        previousEpoch = int64(buffer, body, EpochStartDecoder.previousEpochEncodingOffset());
        previousEndPosition = int64(buffer, body, EpochStartDecoder.previousEndPositionEncodingOffset());
        previousEndSequence = int64(buffer, body, EpochStartDecoder.previousEndSequenceEncodingOffset());
        final boolean follows = previousEndSequence == sequence - 1 && previousEpoch >= 0 && previousEpoch < epoch;
        return follows ? SOUND : BAD_EPOCH_START;
    }

    private static long int64(final DirectBuffer buffer, final int message, final int field) {
        return buffer.getLong(message + BLOCK + field, LITTLE_ENDIAN);
    }

    private static int int32(final DirectBuffer buffer, final int message, final int field) {
        return buffer.getInt(message + BLOCK + field, LITTLE_ENDIAN);
    }
}
