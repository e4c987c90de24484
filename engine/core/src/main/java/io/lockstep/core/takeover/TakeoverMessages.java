package io.lockstep.core.takeover;

import io.lockstep.codecs.protocol.CandidateState;
import io.lockstep.codecs.protocol.CandidateStatusEncoder;
import io.lockstep.codecs.protocol.MessageHeaderEncoder;
import io.lockstep.codecs.protocol.PreVoteEncoder;
import io.lockstep.codecs.protocol.RepairEncoder;
import io.lockstep.codecs.protocol.SealEncoder;
import io.lockstep.core.port.Publisher;
import io.lockstep.core.sequencer.SequencerConfiguration;
import org.agrona.concurrent.UnsafeBuffer;

/** What a candidate says on the control stream. What cannot be sent now is dropped: everything is said again. */
final class TakeoverMessages {
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[128]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final PreVoteEncoder preVote = new PreVoteEncoder();
    private final SealEncoder seal = new SealEncoder();
    private final RepairEncoder repair = new RepairEncoder();
    private final CandidateStatusEncoder status = new CandidateStatusEncoder();
    private final SequencerConfiguration configuration;
    private final Publisher control;

    TakeoverMessages(final SequencerConfiguration configuration, final Publisher control) {
        this.configuration = configuration;
        this.control = control;
    }

    void preVote(final long epoch, final long round) {
        preVote.wrapAndApplyHeader(buffer, 0, header)
                .clusterId(configuration.clusterId())
                .candidateNodeId(configuration.nodeId())
                .candidateIncarnation(configuration.incarnation())
                .epoch(epoch)
                .round(round);
        send(PreVoteEncoder.BLOCK_LENGTH);
    }

    void seal(final long epoch) {
        seal.wrapAndApplyHeader(buffer, 0, header)
                .clusterId(configuration.clusterId())
                .candidateNodeId(configuration.nodeId())
                .candidateIncarnation(configuration.incarnation())
                .epoch(epoch);
        send(SealEncoder.BLOCK_LENGTH);
    }

    void repair(final long epoch, final long endPosition, final int holderArchiveId) {
        repair.wrapAndApplyHeader(buffer, 0, header)
                .clusterId(configuration.clusterId())
                .candidateNodeId(configuration.nodeId())
                .candidateIncarnation(configuration.incarnation())
                .epoch(epoch)
                .endPosition(endPosition)
                .holderArchiveId(holderArchiveId)
                .reserved(0);
        send(RepairEncoder.BLOCK_LENGTH);
    }

    void status(
            final long epoch,
            final long sequence,
            final long commitSequence,
            final long silenceNs,
            final CandidateState state) {
        status.wrapAndApplyHeader(buffer, 0, header)
                .clusterId(configuration.clusterId())
                .nodeId(configuration.nodeId())
                .incarnation(configuration.incarnation())
                .epoch(epoch)
                .sequence(sequence)
                .commitSequence(commitSequence)
                .silenceNs(silenceNs)
                .state(state);
        send(CandidateStatusEncoder.BLOCK_LENGTH);
    }

    private void send(final int blockLength) {
        control.offer(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + blockLength);
    }
}
