package io.lockstep.codecs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.ExpandableDirectByteBuffer;
import org.agrona.IoUtil;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Crc32cTest {
    private static final int LENGTH = 600;

    private final byte[] bytes = new byte[LENGTH];

    Crc32cTest() {
        new Random(42).nextBytes(bytes);
    }

    /** The examples of RFC 3720, appendix B.4, and the check value of the algorithm's catalogue entry. */
    @Test
    void agreesWithTheExamplesOfTheStandard() {
        final byte[] ascending = new byte[32];
        final byte[] descending = new byte[32];
        final byte[] ones = new byte[32];
        for (int i = 0; i < 32; i++) {
            ascending[i] = (byte) i;
            descending[i] = (byte) (31 - i);
            ones[i] = (byte) 0xFF;
        }
        final byte[] read = new byte[48];
        read[0] = 0x01;
        read[1] = (byte) 0xC0;
        read[16] = 0x14;
        read[22] = 0x04;
        read[27] = 0x14;
        read[31] = 0x18;
        read[32] = 0x28;
        read[40] = 0x02;

        assertEquals(0x8A9136AA, crc(new byte[32]));
        assertEquals(0x62A8AB43, crc(ones));
        assertEquals(0x46DD794E, crc(ascending));
        assertEquals(0x113FDB5C, crc(descending));
        assertEquals(0xD9963A56, crc(read));
        assertEquals(0xE3069283, crc(new byte[] {'1', '2', '3', '4', '5', '6', '7', '8', '9'}));
        assertEquals(0, crc(new byte[0]));
    }

    @Test
    void agreesWithTheJdkOnEveryKindOfBuffer(@TempDir final Path directory) throws IOException {
        final MappedByteBuffer mapped = map(directory);
        try {
            final Map<String, DirectBuffer> buffers = buffers(mapped);
            for (final Map.Entry<String, DirectBuffer> buffer : buffers.entrySet()) {
                for (int offset = 0; offset < 20; offset++) {
                    for (int length = 0; length <= LENGTH - offset; length += 1 + length / 16) {
                        final int crc = Crc32c.update(Crc32c.START, buffer.getValue(), offset, length);
                        assertEquals(jdk(offset, length), Crc32c.end(crc), buffer.getKey());
                    }
                }
            }
        } finally {
            IoUtil.unmap(mapped);
        }
    }

    @Test
    void piecesGiveTheSameAsTheWhole() {
        final DirectBuffer heap = new UnsafeBuffer(bytes);
        final UnsafeBuffer direct = new UnsafeBuffer(ByteBuffer.allocateDirect(LENGTH));
        direct.putBytes(0, bytes);
        final int whole = jdk(0, LENGTH);

        for (int first = 0; first <= LENGTH; first++) {
            final int second = (LENGTH - first) / 3;
            int crc = Crc32c.update(Crc32c.START, heap, 0, first);
            crc = Crc32c.update(crc, direct, first, second);
            crc = Crc32c.update(crc, heap, first + second, LENGTH - first - second);
            assertEquals(whole, Crc32c.end(crc));
        }
    }

    @Test
    void refusesAPieceThatDoesNotLieInTheBuffer() {
        final UnsafeBuffer inner = new UnsafeBuffer(bytes, 100, 50);
        final UnsafeBuffer direct = new UnsafeBuffer(ByteBuffer.allocateDirect(200), 100, 50);
        final int[][] ranges = {
            {0, 51},
            {50, 1},
            {51, 0},
            {-1, 1},
            {-100, 50},
            {0, -1},
            {10, -5},
            {Integer.MAX_VALUE, 1},
            {1, Integer.MAX_VALUE},
            {Integer.MAX_VALUE, Integer.MAX_VALUE},
            {Integer.MIN_VALUE, 0},
            {0, Integer.MIN_VALUE},
            {Integer.MIN_VALUE, Integer.MIN_VALUE}
        };

        for (final int[] range : ranges) {
            for (final DirectBuffer buffer : new DirectBuffer[] {inner, direct}) {
                assertThrows(
                        IndexOutOfBoundsException.class,
                        () -> Crc32c.update(Crc32c.START, buffer, range[0], range[1]));
            }
        }
    }

    private Map<String, DirectBuffer> buffers(final MappedByteBuffer mapped) {
        final byte[] shifted = new byte[LENGTH + 30];
        System.arraycopy(bytes, 0, shifted, 13, LENGTH);
        final ByteBuffer heapSlice = ByteBuffer.wrap(shifted, 13, LENGTH).slice();
        final ByteBuffer wideSlice = ByteBuffer.wrap(shifted, 3, LENGTH + 10).slice();
        final UnsafeBuffer wideHeap = new UnsafeBuffer(shifted, 3, LENGTH + 10);
        final ByteBuffer outside = ByteBuffer.allocateDirect(LENGTH + 30);
        outside.put(13, bytes);
        final UnsafeBuffer wideDirect = new UnsafeBuffer(outside, 3, LENGTH + 10);
        final ByteBuffer directSlice = outside.slice(13, LENGTH);
        final MutableDirectBuffer array = new ExpandableArrayBuffer(1);
        array.putBytes(0, bytes);
        final MutableDirectBuffer expandable = new ExpandableDirectByteBuffer(1);
        expandable.putBytes(0, bytes);

        final Map<String, DirectBuffer> buffers = new LinkedHashMap<>();
        buffers.put("heap", new UnsafeBuffer(bytes));
        buffers.put("heap inside", new UnsafeBuffer(shifted, 13, LENGTH));
        buffers.put("heap byte buffer", new UnsafeBuffer(ByteBuffer.wrap(bytes)));
        buffers.put("heap slice", new UnsafeBuffer(heapSlice));
        buffers.put("heap slice inside", new UnsafeBuffer(wideSlice, 10, LENGTH));
        buffers.put("heap read-only", new UnsafeBuffer(heapSlice.asReadOnlyBuffer()));
        buffers.put("buffer in a heap buffer", new UnsafeBuffer(wideHeap, 10, LENGTH));
        buffers.put("direct slice", new UnsafeBuffer(directSlice));
        buffers.put("direct inside", new UnsafeBuffer(outside, 13, LENGTH));
        buffers.put("direct read-only", new UnsafeBuffer(directSlice.asReadOnlyBuffer()));
        buffers.put("buffer in a direct buffer", new UnsafeBuffer(wideDirect, 10, LENGTH));
        buffers.put("expandable array", array);
        buffers.put("expandable direct", expandable);
        buffers.put("mapped", new UnsafeBuffer(mapped));
        buffers.put("mapped read-only", new UnsafeBuffer(mapped.asReadOnlyBuffer()));
        return buffers;
    }

    private MappedByteBuffer map(final Path directory) throws IOException {
        final Path file = directory.resolve("bytes");
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            final MappedByteBuffer mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, LENGTH);
            mapped.put(0, bytes);
            return mapped;
        }
    }

    private int jdk(final int offset, final int length) {
        final CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }

    private static int crc(final byte[] data) {
        final byte[] poisoned = Arrays.copyOf(data, data.length + 8);
        Arrays.fill(poisoned, data.length, poisoned.length, (byte) 0xA5);
        return Crc32c.end(Crc32c.update(Crc32c.START, new UnsafeBuffer(poisoned), 0, data.length));
    }
}
