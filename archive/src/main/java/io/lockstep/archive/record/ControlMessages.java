package io.lockstep.archive.record;

import io.aeron.Publication;
import io.lockstep.codecs.HotPath;
import io.lockstep.codecs.protocol.AckEncoder;
import io.lockstep.codecs.protocol.ArchiveState;
import io.lockstep.codecs.protocol.MessageHeaderEncoder;
import io.lockstep.codecs.protocol.SealedEncoder;
import org.agrona.concurrent.UnsafeBuffer;

/** Encodes what an archive agent says on the control stream, and offers it. Called by the agent's thread. */
@HotPath
final class ControlMessages {
    private static final int ACK_LENGTH = MessageHeaderEncoder.ENCODED_LENGTH + AckEncoder.BLOCK_LENGTH;
    private static final int SEALED_LENGTH = MessageHeaderEncoder.ENCODED_LENGTH + SealedEncoder.BLOCK_LENGTH;

    private final Publication publication;
    private final int clusterId;
    private final int archiveId;
    private final long incarnation;
    private final boolean isSynced;
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[Math.max(ACK_LENGTH, SEALED_LENGTH)]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final AckEncoder ack = new AckEncoder();
    private final SealedEncoder sealed = new SealedEncoder();

    ControlMessages(final ArchiveAgentContext context) {
        publication = context.controlPublication();
        clusterId = context.clusterId();
        archiveId = context.archiveId();
        incarnation = context.incarnation();
        isSynced = context.isSynced();
    }

    /** False if it could not be sent now. */
    boolean ack(final long epoch, final long recordedPosition, final ArchiveState state) {
        ack.wrapAndApplyHeader(buffer, 0, header)
                .clusterId(clusterId)
                .archiveId(archiveId)
                .archiveIncarnation(incarnation)
                .epoch(epoch)
                .recordedPosition(recordedPosition)
                .syncedPosition(isSynced ? recordedPosition : 0)
                .state(state);
        return publication.offer(buffer, 0, ACK_LENGTH) > 0;
    }

    /** False if it could not be sent now. */
    boolean sealed(final SealAnswer answer) {
        final HeldEpoch held = answer.held();
        sealed.wrapAndApplyHeader(buffer, 0, header)
                .clusterId(clusterId)
                .archiveId(archiveId)
                .archiveIncarnation(incarnation)
                .candidateIncarnation(answer.candidateIncarnation())
                .epoch(held == null ? 0 : held.epoch())
                .ownerIncarnation(held == null ? 0 : held.head().ownerIncarnation())
                .recordedPosition(answer.position())
                .lastSequence(answer.sequence())
                .lastTimeNs(answer.timeNs())
                .lastCrc32c(answer.crc32c() & 0xFFFF_FFFFL)
                .sealedEpoch(answer.sealedEpoch());
        return publication.offer(buffer, 0, SEALED_LENGTH) > 0;
    }
}
