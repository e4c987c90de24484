package io.lockstep.archive.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.archive.log.RecordedLog.Published;
import io.lockstep.archive.log.RecordingReport.Place;
import io.lockstep.codecs.EntryFrame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the verifier and the cursor say of logs whose recordings do not fit together. */
final class LogVerifierIT {
    private static final int TERM = 64 * 1024;

    @TempDir
    private Path directory;

    @Test
    void reportsEachRecording() {
        final List<Published> published;
        try (RecordedLog log = RecordedLog.launch(directory, TERM, TERM)) {
            log.startEpoch();
            log.command(5000);
            log.endHere();
            log.command(200);
            log.startEpoch();
            log.tick();
            published = log.published();
        }
        final List<VerifyProgress> told = new ArrayList<>();

        final VerifyReport report = LogVerifier.verify(directory, told::add);

        assertTrue(report.isOk(), report.faults().toString());
        assertEquals(4, report.entries());
        assertEquals(2, told.size());
        assertEquals(4, told.get(1).totalEntries());
        final long end = published.get(1).endPosition();
        final long stop = published.get(2).endPosition();
        assertEquals(
                new RecordingReport(0, Place.EPOCH, 1, 1, 2, 0, stop, end, 2, end, stop - end, null),
                report.recordings().get(0));
        final long secondEnd = published.get(4).endPosition();
        assertEquals(
                new RecordingReport(1, Place.EPOCH, 2, 3, 4, 0, secondEnd, secondEnd, 2, secondEnd, 0, null),
                report.recordings().get(1));
    }

    @Test
    void missesAnEpochThatNoRecordingHolds() {
        try (RecordedLog log = RecordedLog.launch(directory, TERM, TERM)) {
            log.startEpoch();
            log.command(10);
            log.stopEpoch();
            log.startEpoch(3, 2, 512, 7);
        }

        final Fault fault = LogVerifier.verify(directory, progress -> {}).faults().get(0);

        assertEquals(Fault.Kind.MISSING, fault.kind());
        assertEquals(1, fault.recordingId());
        assertEquals(8, fault.expectedSequence());
        try (LogCursor cursor = LogCursor.open(directory)) {
            assertEquals(LogCursor.CORRUPT, cursor.next());
            assertEquals(fault, cursor.fault());
            cursor.seekToSequence(8);
            assertEquals(LogCursor.ENTRY, cursor.next());
            assertEquals(3, cursor.entry().epoch());
        }
    }

    @Test
    void passesAnEpochThatDiedBeforeItsFirstEntry() {
        final List<Published> expected;
        try (RecordedLog log = RecordedLog.launch(directory, TERM, TERM)) {
            log.startEpoch();
            log.command(10);
            log.endHere();
            log.command(11);
            log.stopEpoch();
            log.openPublication();
            log.stopEpoch();
            log.startEpoch(3, 2, 0, 2);
            log.command(12);
            expected = log.entries();
        }

        final VerifyReport report = LogVerifier.verify(directory, progress -> {});

        assertTrue(report.isOk(), report.faults().toString());
        assertEquals(Place.EMPTY, report.recordings().get(1).place());
        assertEquals(expected.size(), report.entries());
        try (LogCursor cursor = LogCursor.open(directory)) {
            for (final Published one : expected) {
                assertEquals(LogCursor.ENTRY, cursor.next(), () -> String.valueOf(cursor.fault()));
                assertEquals(one.crc32c(), cursor.entry().crc32c());
            }
            assertEquals(LogCursor.END, cursor.next());
        }
    }

    @Test
    void findsARecordingShorterThanItsEpoch() {
        try (RecordedLog log = RecordedLog.launch(directory, TERM, TERM)) {
            log.startEpoch();
            log.command(10);
            log.stopEpoch();
            log.startEpoch(2, 1, 4096, 9);
        }

        final Fault fault = LogVerifier.verify(directory, progress -> {}).faults().get(0);

        assertEquals(Fault.Kind.MISSING, fault.kind());
        assertEquals(0, fault.recordingId());
        assertEquals(3, fault.expectedSequence());
        try (LogCursor cursor = LogCursor.open(directory)) {
            assertEquals(LogCursor.ENTRY, cursor.next());
            assertEquals(LogCursor.ENTRY, cursor.next());
            assertEquals(LogCursor.END, cursor.next());
            assertEquals(4096, cursor.declaredEnd());
            assertEquals(cursor.position(), cursor.recordedPosition());
        }
    }

    @Test
    void findsAnEndThatIsDeclaredWithAnotherSequence() {
        final long end;
        try (RecordedLog log = RecordedLog.launch(directory, TERM, TERM)) {
            log.startEpoch();
            log.command(10);
            log.awaitRecorded();
            end = log.publication().position();
            log.startEpoch(2, 1, end, 5);
        }

        final Fault fault = LogVerifier.verify(directory, progress -> {}).faults().get(0);

        assertEquals(Fault.Kind.DAMAGED, fault.kind());
        assertEquals(end, fault.position());
        try (LogCursor cursor = LogCursor.open(directory)) {
            assertEquals(LogCursor.ENTRY, cursor.next());
            assertEquals(LogCursor.ENTRY, cursor.next());
            assertEquals(LogCursor.CORRUPT, cursor.next());
            assertEquals(1, cursor.fault().recordingId());
        }
    }

    @Test
    void findsWhatIsNoEntry() {
        final long at;
        try (RecordedLog log = RecordedLog.launch(directory, TERM, TERM)) {
            log.startEpoch();
            log.awaitRecorded();
            at = log.publication().position();
            log.raw(new byte[100]);
            log.command(10);
        }

        final Fault fault = LogVerifier.verify(directory, progress -> {}).faults().get(0);

        assertEquals(at, fault.position());
        assertEquals(2, fault.expectedSequence());
    }

    @Test
    void checksAFragmentAndLeavesItOutOfTheChain() throws IOException {
        final List<Published> published;
        try (RecordedLog log = RecordedLog.launch(directory, TERM, TERM)) {
            log.startEpoch();
            for (int i = 0; i < 60; i++) {
                log.command(2500);
            }
            published = log.entries();
        }
        try (DamagedCopy copy = new DamagedCopy(directory, directory.resolve("copy"))) {
            // As if the archive had joined in the midst of an entry of the second term.
            final Published cut = published.stream()
                    .filter(one -> one.startPosition() > TERM)
                    .findFirst()
                    .orElseThrow();
            final long start = cut.startPosition() + 1408;
            copy.startAt(start);
            final VerifyReport report = LogVerifier.verify(copy.directory(), progress -> {});

            assertTrue(report.isOk(), report.faults().toString());
            assertEquals(Place.FRAGMENT, report.recordings().get(0).place());
            assertEquals(cut.sequence() + 1, report.recordings().get(0).firstSequence());
            assertEquals(61, report.recordings().get(0).lastSequence());
            assertEquals(0, report.entries());
            try (LogCursor cursor = LogCursor.open(copy.directory())) {
                assertEquals(LogCursor.END, cursor.next());
            }

            final Published damaged = published.get(55);
            copy.flip("0-" + damaged.startPosition() / TERM * TERM + ".rec", damaged.startPosition() % TERM + 40, 0);
            assertEquals(
                    damaged.sequence(),
                    LogVerifier.verify(copy.directory(), progress -> {}).faults().get(0).expectedSequence());
        }
    }

    @Test
    void goesOnWithALogOverARestartOfTheArchive() {
        final List<Published> expected = new ArrayList<>();
        try (RecordedLog log = RecordedLog.launch(directory, TERM, TERM)) {
            log.startEpoch();
            log.command(100);
            expected.addAll(log.entries());
        }
        final Published last = expected.get(expected.size() - 1);
        try (RecordedLog log = RecordedLog.launch(directory, TERM, TERM)) {
            log.goOn(1, last.endPosition(), last.sequence(), last.timeNs());
            log.startEpoch();
            log.command(200);
            expected.addAll(log.entries());
        }

        final VerifyReport report = LogVerifier.verify(directory, progress -> {});

        assertTrue(report.isOk(), report.faults().toString());
        assertEquals(4, report.entries());
    }

    @Test
    void readsTheLongestEntries() throws IOException {
        final int term = 16 * 1024 * 1024;
        final List<Published> expected;
        try (RecordedLog log = RecordedLog.launch(directory, term, term)) {
            log.startEpoch();
            for (int i = 0; i < 18; i++) {
                log.command(EntryFrame.MAX_BODY_LENGTH - i % 2);
            }
            expected = log.entries();
        }
        assertTrue(expected.get(expected.size() - 1).startPosition() >= term, "one term only");

        assertTrue(LogVerifier.verify(directory, progress -> {}).isOk());
        final Published damaged = expected.get(16);
        try (DamagedCopy copy = new DamagedCopy(directory, directory.resolve("copy"))) {
            final long base = damaged.startPosition() / term * term;
            copy.flip("0-" + base + ".rec", damaged.endPosition() - 1000 - base, 6);
            try (LogCursor cursor = LogCursor.open(copy.directory())) {
                for (int i = 0; i < 16; i++) {
                    assertEquals(LogCursor.ENTRY, cursor.next());
                    assertEquals(expected.get(i).length(), cursor.entry().length());
                    assertEquals(expected.get(i).crc32c(), cursor.entry().crc32c());
                }
                assertEquals(LogCursor.CORRUPT, cursor.next());
                assertEquals(damaged.sequence(), cursor.fault().expectedSequence());
                assertFalse(cursor.seek(1, damaged.startPosition()));
            }
            assertEquals(
                    damaged.sequence(),
                    LogVerifier.verify(copy.directory(), progress -> {}).faults().get(0).expectedSequence());
        }
        assertTrue(Files.exists(directory.resolve("0-0.rec")));
    }
}
