package io.lockstep.archive.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.archive.log.RecordedLog.Published;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cursor over what a real archive records, while it records and afterwards. */
final class LogCursorIT {
    private static final int TERM = 64 * 1024;

    @TempDir
    private Path directory;

    @Test
    void readsAllEpochsInOrderWithoutVoidTails() {
        final List<Published> expected;
        try (RecordedLog log = RecordedLog.launch(directory, TERM, 2 * TERM)) {
            log.startEpoch();
            for (int i = 0; i < 200; i++) {
                log.command(i * 41 % 8000);
            }
            log.endHere();
            log.command(100);
            log.command(4000);
            log.startEpoch();
            for (int i = 0; i < 20; i++) {
                log.tick();
                log.command(1344);
            }
            log.startEpoch();
            log.command(0);
            log.awaitRecorded();
            expected = log.entries();
        }

        try (LogCursor cursor = LogCursor.open(directory)) {
            assertReads(expected, 0, cursor);
        }
    }

    @Test
    void followsALogThatGrowsIntoNewEpochs() {
        try (RecordedLog log = RecordedLog.launch(directory, TERM, TERM);
                LogCursor cursor = LogCursor.open(directory, log.positions())) {
            assertEquals(LogCursor.END, cursor.next());
            int read = 0;
            for (int epoch = 1; epoch <= 3; epoch++) {
                log.startEpoch();
                for (int i = 0; i < 50; i++) {
                    log.command(i * 97 % 5000);
                    log.awaitRecorded();
                    while (read < log.published().size()) {
                        assertEntry(log.published().get(read++), cursor);
                    }
                    assertEquals(LogCursor.END, cursor.next());
                }
            }
            assertEquals(3, cursor.epoch());
            assertEquals(cursor.position(), cursor.recordedPosition());
        }
    }

    @Test
    void saysSoWhenALaterEpochVoidsWhatItHasRead() {
        try (RecordedLog log = RecordedLog.launch(directory, TERM, TERM);
                LogCursor cursor = LogCursor.open(directory, log.positions())) {
            log.startEpoch();
            log.command(10);
            log.endHere();
            log.command(11);
            log.awaitRecorded();
            for (int i = 0; i < log.published().size(); i++) {
                assertEquals(LogCursor.ENTRY, cursor.next());
                assertEquals(log.published().get(i).crc32c(), cursor.entry().crc32c());
            }

            log.startEpoch();
            log.awaitRecorded();

            assertEquals(LogCursor.CORRUPT, cursor.next());
            assertEquals(Fault.Kind.OVERRUN, cursor.fault().kind());
            assertEquals(3, cursor.fault().expectedSequence());
            assertEquals(log.published().get(2).startPosition(), cursor.fault().position());
        }
    }

    @Test
    void goesToAnyPlaceSequenceOrTime() {
        final List<Published> expected;
        try (RecordedLog log = RecordedLog.launch(directory, TERM, TERM)) {
            for (int epoch = 1; epoch <= 3; epoch++) {
                log.startEpoch();
                for (int i = 0; i < 300; i++) {
                    log.command(i * 7 % 900);
                }
                if (epoch < 3) {
                    log.endHere();
                    log.command(50);
                }
            }
            log.awaitRecorded();
            expected = log.entries();
        }

        try (LogCursor cursor = LogCursor.open(directory)) {
            for (int i = 0; i < expected.size(); i += 61) {
                final Published one = expected.get(i);
                assertTrue(cursor.seek(one.epoch(), one.startPosition()), one.toString());
                assertReads(expected, i, cursor);
                assertFalse(cursor.seek(one.epoch(), one.startPosition() + 32));
                assertFalse(cursor.seek(one.epoch() + 3, one.startPosition()));
                cursor.seekToSequence(one.sequence());
                assertReads(expected, i, cursor);
                cursor.seekToTime(one.timeNs());
                assertReads(expected, i, cursor);
                cursor.seekToTime(one.timeNs() - 1);
                assertReads(expected, i, cursor);
            }
            final Published last = expected.get(expected.size() - 1);
            cursor.seekToSequence(last.sequence() + 1);
            assertEquals(LogCursor.END, skip(cursor));
            cursor.seekToSequence(0);
            assertReads(expected, 0, cursor);
        }
    }

    private static void assertReads(final List<Published> expected, final int from, final LogCursor cursor) {
        for (int i = from; i < expected.size(); i++) {
            assertEntry(expected.get(i), cursor);
        }
        assertEquals(LogCursor.END, cursor.next());
        assertEquals(LogCursor.END, cursor.next());
        assertNull(cursor.fault());
    }

    private static int skip(final LogCursor cursor) {
        int result = cursor.next();
        while (result == LogCursor.BUSY) {
            result = cursor.next();
        }
        return result;
    }

    private static void assertEntry(final Published expected, final LogCursor cursor) {
        final int result = skip(cursor);
        assertEquals(LogCursor.ENTRY, result, () -> expected + " " + cursor.fault());
        final LogEntry entry = cursor.entry();
        assertEquals(
                expected,
                new Published(
                        entry.epoch(),
                        entry.sequence(),
                        entry.timeNs(),
                        entry.kind(),
                        entry.recordingId(),
                        entry.startPosition(),
                        entry.endPosition(),
                        entry.length(),
                        entry.crc32c(),
                        false));
    }
}
