package io.lockstep.archive.record;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.lockstep.codecs.EntryFrame;
import io.lockstep.codecs.ProtocolCheck;
import io.lockstep.codecs.protocol.EntryKind;
import io.lockstep.codecs.protocol.EpochStartDecoder;
import io.lockstep.codecs.protocol.MessageHeaderDecoder;
import io.lockstep.codecs.protocol.SequencedEntryDecoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What the first entry of an epoch says.
 *
 * @param epoch that begins
 * @param sequence of the first entry
 * @param ownerIncarnation of the sequencer that owns the epoch
 * @param previousEpoch 0 at genesis
 * @param previousEndPosition bytes of the previous epoch that stand
 * @param previousEndSequence last sequence of the previous epoch
 */
record EpochHead(
        long epoch,
        long sequence,
        long ownerIncarnation,
        long previousEpoch,
        long previousEndPosition,
        long previousEndSequence) {

    private static final int FRAME_HEADER_LENGTH = 32;
    private static final int MAX_HEAD_LENGTH = 64 * 1024;

    /**
     * Reads the first entry of a recording that starts at position 0.
     *
     * @param directory of the archive
     * @param recordingId of the recording
     * @param clusterId the entry must name
     * @return null if the recording does not begin with an intact EPOCH_START of this cluster
     */
    static EpochHead read(final Path directory, final long recordingId, final int clusterId) {
        final Path file = directory.resolve(recordingId + "-0.rec");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            final ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(channel.size(), MAX_HEAD_LENGTH));
            int read = 0;
            while (bytes.hasRemaining() && read >= 0) {
                read = channel.read(bytes);
            }
            return of(new UnsafeBuffer(bytes.array(), 0, bytes.position()), clusterId);
        } catch (final NoSuchFileException e) {
            return null;
        } catch (final IOException e) {
            throw new IllegalStateException("cannot read " + file, e);
        }
    }

    private static EpochHead of(final DirectBuffer frame, final int clusterId) {
        final int frameLength = frame.capacity() >= FRAME_HEADER_LENGTH ? frame.getInt(0, LITTLE_ENDIAN) : 0;
        if (frameLength <= FRAME_HEADER_LENGTH || frameLength > frame.capacity()) {
            return null;
        }
        return decode(frame, FRAME_HEADER_LENGTH, frameLength - FRAME_HEADER_LENGTH, clusterId);
    }

    /** What an entry says if it is an intact EPOCH_START of the cluster; null otherwise. */
    static EpochHead decode(final DirectBuffer buffer, final int offset, final int length, final int clusterId) {
        if (ProtocolCheck.INSTANCE.check(buffer, offset, length) != SequencedEntryDecoder.TEMPLATE_ID
                || !EntryFrame.isIntact(buffer, offset, length)) {
            return null;
        }
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        final SequencedEntryDecoder entry = new SequencedEntryDecoder().wrapAndApplyHeader(buffer, offset, header);
        if (entry.kind() != EntryKind.EPOCH_START || entry.clusterId() != clusterId) {
            return null;
        }
        final int bodyOffset = entry.limit() + SequencedEntryDecoder.bodyHeaderLength();
        if (ProtocolCheck.INSTANCE.check(buffer, bodyOffset, entry.bodyLength()) != EpochStartDecoder.TEMPLATE_ID) {
            return null;
        }
        final EpochStartDecoder start = new EpochStartDecoder().wrapAndApplyHeader(buffer, bodyOffset, header);
        if (entry.sequence() != start.previousEndSequence() + 1 || entry.epoch() <= start.previousEpoch()) {
            return null;
        }
        return new EpochHead(
                entry.epoch(),
                entry.sequence(),
                start.ownerIncarnation(),
                start.previousEpoch(),
                start.previousEndPosition(),
                start.previousEndSequence());
    }
}
