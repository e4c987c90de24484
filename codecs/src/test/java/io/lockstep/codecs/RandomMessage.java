package io.lockstep.codecs;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Bytes to try a check with: a good message of any template and version, one with a few changes where they hurt, or no
 * message at all. What it is made of is the schema file, not the check.
 */
final class RandomMessage {
    private static final int[] EDGES = {
        0, 1, 2, 3, 4, 7, 8, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFE, 0xFFFF, 0x10_0000, 0x10_0001, 0x10_0048,
        0x7FFF_FFFF, 0x8000_0000, -1, -2, -4, -8, -72
    };

    final byte[] bytes = new byte[64 * 1024];
    final UnsafeBuffer buffer = new UnsafeBuffer(bytes);

    /** Of the whole message. */
    int length;

    /** Of the message it was made as; 0 where it is not certain that it is still good. */
    int templateId;

    private final Schema schema;
    private final int[] lengthOffsets = new int[16];
    private int lengthCount;
    private SplittableRandom random;

    RandomMessage(final Schema schema) {
        this.schema = schema;
    }

    /** Becomes what the random numbers say. */
    void next(final SplittableRandom newRandom) {
        random = newRandom;
        final int kind = random.nextInt(100);
        if (kind < 12) {
            noise(kind < 6);
            return;
        }
        message();
        if (kind >= 30) {
            templateId = 0;
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                change();
            }
        }
    }

    private void noise(final boolean withHeader) {
        templateId = 0;
        length = random.nextInt(random.nextInt(8) == 0 ? 4096 : 128);
        fill(0, length);
        if (withHeader && length >= MessageCheck.HEADER_LENGTH) {
            final Schema.Message message = schema.messages.get(random.nextInt(schema.messages.size()));
            header(Schema.length(message.fields(), schema.version), message.id(), schema.version);
        }
    }

    private void message() {
        final Schema.Message message = schema.messages.get(random.nextInt(schema.messages.size()));
        final boolean newer = random.nextInt(4) == 0;
        final int version = newer
                ? schema.version + 1 + random.nextInt(random.nextBoolean() ? 2 : 0xFFFF - schema.version)
                : random.nextInt(message.sinceVersion(), schema.version + 1);
        final int blockLength = Schema.length(message.fields(), version) + more(newer);
        templateId = message.id();
        lengthCount = 0;
        header(blockLength, templateId, version);
        int position = MessageCheck.HEADER_LENGTH;
        fill(position, blockLength);
        for (final Schema.Field field : message.fields()) {
            if (field.isEnum() && field.sinceVersion() <= version) {
                bytes[position + field.offset()] = (byte) random.nextInt(field.least(), field.most() + 1);
            }
        }
        position += blockLength;
        for (final Schema.Group group : message.groups()) {
            if (group.sinceVersion() <= version) {
                final int elementLength = Schema.length(group.fields(), version) + more(newer);
                final int count = random.nextInt(random.nextInt(16) == 0 ? 200 : 5);
                lengthOffsets[lengthCount++] = position;
                buffer.putShort(position, (short) elementLength, LITTLE_ENDIAN);
                buffer.putShort(position + 2, (short) count, LITTLE_ENDIAN);
                fill(position + 4, elementLength * count);
                position += 4 + elementLength * count;
            }
        }
        for (final Schema.Data data : message.data()) {
            if (data.sinceVersion() <= version) {
                final int most = random.nextInt(16) == 0 ? (int) Math.min(data.maxLength(), 4096) : 40;
                final int dataLength = random.nextInt(most + 1);
                lengthOffsets[lengthCount++] = position;
                buffer.putInt(position, dataLength, LITTLE_ENDIAN);
                fill(position + 4, dataLength);
                position += 4 + dataLength;
            }
        }
        final int tail = more(newer);
        fill(position, tail);
        length = position + tail;
    }

    private void change() {
        final int edge = EDGES[random.nextInt(EDGES.length)];
        switch (random.nextInt(8)) {
            case 0, 1 -> {
                final int at = random.nextInt(length + 1);
                bytes[at] ^= (byte) (1 << random.nextInt(8));
            }
            case 2 -> bytes[random.nextInt(length + 1)] = (byte) edge;
            case 3 -> buffer.putShort(2 * random.nextInt(4), (short) edge, LITTLE_ENDIAN);
            case 4 -> {
                final int anywhere = random.nextInt(length + 1);
                final int at = lengthCount > 0 ? lengthOffsets[random.nextInt(lengthCount)] : anywhere;
                if (random.nextBoolean()) {
                    buffer.putInt(at, edge, LITTLE_ENDIAN);
                } else {
                    buffer.putShort(at + 2 * random.nextInt(2), (short) edge, LITTLE_ENDIAN);
                }
            }
            case 5 -> length = random.nextInt(length + 1);
            case 6 -> {
                final int more = random.nextInt(1, 40);
                fill(length, more);
                length += more;
            }
            default -> {
                // The bytes of one message under the name of another, or of another version.
                final Schema.Message other = schema.messages.get(random.nextInt(schema.messages.size()));
                header(Schema.length(other.fields(), schema.version), other.id(), random.nextInt(schema.version + 2));
            }
        }
    }

    private void header(final int blockLength, final int template, final int version) {
        buffer.putShort(0, (short) blockLength, LITTLE_ENDIAN);
        buffer.putShort(2, (short) template, LITTLE_ENDIAN);
        buffer.putShort(4, (short) schema.id, LITTLE_ENDIAN);
        buffer.putShort(6, (short) version, LITTLE_ENDIAN);
    }

    private int more(final boolean newer) {
        return newer && random.nextBoolean() ? random.nextInt(30) : 0;
    }

    private void fill(final int offset, final int count) {
        for (int i = 0; i < count; i += Long.BYTES) {
            buffer.putLong(offset + i, random.nextLong());
        }
    }
}
