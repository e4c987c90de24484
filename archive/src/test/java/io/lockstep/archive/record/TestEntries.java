package io.lockstep.archive.record;

import io.lockstep.codecs.EntryFrame;
import io.lockstep.codecs.protocol.EntryKind;
import io.lockstep.codecs.protocol.EpochEndEncoder;
import io.lockstep.codecs.protocol.EpochEndReason;
import io.lockstep.codecs.protocol.EpochStartEncoder;
import io.lockstep.codecs.protocol.MessageHeaderEncoder;
import io.lockstep.codecs.protocol.SequencedEntryEncoder;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/** Builds entries whose bytes follow from their epoch and sequence, so that a reader can tell a wrong one. */
public final class TestEntries {
    public static final int CLUSTER_ID = 7;

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final SequencedEntryEncoder entry = new SequencedEntryEncoder();
    private final EpochStartEncoder start = new EpochStartEncoder();
    private final EpochEndEncoder end = new EpochEndEncoder();
    private final ExpandableArrayBuffer body = new ExpandableArrayBuffer(256);
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(1024);
    private int length;

    public DirectBuffer buffer() {
        return buffer;
    }

    public int length() {
        return length;
    }

    public static long timeNs(final long sequence) {
        return 1_700_000_000_000_000_000L + sequence * 1_000;
    }

    public static byte bodyByte(final long epoch, final long sequence, final int index) {
        return (byte) (epoch * 131 + sequence * 31 + index * 7L);
    }

    public void epochStart(
            final long epoch,
            final long sequence,
            final long previousEpoch,
            final long previousEndPosition,
            final long previousEndSequence) {
        start.wrapAndApplyHeader(body, 0, header)
                .ownerIncarnation(epoch * 1_000)
                .previousEpoch(previousEpoch)
                .previousEndPosition(previousEndPosition)
                .previousEndSequence(previousEndSequence)
                .ownerNodeId(1)
                .protocolVersion(1)
                .logicVersion(1)
                .archivesCount(1)
                .next()
                .archiveId(1);
        entry(epoch, sequence, EntryKind.EPOCH_START, MessageHeaderEncoder.ENCODED_LENGTH + start.encodedLength());
    }

    public void epochEnd(final long epoch, final long sequence) {
        end.wrapAndApplyHeader(body, 0, header).reason(EpochEndReason.SHUTDOWN);
        entry(epoch, sequence, EntryKind.EPOCH_END, MessageHeaderEncoder.ENCODED_LENGTH + end.encodedLength());
    }

    public void command(final long epoch, final long sequence, final int bodyLength) {
        for (int i = 0; i < bodyLength; i++) {
            body.putByte(i, bodyByte(epoch, sequence, i));
        }
        entry(epoch, sequence, EntryKind.COMMAND, bodyLength);
    }

    private void entry(final long epoch, final long sequence, final EntryKind kind, final int bodyLength) {
        entry.wrapAndApplyHeader(buffer, 0, header)
                .epoch(epoch)
                .sequence(sequence)
                .timeNs(timeNs(sequence))
                .sessionId(0)
                .incarnation(0)
                .clientSequence(0)
                .clusterId(CLUSTER_ID)
                .kind(kind)
                .flags((short) 0)
                .reserved(0)
                .crc32c(0)
                .putBody(body, 0, bodyLength);
        length = EntryFrame.HEADER_LENGTH + bodyLength;
        EntryFrame.seal(buffer, 0, length);
    }
}
