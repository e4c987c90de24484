package io.lockstep.archive.log;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.aeron.Aeron;
import io.aeron.CommonContext;
import io.aeron.ExclusivePublication;
import io.aeron.Publication;
import io.aeron.archive.Archive;
import io.aeron.archive.ArchiveThreadingMode;
import io.aeron.archive.ArchivingMediaDriver;
import io.aeron.archive.client.AeronArchive;
import io.aeron.archive.codecs.SourceLocation;
import io.aeron.archive.status.RecordingPos;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.lockstep.codecs.EntryFrame;
import io.lockstep.codecs.protocol.EntryKind;
import io.lockstep.codecs.protocol.EpochStartEncoder;
import io.lockstep.codecs.protocol.MessageHeaderEncoder;
import io.lockstep.codecs.protocol.SequencedEntryEncoder;
import io.lockstep.codecs.protocol.TickEncoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersReader;

/**
 * A real archive that records valid entries of one epoch after another from exclusive IPC publications, for tests of
 * what reads its files. One thread.
 *
 * <pre>{@code
 * try (RecordedLog log = RecordedLog.launch(directory, 64 * 1024, 128 * 1024)) {
 *     log.startEpoch();
 *     log.command(64);
 *     log.awaitRecorded();
 * }
 * }</pre>
 */
public final class RecordedLog implements AutoCloseable {
    public static final int STREAM_ID = 710;
    public static final int CLUSTER_ID = 7;
    private static final long FIRST_TIME_NS = 1_700_000_000_000_000_000L;
    private static final long DEADLINE_NS = TimeUnit.SECONDS.toNanos(20);

    /**
     * What was published, to compare with what is read.
     *
     * @param epoch of the entry
     * @param sequence of the entry
     * @param timeNs of the entry
     * @param kind of the entry
     * @param recordingId it was recorded in
     * @param startPosition of its first frame
     * @param endPosition after its last frame
     * @param length in bytes
     * @param crc32c its checksum
     * @param isVoid whether it lies beyond the end its epoch was declared to have
     */
    public record Published(
            long epoch,
            long sequence,
            long timeNs,
            int kind,
            long recordingId,
            long startPosition,
            long endPosition,
            int length,
            int crc32c,
            boolean isVoid) {}

    private final ArchivingMediaDriver driver;
    private final AeronArchive archive;
    private final Aeron aeron;
    private final Path directory;
    private final int termLength;
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[EntryFrame.MAX_LENGTH]);
    private final UnsafeBuffer body = new UnsafeBuffer(new byte[EntryFrame.MAX_BODY_LENGTH]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final SequencedEntryEncoder entry = new SequencedEntryEncoder();
    private final List<Published> published = new ArrayList<>();
    private ExclusivePublication publication;
    private long recordingId = Aeron.NULL_VALUE;
    private long epoch;
    private long sequence;
    private long timeNs = FIRST_TIME_NS;
    private long endPosition;
    private long endSequence;
    private boolean ended;

    private RecordedLog(final Path directory, final int termLength, final int segmentLength) {
        this.directory = directory;
        this.termLength = termLength;
        final String aeronDirectory = CommonContext.generateRandomDirName();
        driver = ArchivingMediaDriver.launch(
                new MediaDriver.Context()
                        .aeronDirectoryName(aeronDirectory)
                        .threadingMode(ThreadingMode.SHARED)
                        .termBufferSparseFile(true)
                        .publicationLingerTimeoutNs(TimeUnit.MILLISECONDS.toNanos(100))
                        .timerIntervalNs(TimeUnit.MILLISECONDS.toNanos(50))
                        .dirDeleteOnStart(true)
                        .dirDeleteOnShutdown(true),
                new Archive.Context()
                        .aeronDirectoryName(aeronDirectory)
                        .archiveDir(directory.toFile())
                        .segmentFileLength(segmentLength)
                        .threadingMode(ArchiveThreadingMode.SHARED)
                        .controlChannelEnabled(false)
                        .localControlChannel("aeron:ipc?term-length=64k")
                        .archiveClientContext(
                                new AeronArchive.Context().controlResponseChannel("aeron:udp?endpoint=localhost:0"))
                        .replicationChannel("aeron:udp?endpoint=localhost:0"));
        archive = AeronArchive.connect(new AeronArchive.Context()
                .aeronDirectoryName(aeronDirectory)
                .controlRequestChannel("aeron:ipc?term-length=64k")
                .controlResponseChannel("aeron:ipc?term-length=64k"));
        aeron = archive.context().aeron();
    }

    /** Starts a driver and an archive over a directory, which may hold an earlier log. */
    public static RecordedLog launch(final Path directory, final int termLength, final int segmentLength) {
        return new RecordedLog(directory, termLength, segmentLength);
    }

    /** Goes on with an earlier log, whose last epoch ended so. */
    public void goOn(final long lastEpoch, final long lastPosition, final long lastSequence, final long lastTimeNs) {
        epoch = lastEpoch;
        sequence = lastSequence;
        timeNs = lastTimeNs;
        endPosition = lastPosition;
        endSequence = lastSequence;
        ended = true;
    }

    public Path directory() {
        return directory;
    }

    /** Ends the present epoch where it stands, if it has not been ended, and starts the next. */
    public void startEpoch() {
        endHere();
        startEpoch(epoch + 1, epoch, endPosition, endSequence);
    }

    /** Starts an epoch that follows what the caller says. */
    public void startEpoch(
            final long newEpoch, final long previousEpoch, final long previousPosition, final long previousSequence) {
        stopEpoch();
        openPublication();
        epoch = newEpoch;
        sequence = previousSequence;
        ended = false;
        final EpochStartEncoder start = new EpochStartEncoder()
                .wrapAndApplyHeader(body, 0, header)
                .ownerIncarnation(0x5EED_0000L + newEpoch)
                .previousEpoch(previousEpoch)
                .previousEndPosition(previousPosition)
                .previousEndSequence(previousSequence)
                .ownerNodeId(1)
                .protocolVersion(1)
                .logicVersion(1);
        start.archivesCount(1).next().archiveId(1);
        publish(EntryKind.EPOCH_START, 0, MessageHeaderEncoder.ENCODED_LENGTH + start.encodedLength());
    }

    /** Opens a publication and its recording without an entry, as an epoch has it before its start. */
    public void openPublication() {
        final String channel = "aeron:ipc?term-length=" + termLength;
        publication = aeron.addExclusivePublication(channel, STREAM_ID);
        archive.startRecording(
                channel + "|session-id=" + publication.sessionId(), STREAM_ID, SourceLocation.LOCAL, true);
        await(publication::isConnected);
        final CountersReader counters = aeron.countersReader();
        await(() -> RecordingPos.findCounterIdBySession(counters, publication.sessionId(), archive.archiveId())
                != CountersReader.NULL_COUNTER_ID);
        recordingId = RecordingPos.getRecordingId(
                counters,
                RecordingPos.findCounterIdBySession(counters, publication.sessionId(), archive.archiveId()));
    }

    /** What is published in this epoch from now on lies beyond the end that the next one will declare. */
    public void endHere() {
        if (!ended && publication != null) {
            endPosition = publication.position();
            endSequence = sequence;
            ended = true;
        }
    }

    /** Closes the publication of the present epoch and waits until its recording has stopped. */
    public void stopEpoch() {
        if (publication != null) {
            endHere();
            awaitRecorded();
            publication.close();
            publication = null;
            await(() -> archive.getStopPosition(recordingId) != AeronArchive.NULL_POSITION);
        }
    }

    /** Publishes a command with a body of so many bytes, none of them zero. */
    public void command(final int bodyLength) {
        for (int i = 0; i < bodyLength; i++) {
            body.putByte(i, (byte) (1 + (sequence * 31 + i) % 255));
        }
        publish(EntryKind.COMMAND, 1, bodyLength);
    }

    /** Publishes a command with that body. */
    public void command(final byte[] bytes) {
        body.putBytes(0, bytes);
        publish(EntryKind.COMMAND, 1, bytes.length);
    }

    /** Publishes a tick. */
    public void tick() {
        final TickEncoder tick = new TickEncoder().wrapAndApplyHeader(body, 0, header);
        tick.commitPosition(publication.position());
        publish(EntryKind.TICK, 0, MessageHeaderEncoder.ENCODED_LENGTH + tick.encodedLength());
    }

    /** Publishes bytes that are no valid entry. */
    public void raw(final byte[] bytes) {
        offer(new UnsafeBuffer(bytes), bytes.length);
    }

    /** Waits until all that was published is recorded. */
    public void awaitRecorded() {
        final CountersReader counters = aeron.countersReader();
        final int counterId = RecordingPos.findCounterIdByRecording(counters, recordingId, archive.archiveId());
        await(() -> counters.getCounterValue(counterId) >= publication.position());
    }

    /** Everything published, in order, void entries among it. */
    public List<Published> published() {
        return published;
    }

    /** Entries of the log: what was published without the void ones. */
    public List<Published> entries() {
        return published.stream().filter(one -> !one.isVoid()).toList();
    }

    /** How far the archive has recorded what is active, by its counters. */
    public RecordedPositions positions() {
        final CountersReader counters = aeron.countersReader();
        return id -> {
            final int counterId = RecordingPos.findCounterIdByRecording(counters, id, archive.archiveId());
            return counterId == CountersReader.NULL_COUNTER_ID
                    ? Recording.UNKNOWN_POSITION
                    : counters.getCounterValue(counterId);
        };
    }

    public AeronArchive archive() {
        return archive;
    }

    public ExclusivePublication publication() {
        return publication;
    }

    public long recordingId() {
        return recordingId;
    }

    public long epoch() {
        return epoch;
    }

    public long sequence() {
        return sequence;
    }

    @Override
    public void close() {
        try {
            stopEpoch();
        } finally {
            CloseHelper.closeAll(archive, driver);
        }
    }

    private void publish(final EntryKind kind, final long session, final int bodyLength) {
        sequence++;
        timeNs += 1_000;
        entry.wrapAndApplyHeader(message, 0, header)
                .epoch(epoch)
                .sequence(sequence)
                .timeNs(timeNs)
                .sessionId(session)
                .incarnation(session)
                .clientSequence(session == 0 ? 0 : sequence)
                .clusterId(CLUSTER_ID)
                .kind(kind)
                .flags((short) 0)
                .reserved(0)
                .crc32c(0)
                .putBody(body, 0, bodyLength);
        final int length = EntryFrame.HEADER_LENGTH + bodyLength;
        EntryFrame.seal(message, 0, length);
        final long before = publication.position();
        final long after = offer(message, length);
        final long framed = framedLength(length);
        published.add(new Published(
                epoch, sequence, timeNs, kind.value(), recordingId, after - framed, after, length,
                message.getInt(EntryFrame.CRC_OFFSET, LITTLE_ENDIAN), ended));
        if (after - framed < before) {
            throw new IllegalStateException("framed=" + framed + " before=" + before + " after=" + after);
        }
    }

    private long framedLength(final int length) {
        final int most = publication.maxPayloadLength();
        final long last = length % most;
        return (length / most) * (most + 32L) + (last == 0 ? 0 : (last + 32 + 31) / 32 * 32);
    }

    private long offer(final UnsafeBuffer buffer, final int length) {
        final long[] result = new long[1];
        await(() -> {
            result[0] = publication.offer(buffer, 0, length);
            if (result[0] == Publication.CLOSED || result[0] == Publication.MAX_POSITION_EXCEEDED) {
                throw new IllegalStateException("offer: " + result[0]);
            }
            return result[0] > 0;
        });
        return result[0];
    }

    static void await(final BooleanSupplier condition) {
        final long deadline = System.nanoTime() + DEADLINE_NS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("not within the deadline");
            }
            LockSupport.parkNanos(20_000);
        }
    }
}
