package io.lockstep.core.sequencer;

import io.lockstep.codecs.protocol.CloseReason;
import io.lockstep.codecs.protocol.EpochEndEncoder;
import io.lockstep.codecs.protocol.EpochEndReason;
import io.lockstep.codecs.protocol.EpochStartEncoder;
import io.lockstep.codecs.protocol.MessageHeaderEncoder;
import io.lockstep.codecs.protocol.SessionClosedEncoder;
import io.lockstep.codecs.protocol.SessionOpenedEncoder;
import io.lockstep.codecs.protocol.TickEncoder;
import io.lockstep.core.epoch.ArchiveSet;
import io.lockstep.core.epoch.LogEnd;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

/** Writes the bodies of the sequencer's own entries into one scratch buffer; each write overwrites the one before. */
final class EntryBodies {
    private final MutableDirectBuffer buffer = new ExpandableArrayBuffer(256);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final EpochStartEncoder epochStart = new EpochStartEncoder();
    private final EpochEndEncoder epochEnd = new EpochEndEncoder();
    private final TickEncoder tick = new TickEncoder();
    private final SessionOpenedEncoder sessionOpened = new SessionOpenedEncoder();
    private final SessionClosedEncoder sessionClosed = new SessionClosedEncoder();

    MutableDirectBuffer buffer() {
        return buffer;
    }

    /** Returns the length of the body in bytes, as do the others. */
    int epochStart(final SequencerConfiguration configuration, final LogEnd previous) {
        final ArchiveSet archiveSet = configuration.archives();
        epochStart
                .wrapAndApplyHeader(buffer, 0, header)
                .ownerIncarnation(configuration.incarnation())
                .previousEpoch(previous.epoch())
                .previousEndPosition(previous.position())
                .previousEndSequence(previous.sequence())
                .ownerNodeId(configuration.nodeId())
                .protocolVersion(SequencerConfiguration.PROTOCOL_VERSION)
                .logicVersion(configuration.logicVersion());
        final EpochStartEncoder.ArchivesEncoder archives = epochStart.archivesCount(archiveSet.size());
        for (int i = 0; i < archiveSet.size(); i++) {
            archives.next().archiveId(archiveSet.id(i));
        }
        return MessageHeaderEncoder.ENCODED_LENGTH + epochStart.encodedLength();
    }

    int epochEnd(final EpochEndReason reason) {
        epochEnd.wrapAndApplyHeader(buffer, 0, header).reason(reason);
        return MessageHeaderEncoder.ENCODED_LENGTH + epochEnd.encodedLength();
    }

    int tick(final long commitPosition) {
        tick.wrapAndApplyHeader(buffer, 0, header).commitPosition(commitPosition);
        return MessageHeaderEncoder.ENCODED_LENGTH + tick.encodedLength();
    }

    int sessionOpened(final long gatewayIncarnation, final long requestId, final long clientId) {
        sessionOpened
                .wrapAndApplyHeader(buffer, 0, header)
                .gatewayIncarnation(gatewayIncarnation)
                .requestId(requestId)
                .clientId(clientId);
        return MessageHeaderEncoder.ENCODED_LENGTH + sessionOpened.encodedLength();
    }

    int sessionClosed(final long clientId, final CloseReason reason) {
        sessionClosed.wrapAndApplyHeader(buffer, 0, header).clientId(clientId).reason(reason);
        return MessageHeaderEncoder.ENCODED_LENGTH + sessionClosed.encodedLength();
    }
}
