package io.lockstep.archive.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.lockstep.archive.log.RecordedLog.Published;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Flips bits of every byte of every entry and every frame header of a small real log, one at a time: the verifier must
 * name the entry, the cursor must stop before it.
 */
final class FlippedBitIT {
    private static final int TERM = 64 * 1024;
    private static final int HEADER_LENGTH = 32;

    @TempDir
    private static Path recorded;

    @TempDir
    private Path scratch;

    private static List<Published> entries;
    private static List<Place> places;

    /**
     * A range of recorded bytes and the entry that a fault in them must name.
     *
     * @param recordingId where it stands
     * @param start of the range
     * @param end of the range
     * @param sequence of the entry, or of the one that follows padding
     * @param index of that entry among all
     */
    private record Place(long recordingId, long start, long end, long sequence, int index) {
        String file() {
            return recordingId + "-" + start / TERM * TERM + Recording.SEGMENT_SUFFIX;
        }
    }

    @BeforeAll
    static void record() {
        try (RecordedLog log = RecordedLog.launch(recorded, TERM, TERM)) {
            log.startEpoch();
            for (int i = 0; i < 28; i++) {
                log.command(i * 13 % 300);
            }
            log.tick();
            log.command(1376 - 72);
            for (int i = 0; i < 8; i++) {
                log.command(7000);
            }
            log.command(96);
            log.endHere();
            log.command(100);
            log.command(3000);
            log.startEpoch();
            for (int i = 0; i < 20; i++) {
                log.command(i * 29 % 200);
                log.tick();
            }
            log.command(2 * 1376 - 72);
            // A frame of 128 bytes: one flipped bit makes its length zero, and nothing comes after it.
            log.command(24);
            entries = log.entries();
        }
        places = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            final Published one = entries.get(i);
            final Published before = i == 0 ? null : entries.get(i - 1);
            if (before != null && before.epoch() == one.epoch() && before.endPosition() != one.startPosition()) {
                places.add(new Place(
                        one.recordingId(),
                        before.endPosition(),
                        before.endPosition() + HEADER_LENGTH,
                        one.sequence(),
                        i));
            }
            places.add(new Place(one.recordingId(), one.startPosition(), one.endPosition(), one.sequence(), i));
        }
    }

    @Test
    void theLogHasPaddingAndFragmentsAndAVoidTail() {
        assertEquals(entries.size() + 1, places.size());
        assertTrue(entries.get(0).endPosition() < TERM && places.stream().anyMatch(place -> place.start() >= TERM));
        final VerifyReport report = LogVerifier.verify(recorded, progress -> {});
        assertTrue(report.isOk(), report.faults().toString());
        assertEquals(entries.size(), report.entries());
        assertTrue(report.recordings().get(0).voidBytes() > 3000);
        assertEquals(0, report.recordings().get(1).voidBytes());
    }

    @Test
    void isNamedByTheVerifier() {
        try (DamagedCopy copy = new DamagedCopy(recorded, scratch.resolve("copy"))) {
            flipEach(copy, 2, place -> {
                final VerifyReport report = LogVerifier.verify(copy.directory(), progress -> {});
                if (report.isOk()) {
                    fail("not found");
                }
                assertNames(place, report.faults().get(0));
            });
            assertTrue(LogVerifier.verify(copy.directory(), progress -> {}).isOk());
        }
    }

    @Test
    void stopsTheCursorBeforeTheEntry() {
        try (DamagedCopy copy = new DamagedCopy(recorded, scratch.resolve("copy"))) {
            flipEach(copy, 1, place -> assertStops(copy, place));
        }
    }

    @Test
    void isFoundInEveryBitOfEveryFrameHeaderThoughNobodyKnowsWhereRecordingsStopped() {
        try (DamagedCopy copy = new DamagedCopy(recorded, scratch.resolve("copy"))) {
            copy.forgetStops();
            assertTrue(LogVerifier.verify(copy.directory(), progress -> {}).isOk());
            int flips = 0;
            for (final Place place : places) {
                for (long position = place.start(); position < place.start() + HEADER_LENGTH; position++) {
                    for (int bit = 0; bit < 8; bit++) {
                        copy.flip(place.file(), position % TERM, bit);
                        final VerifyReport report = LogVerifier.verify(copy.directory(), progress -> {});
                        assertFalse(report.isOk(), place + " position=" + position + " bit=" + bit);
                        assertNames(place, report.faults().get(0));
                        assertStops(copy, place);
                        copy.flip(place.file(), position % TERM, bit);
                        flips++;
                    }
                }
            }
            assertEquals(places.size() * 256, flips);
        }
    }

    @Test
    void isFoundWithoutACatalogue() throws IOException {
        try (DamagedCopy copy = new DamagedCopy(recorded, scratch.resolve("copy"))) {
            Files.delete(copy.directory().resolve(CatalogView.FILE_NAME));
            final VerifyReport sound = LogVerifier.verify(copy.directory(), progress -> {});
            assertEquals(1, sound.faults().size());
            assertEquals(Fault.Kind.CATALOG, sound.faults().get(0).kind());
            assertEquals(entries.size(), sound.entries());
            for (final Place place : places) {
                for (long position = place.start(); position < place.start() + HEADER_LENGTH; position++) {
                    copy.flip(place.file(), position % TERM, (int) (position % 8));
                    final VerifyReport report = LogVerifier.verify(copy.directory(), progress -> {});
                    assertTrue(report.faults().size() > 1, place + " position=" + position);
                    if (place.start() > 0) {
                        assertNames(place, report.faults().get(0));
                    }
                    copy.flip(place.file(), position % TERM, (int) (position % 8));
                }
            }
        }
    }

    @Test
    void thatTurnsTheFrameAtTheEndOfATermIntoPaddingIsNamed() {
        final Path full = scratch.resolve("full");
        final Published last;
        try (RecordedLog log = RecordedLog.launch(full, TERM, TERM)) {
            log.startEpoch();
            log.command(88);
            for (int i = 0; i < 509; i++) {
                log.command(24);
            }
            last = log.entries().get(510);
        }
        assertEquals(TERM, last.endPosition());
        try (DamagedCopy copy = new DamagedCopy(full, scratch.resolve("copy"))) {
            copy.flip("0-0.rec", last.startPosition() + 6, 0);
            for (int stops = 0; stops < 2; stops++) {
                final Fault fault = LogVerifier.verify(copy.directory(), progress -> {}).faults().get(0);
                assertEquals(last.startPosition(), fault.position());
                assertEquals(last.sequence(), fault.expectedSequence());
                try (LogCursor cursor = LogCursor.open(copy.directory())) {
                    int result = cursor.next();
                    while (result == LogCursor.ENTRY) {
                        result = cursor.next();
                    }
                    assertEquals(fault, cursor.fault());
                }
                copy.forgetStops();
            }
        }
    }

    @Test
    void inABlankByteAfterTheEndIsNamed() {
        try (DamagedCopy copy = new DamagedCopy(recorded, scratch.resolve("copy"))) {
            final Published last = entries.get(entries.size() - 1);
            for (final long position : new long[] {last.endPosition(), last.endPosition() + 4321, TERM - 1}) {
                copy.flip(last.recordingId() + "-0.rec", position, 3);
                final VerifyReport report = LogVerifier.verify(copy.directory(), progress -> {});
                assertEquals(1, report.faults().size());
                assertEquals(position, report.faults().get(0).position());
                assertEquals(last.recordingId(), report.faults().get(0).recordingId());
                copy.flip(last.recordingId() + "-0.rec", position, 3);
            }
        }
    }

    @Test
    void ofTheCatalogueIsFoundOrHarmless() {
        try (DamagedCopy copy = new DamagedCopy(recorded, scratch.resolve("copy"))) {
            int found = 0;
            for (int offset = 0; offset < 1024; offset++) {
                copy.flip(CatalogView.FILE_NAME, offset, offset % 8);
                final VerifyReport report = LogVerifier.verify(copy.directory(), progress -> {});
                found += report.isOk() ? 0 : 1;
                assertTrue(!report.isOk() || report.entries() == entries.size(), "offset=" + offset);
                readPrefix(copy.directory());
                copy.flip(CatalogView.FILE_NAME, offset, offset % 8);
            }
            assertTrue(found > 50, "found=" + found);
        }
    }

    private interface Check {
        void run(Place place);
    }

    private static void flipEach(final DamagedCopy copy, final int bits, final Check check) {
        final long started = System.nanoTime();
        long flips = 0;
        for (final Place place : places) {
            for (long position = place.start(); position < place.end(); position++) {
                for (int i = 0; i < bits; i++) {
                    final int bit = (int) ((position + place.sequence() + i * 5L) & 7);
                    copy.flip(place.file(), position % TERM, bit);
                    try {
                        check.run(place);
                    } catch (final RuntimeException | AssertionError e) {
                        throw new AssertionError(place + " flipped position=" + position + " bit=" + bit, e);
                    }
                    copy.flip(place.file(), position % TERM, bit);
                    flips++;
                }
            }
        }
        final double seconds = (System.nanoTime() - started) / 1e9;
        System.out.printf("%d flips in %.1f s%n", flips, seconds);
    }

    private static void assertNames(final Place place, final Fault fault) {
        assertEquals(place.recordingId(), fault.recordingId(), fault::toString);
        assertTrue(place.start() <= fault.position() && fault.position() < place.end(), fault::toString);
        assertEquals(fault.position() % TERM, fault.fileOffset(), fault::toString);
        assertEquals(place.file(), fault.file());
        // A first entry of an epoch that is damaged just where it says its sequence is named by its position alone.
        if (fault.expectedSequence() != Fault.UNKNOWN || place.start() != 0) {
            assertEquals(place.sequence(), fault.expectedSequence(), fault::toString);
        }
        if (place.start() != 0) {
            assertEquals(entries.get(place.index()).epoch(), fault.epoch(), fault::toString);
        }
    }

    private static void assertStops(final DamagedCopy copy, final Place place) {
        final Fault fault = readPrefix(copy.directory());
        if (fault == null) {
            fail("the cursor read to the end");
        }
        assertNames(place, fault);
    }

    /** Reads until the cursor stops; whatever it hands out must be what was published, in order. */
    private static Fault readPrefix(final Path directory) {
        try (LogCursor cursor = LogCursor.open(directory)) {
            int index = 0;
            int result = cursor.next();
            while (result == LogCursor.ENTRY) {
                final LogEntry entry = cursor.entry();
                final Published expected = entries.get(index++);
                assertEquals(expected.sequence(), entry.sequence());
                assertEquals(expected.epoch(), entry.epoch());
                assertEquals(expected.crc32c(), entry.crc32c());
                assertEquals(expected.startPosition(), entry.startPosition());
                result = cursor.next();
            }
            assertEquals(result, cursor.next());
            return cursor.fault();
        }
    }
}
