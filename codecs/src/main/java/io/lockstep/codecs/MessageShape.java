package io.lockstep.codecs;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * What the bytes of one message must look like in each version of the schema: its block, its enumerated fields, its
 * groups, its variable-length data.
 */
@HotPath
final class MessageShape {
    private static final int GROUP_HEADER_LENGTH = 4;
    private static final int DATA_HEADER_LENGTH = 4;
    private static final int MAX_COUNT = 65534;

    private final VersionedLength block;
    private final EnumRule[] enums;
    private final VersionedLength[] groups;
    private final DataRule[] data;

    private MessageShape(
            final VersionedLength block,
            final EnumRule[] enums,
            final VersionedLength[] groups,
            final DataRule[] data) {
        this.block = block;
        this.enums = enums;
        this.groups = groups;
        this.data = data;
    }

    /**
     * A message of a block alone that version 1 has already.
     *
     * @param blockLength in bytes
     * @param enums the enumerated fields of the block, those of later versions too
     */
    static MessageShape block(final int blockLength, final EnumRule... enums) {
        return blockSince(1, blockLength, enums);
    }

    /** A message of a block alone that came with a later version. */
    static MessageShape blockSince(final int version, final int blockLength, final EnumRule... enums) {
        return new MessageShape(
                VersionedLength.since(version, blockLength), enums.clone(), new VersionedLength[0], new DataRule[0]);
    }

    /** This message with a longer block from a later version on. */
    MessageShape grown(final int version, final int blockLength) {
        return new MessageShape(block.grown(version, blockLength), enums, groups, data);
    }

    /** This message with a repeating group after what it has so far. */
    MessageShape group(final int elementLength) {
        return group(VersionedLength.since(1, elementLength));
    }

    /** This message with a repeating group, perhaps of a later version, after what it has so far. */
    MessageShape group(final VersionedLength elementLength) {
        final VersionedLength[] more = Arrays.copyOf(groups, groups.length + 1);
        more[groups.length] = elementLength;
        return new MessageShape(block, enums, more, data);
    }

    /** This message with variable-length data after what it has so far. */
    MessageShape data(final long maxLength) {
        return dataSince(1, maxLength);
    }

    /** This message with variable-length data of a later version after what it has so far. */
    MessageShape dataSince(final int version, final long maxLength) {
        final DataRule[] more = Arrays.copyOf(data, data.length + 1);
        more[data.length] = new DataRule(version, maxLength);
        return new MessageShape(block, enums, groups, more);
    }

    int check(
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final int actingBlockLength,
            final int actingVersion,
            final int version) {
        if (!block.isIn(actingVersion)) {
            return MessageCheck.BAD_VERSION;
        }
        final boolean newer = actingVersion > version;
        if (!block.fits(actingBlockLength, actingVersion, newer)) {
            return MessageCheck.BAD_BLOCK_LENGTH;
        }
        // Positions are long, since the lengths and counts that a message announces can be anything.
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
        position = groups(buffer, offset, length, position, actingVersion, newer);
        if (position > 0) {
            position = data(buffer, offset, length, position, actingVersion);
        }
        if (position < 0) {
            return (int) position;
        }
        return position < length && !newer ? MessageCheck.TRAILING_BYTES : 0;
    }

    private long groups(
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final long start,
            final int actingVersion,
            final boolean newer) {
        long position = start;
        for (final VersionedLength group : groups) {
            if (!group.isIn(actingVersion)) {
                continue;
            }
            if (position + GROUP_HEADER_LENGTH > length) {
                return MessageCheck.TRUNCATED;
            }
            final int at = offset + (int) position;
            final int elementLength = MessageCheck.u16(buffer, at);
            final int count = MessageCheck.u16(buffer, at + 2);
            if (count > MAX_COUNT || !group.fits(elementLength, actingVersion, newer)) {
                return MessageCheck.BAD_GROUP;
            }
            position += GROUP_HEADER_LENGTH + (long) elementLength * count;
            if (position > length) {
                return MessageCheck.TRUNCATED;
            }
        }
        return position;
    }

    private long data(
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final long start,
            final int actingVersion) {
        long position = start;
        for (final DataRule rule : data) {
            if (actingVersion < rule.sinceVersion()) {
                continue;
            }
            if (position + DATA_HEADER_LENGTH > length) {
                return MessageCheck.TRUNCATED;
            }
            final long dataLength = buffer.getInt(offset + (int) position, LITTLE_ENDIAN) & 0xFFFF_FFFFL;
            if (dataLength > rule.maxLength()) {
                return MessageCheck.BAD_DATA_LENGTH;
            }
            position += DATA_HEADER_LENGTH + dataLength;
            if (position > length) {
                return MessageCheck.TRUNCATED;
            }
        }
        return position;
    }

    @Override
    public String toString() {
        return "block " + block + " enums " + Arrays.toString(enums) + " groups " + Arrays.toString(groups) + " data "
                + Arrays.toString(data);
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
            return (value & 0xFF) >= least && (value & 0xFF) <= most;
        }
    }

    /**
     * Variable-length data.
     *
     * @param sinceVersion the first version that has it
     * @param maxLength in bytes
     */
    record DataRule(int sinceVersion, long maxLength) {}
}
