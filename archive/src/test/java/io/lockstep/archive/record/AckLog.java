package io.lockstep.archive.record;

import io.aeron.Aeron;
import io.aeron.FragmentAssembler;
import io.aeron.Publication;
import io.aeron.Subscription;
import io.lockstep.codecs.ProtocolCheck;
import io.lockstep.codecs.protocol.AckDecoder;
import io.lockstep.codecs.protocol.ArchiveState;
import io.lockstep.codecs.protocol.MessageHeaderDecoder;
import io.lockstep.codecs.protocol.MessageHeaderEncoder;
import io.lockstep.codecs.protocol.SealEncoder;
import io.lockstep.codecs.protocol.SealedDecoder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** Hears what the archives say on the control stream, and asks them to seal. */
final class AckLog {
    record Ack(int archiveId, long epoch, long recorded, long synced, ArchiveState state) {}

    record Sealed(int archiveId, long candidate, long epoch, long owner, long recorded, long sequence, long timeNs) {}

    private final Subscription subscription;
    private final Publication publication;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final AckDecoder ack = new AckDecoder();
    private final SealedDecoder sealed = new SealedDecoder();
    private final List<Ack> acks = new ArrayList<>();
    private final List<Sealed> answers = new ArrayList<>();

    AckLog(final Aeron aeron, final TestNetwork network) {
        subscription = aeron.addSubscription(network.control(), TestNetwork.CONTROL_STREAM);
        publication = aeron.addPublication(network.control(), TestNetwork.CONTROL_STREAM);
    }

    void poll() {
        subscription.poll(
                new FragmentAssembler((buffer, offset, length, frame) -> {
                    final int template = ProtocolCheck.INSTANCE.check(buffer, offset, length);
                    if (template == AckDecoder.TEMPLATE_ID) {
                        ack.wrapAndApplyHeader(buffer, offset, header);
                        acks.add(new Ack(
                                ack.archiveId(),
                                ack.epoch(),
                                ack.recordedPosition(),
                                ack.syncedPosition(),
                                ack.state()));
                    } else if (template == SealedDecoder.TEMPLATE_ID) {
                        sealed.wrapAndApplyHeader(buffer, offset, header);
                        answers.add(new Sealed(
                                sealed.archiveId(),
                                sealed.candidateIncarnation(),
                                sealed.epoch(),
                                sealed.ownerIncarnation(),
                                sealed.recordedPosition(),
                                sealed.lastSequence(),
                                sealed.lastTimeNs()));
                    }
                }),
                100);
    }

    void seal(final long epoch, final long candidate) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[128]);
        new SealEncoder()
                .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .clusterId(TestEntries.CLUSTER_ID)
                .candidateNodeId(1)
                .candidateIncarnation(candidate)
                .epoch(epoch);
        Await.until(
                "seal sent",
                () -> publication.offer(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + SealEncoder.BLOCK_LENGTH) > 0);
    }

    List<Ack> acks() {
        return acks;
    }

    List<Sealed> answers() {
        return answers;
    }

    boolean has(final int archiveId, final long epoch, final long recorded) {
        return acks.stream()
                .anyMatch(each ->
                        each.archiveId() == archiveId && each.epoch() == epoch && each.recorded() == recorded);
    }
}
