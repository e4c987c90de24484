package io.lockstep.core.takeover;

import io.lockstep.codecs.protocol.AckEncoder;
import io.lockstep.codecs.protocol.ArchiveState;
import io.lockstep.codecs.protocol.MessageHeaderEncoder;
import io.lockstep.codecs.protocol.PreVoteAnswerEncoder;
import io.lockstep.codecs.protocol.SealedEncoder;
import io.lockstep.core.port.Publisher;
import org.agrona.concurrent.UnsafeBuffer;

/** What an archive's member says on the control stream. */
final class MemberMessages {
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[128]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final AckEncoder ack = new AckEncoder();
    private final PreVoteAnswerEncoder preVoteAnswer = new PreVoteAnswerEncoder();
    private final SealedEncoder sealed = new SealedEncoder();
    private final ArchiveMemberConfiguration configuration;
    private final Publisher control;

    MemberMessages(final ArchiveMemberConfiguration configuration, final Publisher control) {
        this.configuration = configuration;
        this.control = control;
    }

    boolean ack(final long epoch, final long recordedPosition, final long syncedPosition, final ArchiveState state) {
        ack.wrapAndApplyHeader(buffer, 0, header)
                .clusterId(configuration.clusterId())
                .archiveId(configuration.archiveId())
                .archiveIncarnation(configuration.incarnation())
                .epoch(epoch)
                .recordedPosition(recordedPosition)
                .syncedPosition(syncedPosition)
                .state(state);
        return send(AckEncoder.BLOCK_LENGTH);
    }

    boolean preVoteAnswer(final long candidateIncarnation, final long epoch, final long round, final boolean heard) {
        preVoteAnswer
                .wrapAndApplyHeader(buffer, 0, header)
                .clusterId(configuration.clusterId())
                .archiveId(configuration.archiveId())
                .archiveIncarnation(configuration.incarnation())
                .candidateIncarnation(candidateIncarnation)
                .epoch(epoch)
                .round(round)
                .heard((short) (heard ? 1 : 0));
        return send(PreVoteAnswerEncoder.BLOCK_LENGTH);
    }

    boolean sealed(
            final long candidateIncarnation,
            final long sealedEpoch,
            final long ownerIncarnation,
            final Recordings.LastEntry last) {
        sealed.wrapAndApplyHeader(buffer, 0, header)
                .clusterId(configuration.clusterId())
                .archiveId(configuration.archiveId())
                .archiveIncarnation(configuration.incarnation())
                .candidateIncarnation(candidateIncarnation)
                .epoch(last.epoch())
                .ownerIncarnation(ownerIncarnation)
                .recordedPosition(last.endPosition())
                .lastSequence(last.sequence())
                .lastTimeNs(last.timeNs())
                .lastCrc32c(last.crc32c() & 0xFFFF_FFFFL)
                .sealedEpoch(sealedEpoch);
        return send(SealedEncoder.BLOCK_LENGTH);
    }

    private boolean send(final int blockLength) {
        return control.offer(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + blockLength) > 0;
    }
}
