package io.lockstep.codecs;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.lockstep.codecs.protocol.AckEncoder;
import io.lockstep.codecs.protocol.ArchiveState;
import io.lockstep.codecs.protocol.CommandEncoder;
import io.lockstep.codecs.protocol.EpochStartEncoder;
import io.lockstep.codecs.protocol.MessageHeaderEncoder;
import io.lockstep.codecs.protocol.VarDataEncodingEncoder;
import java.io.IOException;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class ProtocolCheckTest {
    private static final int ACK_LENGTH = 8 + AckEncoder.BLOCK_LENGTH;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[EntryFrame.MAX_LENGTH + 100]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();

    @Test
    void knowsEveryMessageOfTheSchemaAsTheSchemaSaysIt() throws IOException {
        final Schema schema = Schema.read("lockstep-protocol.xml");
        final MessageCheck expected = SchemaShapes.check(schema);

        assertEquals(MessageHeaderEncoder.SCHEMA_ID, schema.id);
        assertEquals(MessageHeaderEncoder.SCHEMA_VERSION, schema.version);
        assertFalse(schema.messages.isEmpty());
        for (int templateId = 0; templateId <= 0xFFFF; templateId++) {
            assertEquals(
                    String.valueOf(expected.shape(templateId)),
                    String.valueOf(ProtocolCheck.INSTANCE.shape(templateId)),
                    "template " + templateId);
        }
    }

    @Test
    void bodyLimitOfEntryAndSchemaAreTheSame() {
        assertEquals(EntryFrame.MAX_BODY_LENGTH, VarDataEncodingEncoder.lengthMaxValue());
    }

    @Test
    void passesAMessageOfItsVersion() {
        ack();
        assertEquals(AckEncoder.TEMPLATE_ID, checkAck(ACK_LENGTH));
    }

    @Test
    void refusesRangesThatDoNotLieInTheBuffer() {
        ack();
        final int capacity = buffer.capacity();
        final int[][] ranges = {
            {0, -1},
            {0, Integer.MIN_VALUE},
            {0, 0},
            {0, 7},
            {-1, ACK_LENGTH},
            {Integer.MIN_VALUE, ACK_LENGTH},
            {Integer.MAX_VALUE, ACK_LENGTH},
            {Integer.MAX_VALUE - 7, 8},
            {Integer.MAX_VALUE, Integer.MAX_VALUE},
            {0, Integer.MAX_VALUE},
            {1, capacity},
            {capacity - ACK_LENGTH + 1, ACK_LENGTH},
            {capacity, 8}
        };

        for (final int[] range : ranges) {
            assertEquals(MessageCheck.TRUNCATED, ProtocolCheck.INSTANCE.check(buffer, range[0], range[1]));
        }
    }

    @Test
    void refusesAHeaderThatIsNotOfTheSchema() {
        ack();
        header.schemaId(711);
        assertEquals(MessageCheck.UNKNOWN_SCHEMA, checkAck(ACK_LENGTH));
        for (final int templateId : new int[] {0, 5, 19, 54, 0x8000, 0xFFFF}) {
            ack();
            header.templateId(templateId);
            assertNull(ProtocolCheck.INSTANCE.shape(templateId));
            assertEquals(MessageCheck.UNKNOWN_TEMPLATE, checkAck(ACK_LENGTH));
        }
        ack();
        header.version(0);
        assertEquals(MessageCheck.BAD_VERSION, checkAck(ACK_LENGTH));
    }

    @Test
    void refusesABlockOfAnotherLengthThanItsVersionHas() {
        ack();
        header.blockLength(AckEncoder.BLOCK_LENGTH - 1);
        assertEquals(MessageCheck.BAD_BLOCK_LENGTH, checkAck(ACK_LENGTH - 1));
        header.blockLength(AckEncoder.BLOCK_LENGTH + 1);
        assertEquals(MessageCheck.BAD_BLOCK_LENGTH, checkAck(ACK_LENGTH + 1));
        header.blockLength(0xFFFF);
        assertEquals(MessageCheck.BAD_BLOCK_LENGTH, checkAck(ACK_LENGTH));
    }

    @Test
    void passesALongerBlockAndATailOfANewerVersionOnly() {
        ack();
        assertEquals(MessageCheck.TRAILING_BYTES, checkAck(ACK_LENGTH + 1));
        header.version(2).blockLength(AckEncoder.BLOCK_LENGTH + 3);
        assertEquals(MessageCheck.TRUNCATED, checkAck(ACK_LENGTH + 2));
        assertEquals(AckEncoder.TEMPLATE_ID, checkAck(ACK_LENGTH + 3));
        assertEquals(AckEncoder.TEMPLATE_ID, checkAck(ACK_LENGTH + 50));
        header.blockLength(AckEncoder.BLOCK_LENGTH - 1);
        assertEquals(MessageCheck.BAD_BLOCK_LENGTH, checkAck(ACK_LENGTH + 50));
    }

    @Test
    void refusesEveryEnumValueThatTheSchemaDoesNotHave() {
        for (int value = 0; value < 256; value++) {
            ack();
            buffer.putByte(8 + AckEncoder.stateEncodingOffset(), (byte) value);
            final boolean known = value >= 1 && value <= 3;
            assertEquals(known ? AckEncoder.TEMPLATE_ID : MessageCheck.BAD_ENUM, checkAck(ACK_LENGTH));
        }
    }

    @Test
    void refusesGroupsThatDoNotFit() {
        final int groupOffset = 8 + EpochStartEncoder.BLOCK_LENGTH;
        new EpochStartEncoder().wrapAndApplyHeader(buffer, 0, header).archivesCount(3);

        assertEquals(EpochStartEncoder.TEMPLATE_ID, ProtocolCheck.INSTANCE.check(buffer, 0, groupOffset + 16));
        assertEquals(MessageCheck.TRUNCATED, ProtocolCheck.INSTANCE.check(buffer, 0, groupOffset + 15));
        assertEquals(MessageCheck.TRUNCATED, ProtocolCheck.INSTANCE.check(buffer, 0, groupOffset + 3));
        assertEquals(MessageCheck.TRAILING_BYTES, ProtocolCheck.INSTANCE.check(buffer, 0, groupOffset + 17));
        buffer.putShort(groupOffset, (short) 3, LITTLE_ENDIAN);
        assertEquals(MessageCheck.BAD_GROUP, ProtocolCheck.INSTANCE.check(buffer, 0, groupOffset + 13));
        buffer.putShort(groupOffset, (short) 5, LITTLE_ENDIAN);
        assertEquals(MessageCheck.BAD_GROUP, ProtocolCheck.INSTANCE.check(buffer, 0, groupOffset + 19));
        header.version(2);
        assertEquals(EpochStartEncoder.TEMPLATE_ID, ProtocolCheck.INSTANCE.check(buffer, 0, groupOffset + 19));
        buffer.putInt(groupOffset, 0xFFFE_FFFF, LITTLE_ENDIAN);
        assertEquals(MessageCheck.TRUNCATED, ProtocolCheck.INSTANCE.check(buffer, 0, groupOffset + 19));
        buffer.putInt(groupOffset, 0xFFFF_0004, LITTLE_ENDIAN);
        assertEquals(MessageCheck.BAD_GROUP, ProtocolCheck.INSTANCE.check(buffer, 0, buffer.capacity()));
    }

    @Test
    void refusesDataThatDoesNotFit() {
        final int dataOffset = 8 + CommandEncoder.BLOCK_LENGTH;
        new CommandEncoder().wrapAndApplyHeader(buffer, 0, header).putBody(new byte[5], 0, 5);

        assertEquals(CommandEncoder.TEMPLATE_ID, ProtocolCheck.INSTANCE.check(buffer, 0, dataOffset + 9));
        assertEquals(MessageCheck.TRUNCATED, ProtocolCheck.INSTANCE.check(buffer, 0, dataOffset + 8));
        assertEquals(MessageCheck.TRUNCATED, ProtocolCheck.INSTANCE.check(buffer, 0, dataOffset + 3));
        assertEquals(MessageCheck.TRAILING_BYTES, ProtocolCheck.INSTANCE.check(buffer, 0, dataOffset + 10));
        for (final int length : new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, EntryFrame.MAX_BODY_LENGTH + 1}) {
            buffer.putInt(dataOffset, length, LITTLE_ENDIAN);
            assertEquals(MessageCheck.BAD_DATA_LENGTH, ProtocolCheck.INSTANCE.check(buffer, 0, buffer.capacity()));
        }
        buffer.putInt(dataOffset, EntryFrame.MAX_BODY_LENGTH, LITTLE_ENDIAN);
        final int longest = dataOffset + 4 + EntryFrame.MAX_BODY_LENGTH;
        assertEquals(CommandEncoder.TEMPLATE_ID, ProtocolCheck.INSTANCE.check(buffer, 0, longest));
    }

    private void ack() {
        new AckEncoder().wrapAndApplyHeader(buffer, 0, header).state(ArchiveState.STALLED);
    }

    private int checkAck(final int length) {
        return ProtocolCheck.INSTANCE.check(buffer, 0, length);
    }
}
