package io.lockstep.archive.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.Aeron;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ext.DebugReceiveChannelEndpoint;
import io.aeron.driver.ext.RandomLossGenerator;
import io.lockstep.archive.record.ArchiveAgent;
import io.lockstep.archive.record.ArchiveListener;
import io.lockstep.archive.record.Await;
import io.lockstep.archive.record.TestArchive;
import io.lockstep.archive.record.TestEntries;
import io.lockstep.archive.record.TestNetwork;
import io.lockstep.archive.record.TestSequencer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.agrona.CloseHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogReaderIT {
    private static final TestNetwork NETWORK = new TestNetwork(1);

    @TempDir
    private Path directory;

    private final List<TestArchive> archives = new ArrayList<>();
    private final List<ReadLog> readers = new ArrayList<>();
    private final List<AutoCloseable> closeables = new ArrayList<>();
    private MediaDriver driver;
    private Aeron aeron;
    private TestSequencer sequencer;

    @BeforeEach
    void launch() {
        driver = TestNetwork.driver();
        aeron = Aeron.connect(new Aeron.Context().aeronDirectoryName(driver.aeronDirectoryName()));
        sequencer = new TestSequencer(aeron, NETWORK.sequenced(), TestNetwork.SEQUENCED_STREAM);
    }

    @AfterEach
    void close() {
        CloseHelper.closeAll(archives);
        CloseHelper.closeAll(closeables);
        CloseHelper.closeAll(aeron, driver);
    }

    @Test
    void aColdStartIsReadLiveWithoutAnyHistory() {
        archive(1);
        final ReadLog reader = reader(1, 1);
        reader.reader().startFromSequence(1);
        openEpoch();
        await("reader connected", reader::hasImage);
        sequencer.start(1, 0);
        publish(500, 100);

        await("read", () -> reader.last == sequencer.sequence());
        assertEquals(1, reader.first);
        assertEquals(sequencer.position(), reader.endPosition);
        assertEquals(List.of(), reader.errors);
        assertEquals(LogReader.State.LIVE, reader.reader().state());
    }

    @Test
    void readsAcrossEpochsFromTheBeginningTheMiddleAndATimeAndGoesOnLive() {
        archive(1);
        for (int epoch = 1; epoch <= 3; epoch++) {
            final long end = epoch == 1 ? 0 : sequencer.position();
            if (epoch > 1) {
                awaitRecorded(1, epoch - 1);
                sequencer.close();
            }
            openEpoch();
            sequencer.start(epoch, end);
            publish(300, 100);
            publish(3, 5_000);
        }
        awaitRecorded(1, 3);

        final ReadLog fromStart = reader(1, 1);
        fromStart.reader().startFromSequence(1);
        final ReadLog fromMiddle = reader(2, 1);
        fromMiddle.reader().startFromSequence(400);
        final ReadLog fromTime = reader(3, 1);
        fromTime.reader().startFromTime(TestEntries.timeNs(500) - 1);
        await("history", () -> readers.stream().allMatch(each -> each.last == sequencer.sequence()));
        publish(200, 100);
        awaitLive();

        assertEquals(List.of(1L, 2L, 3L), fromStart.epochs);
        assertEquals(1, fromStart.first);
        assertEquals(400, fromMiddle.first);
        assertEquals(500, fromTime.first);
        readers.forEach(each -> assertEquals(sequencer.position(), each.endPosition));
        readers.forEach(each -> assertEquals(List.of(), each.errors, each::toString));
    }

    @Test
    void joinsLateUnderLossWhileThePublisherRuns() {
        archive(1);
        final long seed = Long.getLong("seed", 20_261);
        final MediaDriver lossy = TestNetwork.driver((channel, dispatcher, status, context) ->
                new DebugReceiveChannelEndpoint(
                        channel,
                        dispatcher,
                        status,
                        context,
                        new RandomLossGenerator(0.05, seed),
                        new RandomLossGenerator(0.05, ~seed)));
        closeables.add(lossy);
        final Aeron client = Aeron.connect(new Aeron.Context().aeronDirectoryName(lossy.aeronDirectoryName()));
        closeables.add(0, client);
        openEpoch();
        sequencer.start(1, 0);
        publish(2_000, 100);

        final ReadLog reader = new ReadLog(client, NETWORK, 1, true, 1);
        readers.add(reader);
        reader.reader().startFromSequence(1);
        final int[] left = {30_000};
        await("joined under loss, seed " + seed, () -> {
            for (int i = 0; i < 20 && left[0] > 0 && tryPublish(100); i++) {
                left[0]--;
            }
            return left[0] == 0 && reader.last == sequencer.sequence();
        });
        awaitLive();

        assertEquals(1, reader.first);
    }

    @Test
    void aSlowReaderFallsOutOfItsImageAndComesBack() {
        archive(1);
        // A driver of its own, so that its full window holds nobody else back.
        final MediaDriver own = TestNetwork.driver();
        closeables.add(own);
        final Aeron client = Aeron.connect(new Aeron.Context().aeronDirectoryName(own.aeronDirectoryName()));
        closeables.add(0, client);
        final ReadLog reader = new ReadLog(client, NETWORK, 1, true, 1);
        readers.add(reader);
        reader.reader().startFromSequence(1);
        openEpoch();
        await("connected", reader::hasImage);
        sequencer.start(1, 0);
        publish(10, 100);
        await("live", () -> reader.last == 11 && reader.liveCount == 1);
        await("lines to servers closed", () -> !reader.isConnectedToServers());

        reader.isFull = true;
        final long deadlineNs = System.nanoTime() + 2_500_000_000L;
        await("fallen out", () -> {
            tryPublish(100);
            return System.nanoTime() - deadlineNs > 0;
        });
        reader.isFull = false;
        reader.refuseEach = 7;
        await("back", () -> reader.last == sequencer.sequence());
        awaitLive();

        assertTrue(reader.fetchingCount > 1, reader::toString);
        assertEquals(List.of(), reader.errors, reader::toString);
        await("lines to servers closed again", () -> !reader.isConnectedToServers());
    }

    @Test
    void asksTheNextArchiveWhereOneIsClosedAndOneIsDamaged() throws IOException {
        final TestArchive damaged = archive(1);
        archive(2);
        openEpoch();
        sequencer.start(1, 0);
        publish(200, 100);
        awaitRecorded(1, 1);
        awaitRecorded(2, 1);
        flip(damaged.directory().resolve("0-0.rec"), 10_000);

        // Archive 3 was never there.
        final ReadLog reader = reader(1, 3, 1, 2);
        reader.reader().startFromSequence(1);
        await("read", () -> reader.last == sequencer.sequence());

        assertTrue(reader.errors.contains(LogReaderListener.SERVER_CORRUPT), reader::toString);
        assertEquals(0, reader.reader().wrongCount());
    }

    @Test
    void asksTheNextArchiveWhereOneHoldsLessThanIsKnownToExist() {
        final TestArchive behind = archive(1);
        archive(2);
        openEpoch();
        sequencer.start(1, 0);
        publish(100, 100);
        awaitRecorded(1, 1);
        awaitRecorded(2, 1);
        behind.close();
        archives.remove(behind);
        publish(100, 100);
        await("recorded", () -> archives.get(0).agent().acknowledgedPosition() == sequencer.position());
        sequencer.close();
        archive(1);

        final ReadLog contentWithLess = reader(1, 1, 2);
        contentWithLess.reader().startFromSequence(1);
        final ReadLog knowing = reader(2, 1, 2);
        knowing.reader().startFromSequence(1, sequencer.sequence());
        await("read", () -> knowing.last == sequencer.sequence() && contentWithLess.last >= 101);

        assertEquals(101, contentWithLess.last);
        assertEquals(List.of(), knowing.errors);
    }

    @Test
    void reportsAndGoesOnTryingWhereAllArchivesFail() {
        sequencer.open();
        final ReadLog reader = reader(1, 1, 2);
        reader.reader().startFromSequence(50);

        await("reported", () -> reader.errors.size() >= 2);
        assertTrue(reader.errors.stream().allMatch(code -> code == LogReaderListener.ALL_SERVERS_FAILED));

        archive(1);
        awaitRecording();
        sequencer.start(1, 0);
        publish(100, 100);
        await("read after all", () -> reader.last == sequencer.sequence());
        assertEquals(50, reader.first);
    }

    @Test
    void fromLiveOnNothingOlderIsGivenAndNothingIsMissedAfterwards() {
        archive(1);
        openEpoch();
        sequencer.start(1, 0);
        publish(100, 100);
        final ReadLog reader = reader(1, 1);
        reader.reader().startFromLive();
        await("joined", () -> {
            tryPublish(100);
            return reader.first > 0;
        });
        assertTrue(reader.first > 100, reader::toString);
        final long end = sequencer.position();
        awaitRecorded(1, 1);
        sequencer.close();
        openEpoch();
        sequencer.start(2, end);
        publish(100, 100);

        await("second epoch", () -> reader.last == sequencer.sequence());
        assertEquals(List.of(1L, 2L), reader.epochs);
    }

    @Test
    void saysWhenWhatItGaveIsVoidAndDropsWhatAZombieGoesOnSending() {
        archive(1);
        final ReadLog reader = reader(1, 1);
        reader.reader().startFromSequence(1);
        openEpoch();
        await("connected", reader::hasImage);
        sequencer.start(1, 0);
        publish(10, 100);
        final long end = sequencer.position();
        final TestSequencer successor =
                new TestSequencer(aeron, NETWORK.sequenced(), TestNetwork.SEQUENCED_STREAM);
        await("first epoch", () -> reader.last == 11);
        successor.open();
        await("successor recorded", () -> archives.get(0).isRecording(successor.publication().sessionId()));
        successor.start(2, 1, end, 11);
        await("second epoch", () -> reader.last == 12);
        publish(3, 100);
        await("zombie", () -> reader.reader().zombieCount() == 3);

        final TestSequencer third = new TestSequencer(aeron, NETWORK.sequenced(), TestNetwork.SEQUENCED_STREAM);
        final long secondEnd = successor.position();
        successor.commands(4, 100);
        await("four more", () -> reader.last == 16);
        third.open();
        await("third recorded", () -> archives.get(0).isRecording(third.publication().sessionId()));
        third.start(3, 2, secondEnd, 12);
        await("over-run", () -> reader.overRun >= 0);

        assertEquals(12, reader.overRun);
        assertEquals(LogReader.State.STOPPED, reader.reader().state());
        assertEquals(16, reader.last);
    }

    private ReadLog reader(final int number, final int... servers) {
        final ReadLog reader = new ReadLog(aeron, NETWORK, number, true, servers);
        readers.add(reader);
        return reader;
    }

    private TestArchive archive(final int id) {
        final TestArchive archive =
                new TestArchive(NETWORK, directory.resolve("archive-" + id), id, List.of(), ArchiveListener.SILENT);
        archives.add(archive);
        archive.awaitSubscribed();
        return archive;
    }

    /**
     * Publishes on until every reader has joined the stream, as ticks do: a silent stream cannot be told to be this
     * epoch's.
     */
    private void awaitLive() {
        await("live", () -> {
            tryPublish(100);
            return readers.stream().allMatch(each -> each.reader().state() == LogReader.State.LIVE);
        });
        await("level", () -> readers.stream().allMatch(each -> each.last == sequencer.sequence()));
    }

    private void awaitRecorded(final int archiveId, final long epoch) {
        final TestArchive archive = archives.get(archiveId - 1);
        await("epoch " + epoch + " recorded", () -> archive.agent().acknowledgedEpoch() == epoch
                && archive.agent().acknowledgedPosition() == sequencer.position());
    }

    /** Opens a publication and waits until every archive records it. */
    private void openEpoch() {
        sequencer.open();
        awaitRecording();
    }

    private void awaitRecording() {
        await("recording begun", () -> archives.stream()
                .allMatch(each -> each.isRecording(sequencer.publication().sessionId())));
    }

    private void publish(final int count, final int bodyLength) {
        for (int i = 0; i < count; i++) {
            await("room", () -> tryPublish(bodyLength));
        }
    }

    /** Publishes one command unless that is too far ahead of an archive, as a sequencer would wait for the commit. */
    private boolean tryPublish(final int bodyLength) {
        for (final TestArchive archive : archives) {
            final ArchiveAgent agent = archive.agent();
            final long acked = agent.acknowledgedEpoch() == sequencer.epoch() ? agent.acknowledgedPosition() : 0;
            if (sequencer.position() - acked > 8 * 1024) {
                return false;
            }
        }
        return sequencer.tryCommand(bodyLength);
    }

    private void await(final String what, final BooleanSupplier condition) {
        try {
            Await.until(
                    what,
                    () -> {
                        archives.forEach(TestArchive::run);
                        readers.forEach(ReadLog::run);
                    },
                    condition);
        } catch (final AssertionError e) {
            throw new AssertionError(e.getMessage() + ": published " + sequencer.sequence() + " read " + readers
                    + " served " + archives.stream().map(each -> each.server().servedCount()).toList()
                    + " acked " + archives.stream().map(each -> each.agent().acknowledgedPosition()).toList(), e);
        }
    }

    private static void flip(final Path file, final long offset) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(offset);
            final int old = bytes.read();
            bytes.seek(offset);
            bytes.write(old ^ 1);
        }
    }
}
