package io.lockstep.archive.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.Aeron;
import io.aeron.driver.MediaDriver;
import io.lockstep.archive.log.LogCursor;
import io.lockstep.codecs.protocol.ArchiveState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.agrona.CloseHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveAgentIT {
    private static final TestNetwork NETWORK = new TestNetwork(0);

    @TempDir
    private Path directory;

    private final List<String> errors = new ArrayList<>();
    private final List<Long> repaired = new ArrayList<>();
    private final List<Long> stalled = new ArrayList<>();
    private final ArchiveListener listener = new ArchiveListener() {
        @Override
        public void onError(final String message) {
            errors.add(message);
        }

        @Override
        public void onRepaired(final long epoch, final long endPosition) {
            repaired.add(epoch);
        }

        @Override
        public void onStalled(final long epoch, final long recordedPosition, final long streamPosition) {
            stalled.add(epoch);
        }
    };
    private MediaDriver driver;
    private Aeron aeron;
    private AckLog control;
    private TestSequencer sequencer;
    private final List<TestArchive> archives = new ArrayList<>();

    @BeforeEach
    void launch() {
        driver = TestNetwork.driver();
        aeron = Aeron.connect(new Aeron.Context().aeronDirectoryName(driver.aeronDirectoryName()));
        control = new AckLog(aeron, NETWORK);
        sequencer = new TestSequencer(aeron, NETWORK.sequenced(), TestNetwork.SEQUENCED_STREAM);
    }

    @AfterEach
    void close() {
        CloseHelper.closeAll(archives);
        CloseHelper.closeAll(aeron, driver);
    }

    @Test
    void acknowledgesWhatItRecordsOfEachEpochAndNeverMoreThanTheFileHolds() {
        final TestArchive archive = archive(1);
        openEpoch();
        sequencer.start(1, 0);
        publish(200, archive);
        awaitAcked(1, 1, sequencer.position());
        assertEquals(sequencer.sequence(), lastSequenceInFiles(archive));
        sequencer.end();
        final long end = sequencer.position();
        sequencer.close();

        openEpoch();
        sequencer.start(2, end);
        publish(300, archive);
        awaitAcked(1, 2, sequencer.position());

        assertEquals(sequencer.sequence(), lastSequenceInFiles(archive));
        assertTrue(
                control.acks().stream().allMatch(ack -> ack.epoch() == 1 ? ack.recorded() <= end : ack.epoch() == 2),
                () -> control.acks().toString());
        assertTrue(control.acks().stream().allMatch(ack -> ack.synced() == 0 && ack.state() == ArchiveState.RECORDING));
        assertEquals(List.of(), errors);
    }

    @Test
    void acknowledgesAtOnceThenWhenTheSpacingIsOverAndTheNewestInTheEnd() {
        final TestArchive archive = archive(1);
        openEpoch();
        sequencer.start(1, 0);
        awaitAcked(1, 1, sequencer.position());
        // From here on the agent's time stands still unless the test moves it.
        final long start = System.nanoTime() + ArchiveAgentContext.DEFAULT_ACK_SPACING_NS;

        sequencer.command(100);
        final long first = awaitRecordedAndRun(archive, start);
        assertEquals(first, archive.agent().acknowledgedPosition(), "at once");

        sequencer.commands(3, 100);
        final long last = awaitRecordedAndRun(archive, start + ArchiveAgentContext.DEFAULT_ACK_SPACING_NS - 1);
        assertEquals(first, archive.agent().acknowledgedPosition(), "not before the spacing is over");
        assertTrue(first < last);

        archive.agent().doWork(start + ArchiveAgentContext.DEFAULT_ACK_SPACING_NS);
        assertEquals(last, archive.agent().acknowledgedPosition(), "the newest in the end");
        Await.until("both acks and none between", control::poll, () -> control.has(1, 1, last));
        assertEquals(
                List.of(first, last),
                control.acks().stream().map(AckLog.Ack::recorded).filter(each -> each >= first).toList());
    }

    @Test
    void continuesAfterACrashInTheNextEpoch() {
        final TestArchive crashed = archive(1);
        openEpoch();
        sequencer.start(1, 0);
        publish(150, crashed);
        awaitAcked(1, 1, sequencer.position());
        final long end = sequencer.position();
        archives.remove(crashed);
        crashed.crash();
        sequencer.close();

        final TestArchive archive = archive(1);
        openEpoch();
        sequencer.start(2, end);
        publish(100, archive);

        awaitAcked(1, 2, sequencer.position());
        assertEquals(251 + 1, lastSequenceInFiles(archive));
    }

    @Test
    void truncatesWhatIsBeyondTheDeclaredEndBeforeItAcknowledgesTheNextEpoch() {
        final TestArchive archive = archive(1);
        openEpoch();
        sequencer.start(1, 0);
        publish(10, archive);
        final long end = sequencer.position();
        final long endSequence = sequencer.sequence();
        publish(5, archive);
        awaitAcked(1, 1, sequencer.position());
        sequencer.close();

        openEpoch();
        sequencer.start(2, 1, end, endSequence);
        publish(20, archive);
        awaitAcked(1, 2, sequencer.position());

        assertEquals(List.of(1L), repaired);
        assertEquals(sequencer.sequence(), lastSequenceInFiles(archive));
    }

    @Test
    void fetchesWhatItMissedOfAnEndedEpochFromAPeer() {
        final TestArchive whole = archive(1);
        final TestArchive crashed = archive(2);
        openEpoch();
        sequencer.start(1, 0);
        publish(50, whole, crashed);
        awaitAcked(2, 1, sequencer.position());
        archives.remove(crashed);
        crashed.crash();
        publish(400, whole);
        awaitAcked(1, 1, sequencer.position());
        final long end = sequencer.position();
        sequencer.close();

        final TestArchive shorter = archive(2);
        openEpoch();
        sequencer.start(2, end);
        publish(30, whole, shorter);

        awaitAcked(2, 2, sequencer.position());
        assertTrue(repaired.contains(1L));
        assertEquals(sequencer.sequence(), lastSequenceInFiles(shorter));
    }

    @Test
    void fetchesAWholeEpochThatItNeverSaw() {
        final TestArchive whole = archive(1);
        openEpoch();
        sequencer.start(1, 0);
        publish(300, whole);
        awaitAcked(1, 1, sequencer.position());
        final long end = sequencer.position();
        sequencer.end();
        final long ended = sequencer.position();
        awaitAcked(1, 1, ended);
        sequencer.close();
        assertTrue(end < ended);

        final TestArchive fresh = archive(2);
        openEpoch();
        sequencer.start(2, ended);
        publish(30, whole, fresh);

        awaitAcked(2, 2, sequencer.position());
        assertEquals(sequencer.sequence(), lastSequenceInFiles(fresh));
    }

    @Test
    void answersASealWithItsLastWholeEntryAndAcknowledgesTheEpochNoMore() {
        final TestArchive archive = archive(1);
        openEpoch();
        sequencer.start(1, 0);
        publish(40, archive);
        awaitAcked(1, 1, sequencer.position());
        final long position = sequencer.position();

        awaitSealed(1, 99);
        final int acks = control.acks().size();
        sequencer.commands(20, 100);
        final AckLog.Sealed second = awaitSealed(1, 100);

        final AckLog.Sealed first = control.answers().get(0);
        assertEquals(new AckLog.Sealed(1, 99, 1, 1_000, position, 41, TestEntries.timeNs(41)), first);
        assertEquals(position, second.recorded(), "what came after the seal counts no more");
        assertEquals(acks, control.acks().size(), "no ack of a sealed epoch");

        sequencer.close();
        openEpoch();
        sequencer.start(2, 1, position, 41);
        publish(10, archive);
        awaitAcked(1, 2, sequencer.position());
        assertEquals(sequencer.sequence(), lastSequenceInFiles(archive));
    }

    @Test
    void anEmptyArchiveAnswersASealWithNothing() {
        archive(1);

        assertEquals(new AckLog.Sealed(1, 5, 0, 0, 0, 0, 0), awaitSealed(Long.MAX_VALUE, 5));
    }

    @Test
    void leavesTheQuorumOnceWhenTheRecordingCannotProceed() {
        final TestArchive archive = archive(1);
        openEpoch();
        sequencer.start(1, 0);
        publish(10, archive);
        awaitAcked(1, 1, sequencer.position());
        // The next segment's file is in the way as a directory, so the roll-over fails.
        assertTrue(archive.directory().resolve("0-131072.rec").toFile().mkdir());
        await("stalled", () -> {
            sequencer.tryCommand(1_000);
            return !stalled.isEmpty();
        });
        await("said so", () -> control.acks().get(control.acks().size() - 1).state() == ArchiveState.STALLED);

        final AckLog.Ack last = control.acks().get(control.acks().size() - 1);
        assertTrue(last.recorded() <= 131_072, last::toString);
        assertEquals(List.of(1L), stalled);
        assertEquals(1, archive.agent().stallCount());
        assertFalse(errors.isEmpty());
    }

    private TestArchive archive(final int id) {
        final List<ArchivePeer> peers = List.of(TestArchive.peer(NETWORK, id == 1 ? 2 : 1));
        final TestArchive archive = new TestArchive(NETWORK, directory.resolve("archive-" + id), id, peers, listener);
        archives.add(archive);
        archive.awaitSubscribed();
        return archive;
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

    private void publish(final int count, final TestArchive... recording) {
        for (int i = 0; i < count; i++) {
            await("room", () -> tryPublish(100));
        }
        assertTrue(archives.containsAll(List.of(recording)));
    }

    /** Publishes one command unless that is too far ahead of an archive, as a sequencer would wait for the commit. */
    private boolean tryPublish(final int bodyLength) {
        for (final TestArchive archive : archives) {
            final boolean isFollowed = archive.agent().acknowledgedEpoch() == sequencer.epoch();
            if (isFollowed && sequencer.position() - archive.agent().acknowledgedPosition() > 8 * 1024) {
                return false;
            }
        }
        return sequencer.tryCommand(bodyLength);
    }

    /** Waits until the archive has recorded everything, and lets the agent see it at a time. */
    private long awaitRecordedAndRun(final TestArchive archive, final long nowNs) {
        final long position = sequencer.position();
        Await.until("recorded up to " + position, () -> archive.counters().recordedPosition(0) == position);
        archive.agent().doWork(nowNs);
        return position;
    }

    private void awaitAcked(final int archiveId, final long epoch, final long position) {
        await("ack of " + archiveId + " epoch " + epoch + " at " + position + ", errors " + errors, () -> control.has(
                archiveId, epoch, position));
    }

    /** Asks again and again, as a candidate does, since nobody promises that a question arrives. */
    private AckLog.Sealed awaitSealed(final long epoch, final long candidate) {
        final long[] askNs = {System.nanoTime()};
        await("answer to " + candidate, () -> {
            if (System.nanoTime() - askNs[0] >= 0) {
                askNs[0] = System.nanoTime() + 100_000_000L;
                control.seal(epoch, candidate);
            }
            return control.answers().stream().anyMatch(answer -> answer.candidate() == candidate);
        });
        return control.answers().stream()
                .filter(answer -> answer.candidate() == candidate)
                .findFirst()
                .orElseThrow();
    }

    private void await(final String what, final BooleanSupplier condition) {
        Await.until(
                what,
                () -> {
                    archives.forEach(TestArchive::run);
                    control.poll();
                },
                condition);
    }

    private static long lastSequenceInFiles(final TestArchive archive) {
        try (LogCursor cursor = LogCursor.open(archive.directory(), archive.counters())) {
            int result = cursor.next();
            while (result == LogCursor.ENTRY) {
                result = cursor.next();
            }
            assertEquals(LogCursor.END, result, () -> String.valueOf(cursor.fault()));
            return cursor.sequence();
        }
    }
}
