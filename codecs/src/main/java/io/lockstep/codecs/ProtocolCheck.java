package io.lockstep.codecs;

import io.lockstep.codecs.MessageShape.EnumRule;
import io.lockstep.codecs.protocol.AckEncoder;
import io.lockstep.codecs.protocol.CandidateStatusEncoder;
import io.lockstep.codecs.protocol.CommandAnswerEncoder;
import io.lockstep.codecs.protocol.CommandEncoder;
import io.lockstep.codecs.protocol.EpochEndEncoder;
import io.lockstep.codecs.protocol.EpochStartEncoder;
import io.lockstep.codecs.protocol.GatewayKeepAliveEncoder;
import io.lockstep.codecs.protocol.HandoverRequestEncoder;
import io.lockstep.codecs.protocol.MessageHeaderEncoder;
import io.lockstep.codecs.protocol.OutputEncoder;
import io.lockstep.codecs.protocol.OutputRequestEncoder;
import io.lockstep.codecs.protocol.PreVoteAnswerEncoder;
import io.lockstep.codecs.protocol.PreVoteEncoder;
import io.lockstep.codecs.protocol.RepairEncoder;
import io.lockstep.codecs.protocol.ReplayRequestEncoder;
import io.lockstep.codecs.protocol.ReplayStatusEncoder;
import io.lockstep.codecs.protocol.ReplayStopEncoder;
import io.lockstep.codecs.protocol.ReplayedEntryEncoder;
import io.lockstep.codecs.protocol.ReplicaReportEncoder;
import io.lockstep.codecs.protocol.SealEncoder;
import io.lockstep.codecs.protocol.SealedEncoder;
import io.lockstep.codecs.protocol.SequencedEntryEncoder;
import io.lockstep.codecs.protocol.SessionCloseRequestEncoder;
import io.lockstep.codecs.protocol.SessionClosedEncoder;
import io.lockstep.codecs.protocol.SessionOpenRequestEncoder;
import io.lockstep.codecs.protocol.SessionOpenedEncoder;
import io.lockstep.codecs.protocol.TickEncoder;

/** The check that stands in front of every decoder of the protocol schema. */
public final class ProtocolCheck {
    /** The one instance; see {@link MessageCheck#check}. */
    public static final MessageCheck INSTANCE =
            new MessageCheck(MessageHeaderEncoder.SCHEMA_ID, MessageHeaderEncoder.SCHEMA_VERSION, shapes());

    // The limits stand in the schema too; the table below is compared with it, field by field, by a test.
    private static final int MAX_TEXT_LENGTH = 1024;

    private ProtocolCheck() {}

    private static MessageShape[] shapes() {
        final MessageShape[] shapes = new MessageShape[ReplayStatusEncoder.TEMPLATE_ID + 1];
        shapes[SessionOpenRequestEncoder.TEMPLATE_ID] = MessageShape.block(SessionOpenRequestEncoder.BLOCK_LENGTH);
        shapes[CommandEncoder.TEMPLATE_ID] =
                MessageShape.block(CommandEncoder.BLOCK_LENGTH).data(EntryFrame.MAX_BODY_LENGTH);
        shapes[SessionCloseRequestEncoder.TEMPLATE_ID] = MessageShape.block(SessionCloseRequestEncoder.BLOCK_LENGTH);
        shapes[GatewayKeepAliveEncoder.TEMPLATE_ID] = MessageShape.block(GatewayKeepAliveEncoder.BLOCK_LENGTH);

        shapes[SequencedEntryEncoder.TEMPLATE_ID] = MessageShape.block(
                        SequencedEntryEncoder.BLOCK_LENGTH,
                        new EnumRule(SequencedEntryEncoder.kindEncodingOffset(), 1, 6))
                .data(EntryFrame.MAX_BODY_LENGTH);
        shapes[EpochStartEncoder.TEMPLATE_ID] = MessageShape.block(EpochStartEncoder.BLOCK_LENGTH)
                .group(EpochStartEncoder.ArchivesEncoder.sbeBlockLength());
        shapes[EpochEndEncoder.TEMPLATE_ID] = MessageShape.block(
                EpochEndEncoder.BLOCK_LENGTH, new EnumRule(EpochEndEncoder.reasonEncodingOffset(), 1, 2));
        shapes[TickEncoder.TEMPLATE_ID] = MessageShape.block(TickEncoder.BLOCK_LENGTH);
        shapes[SessionOpenedEncoder.TEMPLATE_ID] = MessageShape.block(SessionOpenedEncoder.BLOCK_LENGTH);
        shapes[SessionClosedEncoder.TEMPLATE_ID] = MessageShape.block(
                SessionClosedEncoder.BLOCK_LENGTH, new EnumRule(SessionClosedEncoder.reasonEncodingOffset(), 1, 2));

        shapes[AckEncoder.TEMPLATE_ID] =
                MessageShape.block(AckEncoder.BLOCK_LENGTH, new EnumRule(AckEncoder.stateEncodingOffset(), 1, 3));
        shapes[SealEncoder.TEMPLATE_ID] = MessageShape.block(SealEncoder.BLOCK_LENGTH);
        shapes[SealedEncoder.TEMPLATE_ID] = MessageShape.block(SealedEncoder.BLOCK_LENGTH);
        shapes[CommandAnswerEncoder.TEMPLATE_ID] = MessageShape.block(
                CommandAnswerEncoder.BLOCK_LENGTH, new EnumRule(CommandAnswerEncoder.codeEncodingOffset(), 1, 4));
        shapes[ReplicaReportEncoder.TEMPLATE_ID] = MessageShape.block(ReplicaReportEncoder.BLOCK_LENGTH);
        shapes[OutputRequestEncoder.TEMPLATE_ID] = MessageShape.block(OutputRequestEncoder.BLOCK_LENGTH);

        shapes[PreVoteEncoder.TEMPLATE_ID] = MessageShape.block(PreVoteEncoder.BLOCK_LENGTH);
        shapes[PreVoteAnswerEncoder.TEMPLATE_ID] = MessageShape.block(PreVoteAnswerEncoder.BLOCK_LENGTH);
        shapes[RepairEncoder.TEMPLATE_ID] = MessageShape.block(RepairEncoder.BLOCK_LENGTH);
        shapes[HandoverRequestEncoder.TEMPLATE_ID] = MessageShape.block(HandoverRequestEncoder.BLOCK_LENGTH);
        shapes[CandidateStatusEncoder.TEMPLATE_ID] = MessageShape.block(
                CandidateStatusEncoder.BLOCK_LENGTH, new EnumRule(CandidateStatusEncoder.stateEncodingOffset(), 1, 7));

        shapes[OutputEncoder.TEMPLATE_ID] = MessageShape.block(
                        OutputEncoder.BLOCK_LENGTH, new EnumRule(OutputEncoder.gradeEncodingOffset(), 1, 3))
                .data(EntryFrame.MAX_BODY_LENGTH);

        shapes[ReplayRequestEncoder.TEMPLATE_ID] = MessageShape.block(
                        ReplayRequestEncoder.BLOCK_LENGTH,
                        new EnumRule(ReplayRequestEncoder.fromKindEncodingOffset(), 1, 2))
                .data(MAX_TEXT_LENGTH);
        shapes[ReplayStopEncoder.TEMPLATE_ID] = MessageShape.block(ReplayStopEncoder.BLOCK_LENGTH);
        shapes[ReplayedEntryEncoder.TEMPLATE_ID] =
                MessageShape.block(ReplayedEntryEncoder.BLOCK_LENGTH).data(EntryFrame.MAX_LENGTH);
        shapes[ReplayStatusEncoder.TEMPLATE_ID] = MessageShape.block(
                        ReplayStatusEncoder.BLOCK_LENGTH, new EnumRule(ReplayStatusEncoder.codeEncodingOffset(), 1, 4))
                .data(MAX_TEXT_LENGTH);
        return shapes;
    }
}
