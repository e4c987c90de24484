package io.lockstep.codecs;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * What the bytes of one message must look like: its block, its enumerated fields, its groups, its variable-length data.
 */
@HotPath
final class MessageShape {
    private static final int GROUP_HEADER_LENGTH = 4;
    private static final int DATA_HEADER_LENGTH = 4;

    private final int sinceVersion;
    private final int oldestBlockLength;
    private final int blockLength;
    private final EnumRule[] enums;
    private final int[] groupBlockLengths;
    private final long[] maxDataLengths;

    private MessageShape(
            final int sinceVersion,
            final int oldestBlockLength,
            final int blockLength,
            final EnumRule[] enums,
            final int[] groupBlockLengths,
            final long[] maxDataLengths) {
        this.sinceVersion = sinceVersion;
        this.oldestBlockLength = oldestBlockLength;
        this.blockLength = blockLength;
        this.enums = enums;
        this.groupBlockLengths = groupBlockLengths;
        this.maxDataLengths = maxDataLengths;
    }

    /**
     * A message of a block alone.
     *
     * @param blockLength in bytes, the same in every version so far
     * @param enums the enumerated fields of the block
     */
    static MessageShape block(final int blockLength, final EnumRule... enums) {
        return new MessageShape(1, blockLength, blockLength, enums, new int[0], new long[0]);
    }

    /** This message with a repeating group after what it has so far. */
    MessageShape group(final int elementLength) {
        final int[] groups = Arrays.copyOf(groupBlockLengths, groupBlockLengths.length + 1);
        groups[groupBlockLengths.length] = elementLength;
        return new MessageShape(sinceVersion, oldestBlockLength, blockLength, enums, groups, maxDataLengths);
    }

    /** This message with variable-length data after what it has so far. */
    MessageShape data(final long maxLength) {
        final long[] data = Arrays.copyOf(maxDataLengths, maxDataLengths.length + 1);
        data[maxDataLengths.length] = maxLength;
        return new MessageShape(sinceVersion, oldestBlockLength, blockLength, enums, groupBlockLengths, data);
    }

    int check(
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final int actingBlockLength,
            final int actingVersion,
            final int version) {
        if (actingVersion < sinceVersion) {
            return MessageCheck.BAD_VERSION;
        }
        final boolean newer = actingVersion > version;
        final int least = actingVersion < version ? oldestBlockLength : blockLength;
        if (actingBlockLength < least || (actingBlockLength > blockLength && !newer)) {
            return MessageCheck.BAD_BLOCK_LENGTH;
        }
        long position = MessageCheck.HEADER_LENGTH + (long) actingBlockLength;
        if (position > length) {
            return MessageCheck.TRUNCATED;
        }
        for (final EnumRule rule : enums) {
            if (rule.offset() < actingBlockLength
                    && !rule.holds(buffer.getByte(offset + MessageCheck.HEADER_LENGTH + rule.offset()))) {
                return MessageCheck.BAD_ENUM;
            }
        }
        position = groups(buffer, offset, length, position);
        if (position > 0) {
            position = data(buffer, offset, length, position);
        }
        if (position < 0) {
            return (int) position;
        }
        return position < length && !newer ? MessageCheck.TRAILING_BYTES : 0;
    }

    private long groups(final DirectBuffer buffer, final int offset, final int length, final long start) {
        long position = start;
        for (final int least : groupBlockLengths) {
            if (position + GROUP_HEADER_LENGTH > length) {
                return MessageCheck.TRUNCATED;
            }
            final int at = offset + (int) position;
            final long elementLength = MessageCheck.u16(buffer, at);
            final long count = MessageCheck.u16(buffer, at + 2);
            if (elementLength < least) {
                return MessageCheck.BAD_GROUP;
            }
            position += GROUP_HEADER_LENGTH + elementLength * count;
            if (position > length) {
                return MessageCheck.TRUNCATED;
            }
        }
        return position;
    }

    private long data(final DirectBuffer buffer, final int offset, final int length, final long start) {
        long position = start;
        for (final long most : maxDataLengths) {
            if (position + DATA_HEADER_LENGTH > length) {
                return MessageCheck.TRUNCATED;
            }
            final long dataLength = buffer.getInt(offset + (int) position, LITTLE_ENDIAN) & 0xFFFF_FFFFL;
            if (dataLength > most) {
                return MessageCheck.BAD_DATA_LENGTH;
            }
            position += DATA_HEADER_LENGTH + dataLength;
            if (position > length) {
                return MessageCheck.TRUNCATED;
            }
        }
        return position;
    }

    /**
     * An enumerated field of one byte, its values dense.
     *
     * @param offset in the block
     * @param least smallest value
     * @param most largest value
     */
    record EnumRule(int offset, int least, int most) {
        boolean holds(final byte value) {
            return value >= least && value <= most;
        }
    }
}
