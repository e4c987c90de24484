package io.lockstep.core.takeover;

import io.lockstep.codecs.ProtocolCheck;
import io.lockstep.codecs.protocol.AckDecoder;
import io.lockstep.codecs.protocol.CandidateStatusDecoder;
import io.lockstep.codecs.protocol.HandoverRequestEncoder;
import io.lockstep.codecs.protocol.MessageHeaderDecoder;
import io.lockstep.codecs.protocol.MessageHeaderEncoder;
import io.lockstep.codecs.protocol.PreVoteAnswerDecoder;
import io.lockstep.codecs.protocol.PreVoteAnswerEncoder;
import io.lockstep.codecs.protocol.PreVoteDecoder;
import io.lockstep.codecs.protocol.PreVoteEncoder;
import io.lockstep.codecs.protocol.RepairDecoder;
import io.lockstep.codecs.protocol.RepairEncoder;
import io.lockstep.codecs.protocol.SealDecoder;
import io.lockstep.codecs.protocol.SealEncoder;
import io.lockstep.codecs.protocol.SealedDecoder;
import io.lockstep.codecs.protocol.SealedEncoder;
import io.lockstep.core.fixture.Messages;
import io.lockstep.core.fixture.RecordingPublisher;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** What is said on the control stream about takeovers: as short lines, and as messages. */
final class Spoken {
    private final RecordingPublisher control = new RecordingPublisher();
    private int heard;

    RecordingPublisher control() {
        return control;
    }

    /** What was said since the last call, without words of state; of the same line one after another only the first. */
    List<String> lines() {
        final List<String> lines = new ArrayList<>();
        for (; heard < control.messages().size(); heard++) {
            final String line = line(control.messages().get(heard));
            if (line != null && (lines.isEmpty() || !lines.get(lines.size() - 1).equals(line))) {
                lines.add(line);
            }
        }
        return lines;
    }

    /** The round of the last pre-vote. */
    long preVoteRound() {
        for (int i = control.messages().size() - 1; i >= 0; i--) {
            final UnsafeBuffer message = control.messages().get(i);
            if (template(message) == PreVoteDecoder.TEMPLATE_ID) {
                return new PreVoteDecoder()
                        .wrapAndApplyHeader(message, 0, new MessageHeaderDecoder())
                        .round();
            }
        }
        throw new AssertionError("no pre-vote");
    }

    static UnsafeBuffer preVote(final long candidate, final long epoch, final long round) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[8 + PreVoteEncoder.BLOCK_LENGTH]);
        new PreVoteEncoder()
                .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .clusterId(Messages.CLUSTER)
                .candidateIncarnation(candidate)
                .epoch(epoch)
                .round(round);
        return buffer;
    }

    static UnsafeBuffer preVoteAnswer(
            final int archive, final long candidate, final long epoch, final long round, final boolean hears) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[8 + PreVoteAnswerEncoder.BLOCK_LENGTH]);
        new PreVoteAnswerEncoder()
                .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .clusterId(Messages.CLUSTER)
                .archiveId(archive)
                .candidateIncarnation(candidate)
                .epoch(epoch)
                .round(round)
                .heard((short) (hears ? 1 : 0));
        return buffer;
    }

    static UnsafeBuffer seal(final long candidate, final long epoch) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[8 + SealEncoder.BLOCK_LENGTH]);
        new SealEncoder()
                .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .clusterId(Messages.CLUSTER)
                .candidateIncarnation(candidate)
                .epoch(epoch);
        return buffer;
    }

    static UnsafeBuffer sealed(
            final int archive,
            final long candidate,
            final long sealedEpoch,
            final long heldEpoch,
            final long position,
            final long sequence,
            final int crc) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[8 + SealedEncoder.BLOCK_LENGTH]);
        new SealedEncoder()
                .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .clusterId(Messages.CLUSTER)
                .archiveId(archive)
                .candidateIncarnation(candidate)
                .epoch(heldEpoch)
                .recordedPosition(position)
                .lastSequence(sequence)
                .lastCrc32c(crc & 0xFFFF_FFFFL)
                .sealedEpoch(sealedEpoch);
        return buffer;
    }

    static UnsafeBuffer repair(final long candidate, final long epoch, final long end, final int holder) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[8 + RepairEncoder.BLOCK_LENGTH]);
        new RepairEncoder()
                .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .clusterId(Messages.CLUSTER)
                .candidateIncarnation(candidate)
                .epoch(epoch)
                .endPosition(end)
                .holderArchiveId(holder);
        return buffer;
    }

    static UnsafeBuffer handover(final int target, final long epoch) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[8 + HandoverRequestEncoder.BLOCK_LENGTH]);
        new HandoverRequestEncoder()
                .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .clusterId(Messages.CLUSTER)
                .targetNodeId(target)
                .epoch(epoch);
        return buffer;
    }

    private static int template(final UnsafeBuffer message) {
        return ProtocolCheck.INSTANCE.check(message, 0, message.capacity());
    }

    private static String line(final UnsafeBuffer message) {
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        switch (template(message)) {
            case AckDecoder.TEMPLATE_ID -> {
                final AckDecoder ack = new AckDecoder().wrapAndApplyHeader(message, 0, header);
                return "ack " + ack.epoch() + ":" + ack.recordedPosition()
                        + (ack.state().value() == 1 ? "" : " " + ack.state());
            }
            case PreVoteDecoder.TEMPLATE_ID -> {
                return "pre-vote "
                        + new PreVoteDecoder()
                                .wrapAndApplyHeader(message, 0, header)
                                .epoch();
            }
            case PreVoteAnswerDecoder.TEMPLATE_ID -> {
                final PreVoteAnswerDecoder answer =
                        new PreVoteAnswerDecoder().wrapAndApplyHeader(message, 0, header);
                return (answer.heard() == 1 ? "heard " : "not heard ") + answer.epoch();
            }
            case SealDecoder.TEMPLATE_ID -> {
                return "seal "
                        + new SealDecoder().wrapAndApplyHeader(message, 0, header).epoch();
            }
            case SealedDecoder.TEMPLATE_ID -> {
                final SealedDecoder sealed = new SealedDecoder().wrapAndApplyHeader(message, 0, header);
                return "sealed " + sealed.sealedEpoch() + " holds " + sealed.epoch() + ":" + sealed.recordedPosition()
                        + " #" + sealed.lastSequence();
            }
            case RepairDecoder.TEMPLATE_ID -> {
                final RepairDecoder repair = new RepairDecoder().wrapAndApplyHeader(message, 0, header);
                return "repair " + repair.epoch() + ":" + repair.endPosition() + " from " + repair.holderArchiveId();
            }
            case CandidateStatusDecoder.TEMPLATE_ID -> {
                return null;
            }
            default -> throw new AssertionError("no word of a takeover: " + template(message));
        }
    }
}
