package io.lockstep.codecs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.codecs.later.AckEncoder;
import io.lockstep.codecs.later.ActivateEncoder;
import io.lockstep.codecs.later.Audience;
import io.lockstep.codecs.later.CommandEncoder;
import io.lockstep.codecs.later.EntryKind;
import io.lockstep.codecs.later.EpochStartEncoder;
import io.lockstep.codecs.later.MessageHeaderEncoder;
import io.lockstep.codecs.later.OutputEncoder;
import io.lockstep.codecs.later.SequencedEntryEncoder;
import io.lockstep.codecs.protocol.AckDecoder;
import io.lockstep.codecs.protocol.ArchiveState;
import io.lockstep.codecs.protocol.CommandDecoder;
import io.lockstep.codecs.protocol.DeliveryGrade;
import io.lockstep.codecs.protocol.EpochStartDecoder;
import io.lockstep.codecs.protocol.MessageHeaderDecoder;
import io.lockstep.codecs.protocol.OutputDecoder;
import io.lockstep.codecs.protocol.SequencedEntryDecoder;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** This version's check and decoders read what a later version wrote, and skip what they do not know. */
class EarlierReadsLaterTest {
    private static final int OFFSET = 16;
    private static final byte[] BODY = {1, 2, 3, 4, 5};

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[512]);
    private final MessageHeaderEncoder later = new MessageHeaderEncoder();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();

    EarlierReadsLaterTest() {
        Arrays.fill(buffer.byteArray(), (byte) 0x5A);
    }

    @Test
    void entry() {
        final int length = laterEntry(EntryKind.TICK);

        assertEquals(SequencedEntryDecoder.TEMPLATE_ID, check(length));
        assertTrue(EntryFrame.isIntact(buffer, OFFSET, length));
        final EntryReader reader = new EntryReader().wrap(buffer, OFFSET);
        assertEquals(1, reader.epoch());
        assertEquals(2, reader.sequence());
        assertEquals(3, reader.timeNs());
        assertEquals(4, reader.sessionId());
        assertEquals(5, reader.incarnation());
        assertEquals(6, reader.clientSequence());
        assertEquals(7, reader.clusterId());
        assertEquals(io.lockstep.codecs.protocol.EntryKind.TICK, reader.kind());
        assertEquals(BODY.length, reader.bodyLength());
        assertEquals(new UnsafeBuffer(BODY), new UnsafeBuffer(buffer, reader.bodyOffset(), reader.bodyLength()));

        final SequencedEntryDecoder decoder = new SequencedEntryDecoder().wrapAndApplyHeader(buffer, OFFSET, header);
        assertEquals(7, decoder.clusterId());
        assertBody(decoder.bodyLength(), decoder.limit() + 4);
        decoder.skipBody();
        assertEquals(OFFSET + length - 4 - "trace".length(), decoder.limit());
    }

    @Test
    void entryOfAKindThatIsNotKnownIsRefused() {
        assertEquals(MessageCheck.BAD_ENUM, check(laterEntry(EntryKind.ACTIVATE)));
    }

    @Test
    void command() {
        final CommandEncoder encoder = new CommandEncoder().wrapAndApplyHeader(buffer, OFFSET, later);
        encoder.clusterId(1).reserved(0).sessionId(2).incarnation(3).clientSequence(4).sentTimeNs(5);
        encoder.putBody(BODY, 0, BODY.length).putSignature(new byte[20], 0, 20);

        assertEquals(CommandDecoder.TEMPLATE_ID, check(encoder.encodedLength() + 8));
        final CommandDecoder decoder = new CommandDecoder().wrapAndApplyHeader(buffer, OFFSET, header);
        assertEquals(1, decoder.clusterId());
        assertEquals(2, decoder.sessionId());
        assertEquals(3, decoder.incarnation());
        assertEquals(4, decoder.clientSequence());
        assertBody(decoder.bodyLength(), decoder.limit() + 4);
    }

    @Test
    void ack() {
        final AckEncoder encoder = new AckEncoder().wrapAndApplyHeader(buffer, OFFSET, later);
        encoder.clusterId(1).archiveId(2).archiveIncarnation(3).epoch(4).recordedPosition(5).syncedPosition(6);
        encoder.state(io.lockstep.codecs.later.ArchiveState.SEALED).load((short) 7).freeBytes(8);

        assertEquals(AckDecoder.TEMPLATE_ID, check(encoder.encodedLength() + 8));
        final AckDecoder decoder = new AckDecoder().wrapAndApplyHeader(buffer, OFFSET, header);
        assertEquals(1, decoder.clusterId());
        assertEquals(2, decoder.archiveId());
        assertEquals(3, decoder.archiveIncarnation());
        assertEquals(4, decoder.epoch());
        assertEquals(5, decoder.recordedPosition());
        assertEquals(6, decoder.syncedPosition());
        assertEquals(ArchiveState.SEALED, decoder.state());
    }

    @Test
    void output() {
        final OutputEncoder encoder = new OutputEncoder().wrapAndApplyHeader(buffer, OFFSET, later);
        encoder.epoch(1).inputSequence(2).outputSequence(3).timeNs(4).sessionId(5).clientSequence(6).clusterId(7);
        encoder.replicaId(8).index(9).grade(io.lockstep.codecs.later.DeliveryGrade.QUORUM_SYNCED);
        encoder.flags((short) 1).reserved(0).audience(Audience.ALL).putBody(BODY, 0, BODY.length);

        assertEquals(OutputDecoder.TEMPLATE_ID, check(encoder.encodedLength() + 8));
        final OutputDecoder decoder = new OutputDecoder().wrapAndApplyHeader(buffer, OFFSET, header);
        assertEquals(1, decoder.epoch());
        assertEquals(3, decoder.outputSequence());
        assertEquals(9, decoder.index());
        assertEquals(DeliveryGrade.QUORUM_SYNCED, decoder.grade());
        assertEquals(1, decoder.flags());
        assertBody(decoder.bodyLength(), decoder.limit() + 4);
    }

    @Test
    void epochStart() {
        final EpochStartEncoder encoder = new EpochStartEncoder().wrapAndApplyHeader(buffer, OFFSET, later);
        encoder.ownerIncarnation(1).previousEpoch(2).previousEndPosition(3).previousEndSequence(4);
        encoder.ownerNodeId(5).protocolVersion(6).logicVersion(7).site(8);
        encoder.archivesCount(2).next().archiveId(21).rack(31).next().archiveId(22).rack(32);
        encoder.featuresCount(1).next().featureId(41);
        encoder.note("for later");

        assertEquals(EpochStartDecoder.TEMPLATE_ID, check(encoder.encodedLength() + 8));
        final EpochStartDecoder decoder = new EpochStartDecoder().wrapAndApplyHeader(buffer, OFFSET, header);
        assertEquals(1, decoder.ownerIncarnation());
        assertEquals(7, decoder.logicVersion());
        final EpochStartDecoder.ArchivesDecoder archives = decoder.archives();
        assertEquals(2, archives.count());
        assertEquals(21, archives.next().archiveId());
        assertEquals(22, archives.next().archiveId());
    }

    @Test
    void aMessageThatIsNotKnownIsNamedAsSuch() {
        final ActivateEncoder encoder = new ActivateEncoder().wrapAndApplyHeader(buffer, OFFSET, later);
        encoder.featureId(1);

        assertEquals(MessageCheck.UNKNOWN_TEMPLATE, check(encoder.encodedLength() + 8));
    }

    private int laterEntry(final EntryKind kind) {
        final SequencedEntryEncoder encoder = new SequencedEntryEncoder().wrapAndApplyHeader(buffer, OFFSET, later);
        encoder.epoch(1).sequence(2).timeNs(3).sessionId(4).incarnation(5).clientSequence(6).clusterId(7).kind(kind);
        encoder.flags((short) 0).reserved(0).receivedTimeNs(8).lane(9);
        encoder.putBody(BODY, 0, BODY.length).trace("trace");
        final int length = encoder.encodedLength() + 8;
        EntryFrame.seal(buffer, OFFSET, length);
        return length;
    }

    private int check(final int length) {
        return ProtocolCheck.INSTANCE.check(buffer, OFFSET, length);
    }

    private void assertBody(final int length, final int offset) {
        assertEquals(BODY.length, length);
        assertEquals(new UnsafeBuffer(BODY), new UnsafeBuffer(buffer, offset, length));
    }
}
