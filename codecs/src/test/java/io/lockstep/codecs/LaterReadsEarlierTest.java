package io.lockstep.codecs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.lockstep.codecs.later.AckDecoder;
import io.lockstep.codecs.later.ActivateDecoder;
import io.lockstep.codecs.later.ArchiveState;
import io.lockstep.codecs.later.Audience;
import io.lockstep.codecs.later.CommandDecoder;
import io.lockstep.codecs.later.DeliveryGrade;
import io.lockstep.codecs.later.EntryKind;
import io.lockstep.codecs.later.EpochStartDecoder;
import io.lockstep.codecs.later.MessageHeaderDecoder;
import io.lockstep.codecs.later.OutputDecoder;
import io.lockstep.codecs.later.SequencedEntryDecoder;
import io.lockstep.codecs.protocol.AckEncoder;
import io.lockstep.codecs.protocol.CommandEncoder;
import io.lockstep.codecs.protocol.EpochStartEncoder;
import io.lockstep.codecs.protocol.MessageHeaderEncoder;
import io.lockstep.codecs.protocol.OutputEncoder;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** A later version's check and decoders read what this version wrote; what is not there has its null value. */
class LaterReadsEarlierTest {
    private static final int OFFSET = 16;
    private static final byte[] BODY = {1, 2, 3, 4, 5};

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[512]);
    private final MessageHeaderEncoder earlier = new MessageHeaderEncoder();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final Schema schema = Schema.read("lockstep-protocol-v2.xml");
    private final MessageCheck check = SchemaShapes.check(schema);

    LaterReadsEarlierTest() throws IOException {
        Arrays.fill(buffer.byteArray(), (byte) 0x5A);
    }

    @Test
    void entry() {
        final int length = new EntryWriter()
                .writeEntry(
                        buffer,
                        OFFSET,
                        1,
                        2,
                        3,
                        4,
                        5,
                        6,
                        7,
                        io.lockstep.codecs.protocol.EntryKind.EPOCH_END,
                        new UnsafeBuffer(BODY),
                        0,
                        BODY.length);

        assertEquals(SequencedEntryDecoder.TEMPLATE_ID, check(length));
        final SequencedEntryDecoder decoder = new SequencedEntryDecoder().wrapAndApplyHeader(buffer, OFFSET, header);
        assertEquals(1, decoder.epoch());
        assertEquals(7, decoder.clusterId());
        assertEquals(EntryKind.EPOCH_END, decoder.kind());
        assertEquals(SequencedEntryDecoder.receivedTimeNsNullValue(), decoder.receivedTimeNs());
        assertEquals(SequencedEntryDecoder.laneNullValue(), decoder.lane());
        assertBody(decoder.bodyLength(), decoder.limit() + 4);
        decoder.skipBody();
        assertEquals(0, decoder.traceLength());
        assertEquals("", decoder.trace());
        assertEquals(OFFSET + length, decoder.limit());
    }

    @Test
    void command() {
        final CommandEncoder encoder = new CommandEncoder().wrapAndApplyHeader(buffer, OFFSET, earlier);
        encoder.clusterId(1).reserved(0).sessionId(2).incarnation(3).clientSequence(4).putBody(BODY, 0, BODY.length);

        assertEquals(CommandDecoder.TEMPLATE_ID, check(encoder.encodedLength() + 8));
        final CommandDecoder decoder = new CommandDecoder().wrapAndApplyHeader(buffer, OFFSET, header);
        assertEquals(2, decoder.sessionId());
        assertEquals(4, decoder.clientSequence());
        assertEquals(CommandDecoder.sentTimeNsNullValue(), decoder.sentTimeNs());
        assertBody(decoder.bodyLength(), decoder.limit() + 4);
        decoder.skipBody();
        assertEquals(0, decoder.signatureLength());
    }

    @Test
    void ack() {
        final int length = ack(1, AckEncoder.BLOCK_LENGTH);

        assertEquals(AckDecoder.TEMPLATE_ID, check(length));
        final AckDecoder decoder = new AckDecoder().wrapAndApplyHeader(buffer, OFFSET, header);
        assertEquals(6, decoder.syncedPosition());
        assertEquals(ArchiveState.STALLED, decoder.state());
        assertEquals(AckDecoder.loadNullValue(), decoder.load());
        assertEquals(AckDecoder.freeBytesNullValue(), decoder.freeBytes());
    }

    @Test
    void output() {
        final OutputEncoder encoder = new OutputEncoder().wrapAndApplyHeader(buffer, OFFSET, earlier);
        encoder.epoch(1).inputSequence(2).outputSequence(3).timeNs(4).sessionId(5).clientSequence(6).clusterId(7);
        encoder.replicaId(8).index(9).grade(io.lockstep.codecs.protocol.DeliveryGrade.SIGHT);
        encoder.flags((short) 1).reserved(0).putBody(BODY, 0, BODY.length);

        assertEquals(OutputDecoder.TEMPLATE_ID, check(encoder.encodedLength() + 8));
        final OutputDecoder decoder = new OutputDecoder().wrapAndApplyHeader(buffer, OFFSET, header);
        assertEquals(3, decoder.outputSequence());
        assertEquals(DeliveryGrade.SIGHT, decoder.grade());
        assertEquals(Audience.NULL_VAL, decoder.audience());
        assertBody(decoder.bodyLength(), decoder.limit() + 4);
    }

    @Test
    void epochStart() {
        final EpochStartEncoder encoder = new EpochStartEncoder().wrapAndApplyHeader(buffer, OFFSET, earlier);
        encoder.ownerIncarnation(1).previousEpoch(2).previousEndPosition(3).previousEndSequence(4);
        encoder.ownerNodeId(5).protocolVersion(6).logicVersion(7);
        encoder.archivesCount(2).next().archiveId(21).next().archiveId(22);
        final int length = encoder.encodedLength() + 8;

        assertEquals(EpochStartDecoder.TEMPLATE_ID, check(length));
        final EpochStartDecoder decoder = new EpochStartDecoder().wrapAndApplyHeader(buffer, OFFSET, header);
        assertEquals(7, decoder.logicVersion());
        assertEquals(EpochStartDecoder.siteNullValue(), decoder.site());
        final EpochStartDecoder.ArchivesDecoder archives = decoder.archives();
        for (final int archiveId : new int[] {21, 22}) {
            archives.next();
            assertEquals(archiveId, archives.archiveId());
            assertEquals(EpochStartDecoder.ArchivesDecoder.rackNullValue(), archives.rack());
        }
        assertFalse(archives.hasNext());
        assertEquals(0, decoder.features().count());
        assertEquals("", decoder.note());
        assertEquals(OFFSET + length, decoder.limit());
    }

    @Test
    void aKnownVersionHasExactlyItsOwnLengths() {
        final int laterBlock = AckDecoder.BLOCK_LENGTH;

        assertEquals(MessageCheck.BAD_BLOCK_LENGTH, check(ack(1, laterBlock)));
        assertEquals(MessageCheck.BAD_BLOCK_LENGTH, check(ack(2, AckEncoder.BLOCK_LENGTH)));
        assertEquals(MessageCheck.BAD_BLOCK_LENGTH, check(ack(2, laterBlock + 1)));
        assertEquals(AckDecoder.TEMPLATE_ID, check(ack(2, laterBlock)));
        assertEquals(AckDecoder.TEMPLATE_ID, check(ack(3, laterBlock + 1)));
        assertEquals(MessageCheck.BAD_BLOCK_LENGTH, check(ack(3, laterBlock - 1)));
    }

    @Test
    void aMessageIsNotOlderThanItsTemplate() {
        earlier.wrap(buffer, OFFSET)
                .blockLength(ActivateDecoder.BLOCK_LENGTH)
                .templateId(ActivateDecoder.TEMPLATE_ID)
                .schemaId(ActivateDecoder.SCHEMA_ID)
                .version(1);

        assertEquals(MessageCheck.BAD_VERSION, check(8 + ActivateDecoder.BLOCK_LENGTH));
        earlier.version(2);
        assertEquals(ActivateDecoder.TEMPLATE_ID, check(8 + ActivateDecoder.BLOCK_LENGTH));
    }

    /** Else these tests would try the evolution of something that is not the protocol. */
    @Test
    void firstVersionOfTheLaterSchemaIsTheProtocol() throws IOException {
        final Schema protocol = Schema.read("lockstep-protocol.xml");

        assertEquals(protocol.id, schema.id);
        int compared = 0;
        for (final Schema.Message later : schema.messages) {
            for (final Schema.Message now : protocol.messages) {
                if (now.id() == later.id()) {
                    compared++;
                    assertEquals(now.name(), later.name());
                    assertEquals(places(now.fields()), places(later.fields()));
                    assertEquals(
                            now.data(),
                            later.data().stream().filter(data -> data.sinceVersion() == 1).toList());
                    for (int i = 0; i < now.groups().size(); i++) {
                        assertEquals(
                                places(now.groups().get(i).fields()),
                                places(later.groups().get(i).fields()));
                    }
                }
            }
        }
        assertEquals(5, compared);
    }

    private static List<String> places(final List<Schema.Field> fields) {
        return fields.stream()
                .filter(field -> field.sinceVersion() == 1)
                .map(field -> field.name() + '@' + field.offset() + '+' + field.length() + " from " + field.least())
                .toList();
    }

    private int ack(final int version, final int blockLength) {
        final AckEncoder encoder = new AckEncoder().wrapAndApplyHeader(buffer, OFFSET, earlier);
        encoder.clusterId(1).archiveId(2).archiveIncarnation(3).epoch(4).recordedPosition(5).syncedPosition(6);
        encoder.state(io.lockstep.codecs.protocol.ArchiveState.STALLED);
        earlier.version(version).blockLength(blockLength);
        return 8 + blockLength;
    }

    private int check(final int length) {
        return check.check(buffer, OFFSET, length);
    }

    private void assertBody(final int length, final int offset) {
        assertEquals(BODY.length, length);
        assertEquals(new UnsafeBuffer(BODY), new UnsafeBuffer(buffer, offset, length));
    }
}
