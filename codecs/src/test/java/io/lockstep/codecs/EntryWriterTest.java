package io.lockstep.codecs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.codecs.protocol.EntryKind;
import io.lockstep.codecs.protocol.MessageHeaderDecoder;
import io.lockstep.codecs.protocol.SequencedEntryDecoder;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class EntryWriterTest {
    private final EntryWriter writer = new EntryWriter();
    private final EntryReader reader = new EntryReader();

    @Test
    void generatedDecoderReadsEveryFieldThatWasWritten() {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[100]);
        final DirectBuffer body = body(5);

        final int length = write(buffer, 3, EntryKind.SESSION_OPEN, body, 0, 5);

        final SequencedEntryDecoder decoder = new SequencedEntryDecoder();
        decoder.wrapAndApplyHeader(buffer, 3, new MessageHeaderDecoder());
        assertEquals(77, length);
        assertEquals(11, decoder.epoch());
        assertEquals(12, decoder.sequence());
        assertEquals(13, decoder.timeNs());
        assertEquals(14, decoder.sessionId());
        assertEquals(-15, decoder.incarnation());
        assertEquals(16, decoder.clientSequence());
        assertEquals(-17, decoder.clusterId());
        assertEquals(EntryKind.SESSION_OPEN, decoder.kind());
        assertEquals(0, decoder.flags());
        assertEquals(0, decoder.reserved());
        assertEquals(EntryFrame.crc32c(buffer, 3, length) & 0xFFFF_FFFFL, decoder.crc32c());
        assertEquals(5, decoder.bodyLength());
    }

    @Test
    void readerReadsEveryFieldThatWasWritten() {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[100]);
        final int length = write(buffer, 8, EntryKind.TICK, body(20), 4, 16);

        reader.wrap(buffer, 8);

        assertEquals(SequencedEntryDecoder.TEMPLATE_ID, ProtocolCheck.INSTANCE.check(buffer, 8, length));
        assertTrue(EntryFrame.isIntact(buffer, 8, length));
        assertEquals(8, reader.offset());
        assertSame(buffer, reader.buffer());
        assertEquals(11, reader.epoch());
        assertEquals(12, reader.sequence());
        assertEquals(13, reader.timeNs());
        assertEquals(14, reader.sessionId());
        assertEquals(-15, reader.incarnation());
        assertEquals(16, reader.clientSequence());
        assertEquals(-17, reader.clusterId());
        assertEquals(6, reader.kindRaw());
        assertEquals(EntryKind.TICK, reader.kind());
        assertEquals(EntryFrame.crc32c(buffer, 8, length), reader.crc32c());
        assertEquals(80, reader.bodyOffset());
        assertEquals(16, reader.bodyLength());
        assertEquals(4, buffer.getByte(reader.bodyOffset()));
    }

    @Test
    void headerAndBodyApartAreTheEntryInOnePiece() {
        final ExpandableArrayBuffer whole = new ExpandableArrayBuffer(8);
        final DirectBuffer body = body(300);

        final int length = write(whole, 0, EntryKind.COMMAND, body, 100, 200);

        final byte[] apart = new byte[length];
        writer.header().getBytes(0, apart, 0, EntryFrame.HEADER_LENGTH);
        body.getBytes(100, apart, EntryFrame.HEADER_LENGTH, 200);
        final byte[] together = new byte[length];
        whole.getBytes(0, together);
        assertArrayEquals(apart, together);
    }

    @Test
    void nextHeaderCarriesNothingOfTheOneBefore() {
        final UnsafeBuffer first = new UnsafeBuffer(new byte[80]);
        final UnsafeBuffer again = new UnsafeBuffer(new byte[80]);
        write(first, 0, EntryKind.COMMAND, body(8), 0, 8);

        writer.writeHeader(-1, -1, -1, -1, -1, -1, -1, EntryKind.TICK, body(900), 0, 900);
        write(again, 0, EntryKind.COMMAND, body(8), 0, 8);

        assertEquals(first, again);
    }

    @Test
    void writesAnEntryOverItsOwnBody() {
        final UnsafeBuffer expected = new UnsafeBuffer(new byte[172]);
        write(expected, 0, EntryKind.COMMAND, body(100), 0, 100);
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[172]);

        for (final int bodyOffset : new int[] {0, 40, 72}) {
            buffer.putBytes(bodyOffset, body(100), 0, 100);
            write(buffer, 0, EntryKind.COMMAND, buffer, bodyOffset, 100);

            assertEquals(expected, buffer);
        }
    }

    @Test
    void writesTheLongestBodyAndRefusesALongerOne() {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[EntryFrame.MAX_LENGTH + 1]);
        final DirectBuffer body = body(EntryFrame.MAX_BODY_LENGTH + 1);

        final int length = write(buffer, 0, EntryKind.COMMAND, body, 1, EntryFrame.MAX_BODY_LENGTH);

        assertEquals(EntryFrame.MAX_LENGTH, length);
        assertEquals(SequencedEntryDecoder.TEMPLATE_ID, ProtocolCheck.INSTANCE.check(buffer, 0, length));
        assertTrue(EntryFrame.isIntact(buffer, 0, length));
        assertThrows(
                IllegalArgumentException.class,
                () -> write(buffer, 0, EntryKind.COMMAND, body, 0, EntryFrame.MAX_BODY_LENGTH + 1));
    }

    @Test
    void refusesABodyThatDoesNotLieInItsBuffer() {
        final DirectBuffer body = body(10);
        final int[][] ranges = {{0, 11}, {1, 10}, {-1, 5}, {0, -1}, {11, 0}, {Integer.MAX_VALUE, 1}};

        for (final int[] range : ranges) {
            assertThrows(
                    IndexOutOfBoundsException.class,
                    () -> writer.writeHeader(1, 1, 1, 1, 1, 1, 1, EntryKind.COMMAND, body, range[0], range[1]));
        }
    }

    private int write(
            final MutableDirectBuffer buffer,
            final int offset,
            final EntryKind kind,
            final DirectBuffer body,
            final int bodyOffset,
            final int bodyLength) {
        return writer.writeEntry(
                buffer, offset, 11, 12, 13, 14, -15, 16, -17, kind, body, bodyOffset, bodyLength);
    }

    private static UnsafeBuffer body(final int length) {
        final byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) i;
        }
        return new UnsafeBuffer(bytes);
    }
}
