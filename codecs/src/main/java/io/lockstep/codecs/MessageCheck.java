package io.lockstep.codecs;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;

/**
 * Stands in front of every decoder: looks at the bytes of a message before any field of it is read, and says either
 * which message it is or what is wrong with it. Never throws on hostile bytes and never reads outside the given
 * range. What passes can be read with the generated decoder, every field, group and data of it, without an exception.
 *
 * <p>A message of a newer version passes with a longer block, longer group elements and more behind what this version
 * knows; an older one passes with the lengths its version had.
 *
 * <p>Immutable once built; any thread may call it.
 */
@HotPath
public final class MessageCheck {
    /**
     * Too few bytes for the header, the block, a group or the variable-length data that the bytes themselves
     * announce.
     */
    public static final int TRUNCATED = -1;

    /** Another schema. */
    public static final int UNKNOWN_SCHEMA = -2;

    /** No such message in this schema. */
    public static final int UNKNOWN_TEMPLATE = -3;

    /** Version 0, or one older than this message. */
    public static final int BAD_VERSION = -4;

    /** A block not as long as its version has it, or, of a newer version, shorter than the schema has it. */
    public static final int BAD_BLOCK_LENGTH = -5;

    /** A group whose elements are not as long as their version has them, or whose count is the null value. */
    public static final int BAD_GROUP = -6;

    /** Variable-length data longer than the schema allows. */
    public static final int BAD_DATA_LENGTH = -7;

    /** An enumerated field with a value the schema does not have; a newer version does not excuse it. */
    public static final int BAD_ENUM = -8;

    /** Bytes after the end of a message whose version is not newer. */
    public static final int TRAILING_BYTES = -9;

    static final int HEADER_LENGTH = 8;

    private final int schemaId;
    private final int version;
    private final MessageShape[] shapes;

    MessageCheck(final int schemaId, final int version, final MessageShape[] shapes) {
        this.schemaId = schemaId;
        this.version = version;
        this.shapes = shapes.clone();
    }

    /**
     * Checks one message.
     *
     * @param buffer that holds the message
     * @param offset of its header
     * @param length of the whole message in bytes
     * @return the template id, above 0, or one of the negative codes of this class
     */
    public int check(final DirectBuffer buffer, final int offset, final int length) {
        if (length < HEADER_LENGTH || offset < 0 || offset > buffer.capacity() - length) {
            return TRUNCATED;
        }
        final int blockLength = u16(buffer, offset);
        final int templateId = u16(buffer, offset + 2);
        if (u16(buffer, offset + 4) != schemaId) {
            return UNKNOWN_SCHEMA;
        }
        final MessageShape shape = shape(templateId);
        if (shape == null) {
            return UNKNOWN_TEMPLATE;
        }
        final int actingVersion = u16(buffer, offset + 6);
        final int fault = shape.check(buffer, offset, length, blockLength, actingVersion, version);
        return fault < 0 ? fault : templateId;
    }

    /** What a message must look like; null where there is no such template. */
    MessageShape shape(final int templateId) {
        return templateId < shapes.length ? shapes[templateId] : null;
    }

    static int u16(final DirectBuffer buffer, final int index) {
        return buffer.getShort(index, LITTLE_ENDIAN) & 0xFFFF;
    }
}
