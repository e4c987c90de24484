package io.lockstep.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.aeron.ExclusivePublication;
import io.aeron.Subscription;
import io.aeron.archive.Archive;
import io.aeron.archive.ArchiveThreadingMode;
import io.aeron.archive.client.AeronArchive;
import io.aeron.archive.codecs.SourceLocation;
import io.aeron.archive.status.RecordingPos;
import io.aeron.driver.ThreadingMode;
import io.aeron.logbuffer.FragmentHandler;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.CloseHelper;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.agrona.concurrent.status.CountersReader;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The layout for few cores: thread A invokes the driver and a client; thread B invokes two archives, each with a
 * client of its own; a further client has its own conductor thread. The archives record what the recording channels
 * name.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class ThreadsAndArchivesIT {
    private static final int MESSAGES = 5_000;
    private static final int LENGTH = 200;

    /** The replica's subscription is not tethered: on a busy machine it would be left behind. */
    private static final int MAX_AHEAD = 500;

    private static final int ARCHIVES = 2;

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(value = Medium.class, names = {"MULTICAST", "UNICAST", "IPC"})
    void oneThreadInvokesTheDriverWhileOthersRunClientsAndArchives(final Medium medium) throws InterruptedException {
        final AtomicBoolean isRunning = new AtomicBoolean(true);
        final AtomicReference<Throwable> failure = new AtomicReference<>();
        final AtomicReference<ExclusivePublication> published = new AtomicReference<>();
        final AtomicLong endPosition = new AtomicLong(-1);
        final AtomicBoolean isRecording = new AtomicBoolean();
        final AtomicInteger received = new AtomicInteger();
        try (TestSystem system = new TestSystem(medium)) {
            final TransportDriver driver =
                    system.launchDriver(new DriverContext().threadingMode(ThreadingMode.INVOKER));
            final Thread fused = new Thread(
                    () -> runFused(system, driver, published, endPosition, isRecording, received, isRunning, failure),
                    "fused");
            fused.start();
            final List<AutoCloseable> opened = new ArrayList<>();
            try {
                Await.until("publication", () -> published.get() != null || failure.get() != null);
                final Transport own = system.connect(driver, ClientThreading.OWN_THREAD);
                final Subscription replica = own.addSequencedSubscription();
                final List<Archive> archives = launchArchives(system, driver, opened);
                final CountersReader counters = own.aeron().countersReader();
                final int sessionId = published.get().sessionId();
                awaitRecordings(archives, counters, sessionId);
                isRecording.set(true);

                final FragmentHandler handler = (buffer, offset, length, header) ->
                        assertEquals(received.getAndIncrement(), buffer.getInt(offset));
                Await.until("everything received and recorded", () -> {
                    archives.forEach(archive -> archive.invoker().invoke());
                    replica.poll(handler, 64);
                    final boolean isDone =
                            received.get() == MESSAGES && isRecorded(counters, sessionId, endPosition.get());
                    return isDone || failure.get() != null;
                });
                assertNull(failure.get());
                assertEquals(MESSAGES, received.get());
            } finally {
                CloseHelper.closeAll(opened);
                isRunning.set(false);
                fused.join();
            }
        }
        assertNull(failure.get());
    }

    private static void runFused(
            final TestSystem system,
            final TransportDriver driver,
            final AtomicReference<ExclusivePublication> published,
            final AtomicLong endPosition,
            final AtomicBoolean isRecording,
            final AtomicInteger received,
            final AtomicBoolean isRunning,
            final AtomicReference<Throwable> failure) {
        try {
            final Transport transport = system.connect(driver, ClientThreading.INVOKER_WITH_DRIVER);
            final ExclusivePublication publication = transport.addSequencedPublication(1);
            published.set(publication);
            int next = 0;
            final IdleStrategy idle = new YieldingIdleStrategy();
            while (isRunning.get()) {
                int work = driver.invoker().invoke();
                work += transport.aeron().conductorAgentInvoker().invoke();
                if (next < MESSAGES && next - received.get() < MAX_AHEAD && isRecording.get()) {
                    final var message = TestSystem.message(LENGTH, 0);
                    message.putInt(0, next);
                    next += publication.offer(message) > 0 ? 1 : 0;
                }
                if (next == MESSAGES) {
                    endPosition.set(publication.position());
                }
                idle.idle(work);
            }
        } catch (final RuntimeException e) {
            failure.set(e);
        }
    }

    private List<Archive> launchArchives(
            final TestSystem system, final TransportDriver driver, final List<AutoCloseable> opened) {
        final List<Archive> archives = new ArrayList<>();
        final Channels channels = new Channels(system.context);
        for (int id = 1; id <= ARCHIVES; id++) {
            final ArchiveChannels names = channels.archive(id);
            final Archive.Context context = new Archive.Context()
                    .archiveId(id)
                    .aeronDirectoryName(driver.directory())
                    .archiveDir(directory.resolve("archive-" + id).toFile())
                    .threadingMode(ArchiveThreadingMode.INVOKER)
                    .segmentFileLength(32 * 1024 * 1024)
                    .controlChannelEnabled(names.control() != null)
                    .localControlChannel(names.localControl().uri())
                    .localControlStreamId(names.localControl().streamId())
                    .replicationChannel(names.replication())
                    .recordingEventsEnabled(false)
                    .archiveClientContext(new AeronArchive.Context()
                            .controlResponseChannel(names.controlResponse().uri()));
            if (names.control() != null) {
                context.controlChannel(names.control().uri()).controlStreamId(names.control().streamId());
            }
            final Archive archive = Archive.launch(context);
            opened.add(0, archive);
            archives.add(archive);
            final AeronArchive client = AeronArchive.connect(new AeronArchive.Context()
                    .aeronDirectoryName(driver.directory())
                    .agentInvoker(archive.invoker())
                    .controlRequestChannel(names.localControl().uri())
                    .controlRequestStreamId(names.localControl().streamId())
                    .controlResponseChannel(names.localControl().uri())
                    .controlResponseStreamId(1_500 + id));
            opened.add(0, client);
            for (final RecordingChannel recording : channels.sequencedRecordingChannels(id)) {
                client.startRecording(
                        recording.uri(),
                        recording.streamId(),
                        recording.isLocal() ? SourceLocation.LOCAL : SourceLocation.REMOTE);
            }
        }
        return archives;
    }

    private static void awaitRecordings(
            final List<Archive> archives, final CountersReader counters, final int sessionId) {
        for (final Archive archive : archives) {
            Await.until("recording at archive " + archive.context().archiveId(), () -> {
                archives.forEach(each -> each.invoker().invoke());
                return counterId(counters, sessionId, archive) != CountersReader.NULL_COUNTER_ID;
            });
        }
    }

    private static int counterId(final CountersReader counters, final int sessionId, final Archive archive) {
        return RecordingPos.findCounterIdBySession(counters, sessionId, archive.context().archiveId());
    }

    private static boolean isRecorded(final CountersReader counters, final int sessionId, final long endPosition) {
        for (int id = 1; id <= ARCHIVES; id++) {
            final int counterId = RecordingPos.findCounterIdBySession(counters, sessionId, id);
            if (counterId == CountersReader.NULL_COUNTER_ID || counters.getCounterValue(counterId) != endPosition) {
                return false;
            }
        }
        return true;
    }
}
