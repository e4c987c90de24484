package io.lockstep.codecs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.codecs.protocol.EntryKind;
import java.nio.ByteBuffer;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryFrameTest {
    private static final int OFFSET = 5;

    private final EntryWriter writer = new EntryWriter();

    @Test
    void layoutIsThatOfTheDesign() {
        assertEquals(72, EntryFrame.HEADER_LENGTH);
        assertEquals(64, EntryFrame.CRC_OFFSET);
        assertEquals(1024 * 1024, EntryFrame.MAX_BODY_LENGTH);
        assertEquals(1024 * 1024 + 72, EntryFrame.MAX_LENGTH);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 8, 64, 129, 1000})
    void findsEveryFlippedBit(final int bodyLength) {
        final UnsafeBuffer buffer = entry(bodyLength);
        final int length = EntryFrame.HEADER_LENGTH + bodyLength;
        assertTrue(EntryFrame.isIntact(buffer, OFFSET, length));

        for (int bit = 0; bit < length * 8; bit++) {
            flip(buffer, bit);
            assertFalse(EntryFrame.isIntact(buffer, OFFSET, length), "bit " + bit);
            flip(buffer, bit);
        }
        assertTrue(EntryFrame.isIntact(buffer, OFFSET, length));
    }

    /** The checksum's least distance over such lengths is above 2, so that two flips are always found as well. */
    @Test
    void findsEveryTwoFlippedBitsOfAShortEntry() {
        final UnsafeBuffer buffer = entry(2);
        final int length = EntryFrame.HEADER_LENGTH + 2;

        for (int first = 0; first < length * 8; first++) {
            flip(buffer, first);
            for (int second = first + 1; second < length * 8; second++) {
                flip(buffer, second);
                assertFalse(EntryFrame.isIntact(buffer, OFFSET, length));
                flip(buffer, second);
            }
            flip(buffer, first);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 64, 65, 4096})
    void headerAndBodyApartGiveTheChecksumOfOnePiece(final int bodyLength) {
        final UnsafeBuffer whole = entry(bodyLength);
        final UnsafeBuffer header = new UnsafeBuffer(ByteBuffer.allocateDirect(EntryFrame.HEADER_LENGTH + 3));
        header.putBytes(3, whole, OFFSET, EntryFrame.HEADER_LENGTH);

        final int apart =
                EntryFrame.crc32c(header, 3, whole, OFFSET + EntryFrame.HEADER_LENGTH, bodyLength);

        assertEquals(EntryFrame.crc32c(whole, OFFSET, EntryFrame.HEADER_LENGTH + bodyLength), apart);
    }

    @Test
    void sealSetsTheChecksumAndNothingElse() {
        final UnsafeBuffer buffer = entry(10);
        final UnsafeBuffer sealed = entry(10);
        sealed.putInt(OFFSET + EntryFrame.CRC_OFFSET, 0xDEADBEEF);

        EntryFrame.seal(sealed, OFFSET, 82);

        assertEquals(buffer, sealed);
    }

    @Test
    void aRangeThatCannotHoldAnEntryIsNotIntact() {
        final UnsafeBuffer buffer = entry(10);
        final int[][] ranges = {
            {OFFSET, 81},
            {OFFSET, 71},
            {OFFSET, 0},
            {OFFSET, -1},
            {OFFSET, Integer.MIN_VALUE},
            {OFFSET, Integer.MAX_VALUE},
            {-1, 82},
            {Integer.MIN_VALUE, 82},
            {Integer.MAX_VALUE, 82},
            {Integer.MAX_VALUE - 10, Integer.MAX_VALUE},
            {buffer.capacity() - 81, 82}
        };

        for (final int[] range : ranges) {
            assertFalse(EntryFrame.isIntact(buffer, range[0], range[1]));
        }
    }

    private UnsafeBuffer entry(final int bodyLength) {
        final byte[] body = new byte[bodyLength];
        new Random(bodyLength).nextBytes(body);
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[OFFSET + EntryFrame.HEADER_LENGTH + bodyLength + 9]);
        writer.writeEntry(
                buffer, OFFSET, 3, 41, 1L << 60, 7, -9, 5, 1, EntryKind.COMMAND, new UnsafeBuffer(body), 0, bodyLength);
        return buffer;
    }

    private static void flip(final UnsafeBuffer buffer, final int bit) {
        final int index = OFFSET + (bit >> 3);
        buffer.putByte(index, (byte) (buffer.getByte(index) ^ 1 << (bit & 7)));
    }
}
