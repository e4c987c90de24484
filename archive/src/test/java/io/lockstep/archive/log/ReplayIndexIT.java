package io.lockstep.archive.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.archive.log.RecordedLog.Published;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The index over a real log: found places are right whatever is done to the index file. */
final class ReplayIndexIT {
    private static final int TERM = 64 * 1024;
    private static final int SPACING = 8 * 1024;

    @TempDir
    private static Path recorded;

    @TempDir
    private Path scratch;

    private static List<Published> entries;

    @BeforeAll
    static void record() {
        try (RecordedLog log = RecordedLog.launch(recorded, TERM, 2 * TERM)) {
            for (int epoch = 1; epoch <= 2; epoch++) {
                log.startEpoch();
                for (int i = 0; i < 100; i++) {
                    log.command(i * 37 % 1500);
                }
                if (epoch == 1) {
                    log.endHere();
                    log.command(3000);
                }
            }
            entries = log.entries();
        }
        try (ReplayIndex index = ReplayIndex.open(recorded, RecordedPositions.NONE, SPACING)) {
            assertEquals(entries.size(), index.extend(Integer.MAX_VALUE));
        }
    }

    @Test
    void isKeptOverARestart() {
        try (ReplayIndex index = ReplayIndex.open(recorded, RecordedPositions.NONE, SPACING);
                LogCursor cursor = LogCursor.open(recorded)) {
            assertEquals(0, index.rebuilds());
            assertTrue(index.points() > 10, "points=" + index.points());
            final int points = index.points();
            index.extend(Integer.MAX_VALUE);
            assertEquals(points, index.points());
            assertEquals(entries.get(entries.size() - 1).sequence(), index.sequence());
            for (int i = 0; i < entries.size(); i++) {
                index.seekToSequence(cursor, entries.get(i).sequence());
                assertAt(entries.get(i), cursor);
                index.seekToTime(cursor, entries.get(i).timeNs() - 999);
                assertAt(entries.get(i), cursor);
            }
        }
    }

    @Test
    void leadsNearerThanAScan() {
        try (ReplayIndex index = ReplayIndex.open(recorded, RecordedPositions.NONE, SPACING);
                LogCursor cursor = LogCursor.open(recorded)) {
            final Published wanted = entries.get(90);
            index.seekToSequence(cursor, wanted.sequence());
            assertTrue(cursor.position() > 0 && wanted.startPosition() - cursor.position() <= SPACING + 2000);
        }
    }

    @Test
    void neverGivesAWrongPlaceWhateverByteIsFlipped() throws IOException {
        final int length = (int) Files.size(recorded.resolve(ReplayIndex.FILE_NAME));
        try (DamagedCopy copy = new DamagedCopy(recorded, scratch.resolve("copy"))) {
            final Path file = copy.directory().resolve(ReplayIndex.FILE_NAME);
            final byte[] sound = Files.readAllBytes(file);
            for (int offset = 0; offset < length; offset++) {
                final byte[] damaged = sound.clone();
                damaged[offset] ^= (byte) (1 << (offset % 8));
                Files.write(file, damaged);
                assertTrue(rebuilds(copy.directory(), offset) > 0, "offset=" + offset);
                assertEquals(-1, Arrays.mismatch(sound, Files.readAllBytes(file)), "offset=" + offset);
            }
            for (int cut = 0; cut < length; cut += 13) {
                Files.write(file, Arrays.copyOf(sound, cut));
                rebuilds(copy.directory(), cut);
                assertEquals(-1, Arrays.mismatch(sound, Files.readAllBytes(file)), "cut=" + cut);
            }
        }
    }

    @Test
    void neverGivesAWrongPlaceWhenDamagedWhileOpen() throws IOException {
        try (DamagedCopy copy = new DamagedCopy(recorded, scratch.resolve("copy"))) {
            final int length = (int) Files.size(copy.directory().resolve(ReplayIndex.FILE_NAME));
            for (int offset = 0; offset < length; offset += 3) {
                try (ReplayIndex index = ReplayIndex.open(copy.directory(), RecordedPositions.NONE, SPACING);
                        LogCursor cursor = LogCursor.open(copy.directory())) {
                    index.extend(Integer.MAX_VALUE);
                    copy.flip(ReplayIndex.FILE_NAME, offset, 5);
                    for (int i = 0; i < entries.size(); i += 9) {
                        index.seekToSequence(cursor, entries.get(i).sequence());
                        assertAt(entries.get(i), cursor);
                    }
                    // Of a file that was cut meanwhile, the mapping must not be touched again.
                    if (index.rebuilds() == 0) {
                        copy.flip(ReplayIndex.FILE_NAME, offset, 5);
                    }
                    index.extend(Integer.MAX_VALUE);
                }
            }
        }
    }

    @Test
    void ofAnotherLogIsThrownAway() throws IOException {
        // Entries of both logs start at the same positions, but they are others.
        final Path one = scratch.resolve("one");
        try (RecordedLog log = RecordedLog.launch(one, TERM, TERM)) {
            log.startEpoch();
            for (int i = 0; i < 200; i++) {
                log.command(152);
            }
        }
        try (ReplayIndex index = ReplayIndex.open(one, RecordedPositions.NONE, SPACING)) {
            index.extend(Integer.MAX_VALUE);
        }
        final Path other = scratch.resolve("other");
        final List<Published> others;
        try (RecordedLog log = RecordedLog.launch(other, TERM, TERM)) {
            log.startEpoch();
            for (int i = 0; i < 500; i++) {
                log.command(24);
            }
            others = log.entries();
        }
        Files.copy(one.resolve(ReplayIndex.FILE_NAME), other.resolve(ReplayIndex.FILE_NAME));

        try (ReplayIndex index = ReplayIndex.open(other, RecordedPositions.NONE, SPACING);
                LogCursor cursor = LogCursor.open(other)) {
            assertEquals(1, index.rebuilds());
            index.extend(Integer.MAX_VALUE);
            for (final Published wanted : others) {
                index.seekToSequence(cursor, wanted.sequence());
                assertAt(wanted, cursor);
            }
        }
    }

    @Test
    void followsALiveLogAndForgetsWhatALaterEpochVoids() {
        final Path live = scratch.resolve("live");
        try (RecordedLog log = RecordedLog.launch(live, TERM, TERM);
                ReplayIndex index = ReplayIndex.open(live, log.positions(), SPACING)) {
            log.startEpoch();
            for (int i = 0; i < 50; i++) {
                log.command(1000);
            }
            log.endHere();
            for (int i = 0; i < 50; i++) {
                log.command(1000);
            }
            log.awaitRecorded();
            index.extend(Integer.MAX_VALUE);
            assertEquals(101, index.sequence());
            log.startEpoch();
            for (int i = 0; i < 60; i++) {
                log.command(900);
            }
            log.awaitRecorded();
            index.extend(Integer.MAX_VALUE);
            index.extend(Integer.MAX_VALUE);

            assertNull(index.fault());
            assertEquals(112, index.sequence());
            try (LogCursor cursor = LogCursor.open(live, log.positions())) {
                for (final Published one : log.entries()) {
                    index.seekToSequence(cursor, one.sequence());
                    assertAt(one, cursor);
                }
            }
        }
    }

    private static long rebuilds(final Path directory, final long seed) {
        final Random random = new Random(seed);
        try (ReplayIndex index = ReplayIndex.open(directory, RecordedPositions.NONE, SPACING);
                LogCursor cursor = LogCursor.open(directory)) {
            for (int i = 0; i < 4; i++) {
                final Published one = entries.get(random.nextInt(entries.size()));
                index.seekToSequence(cursor, one.sequence());
                assertAt(one, cursor);
                index.seekToTime(cursor, one.timeNs());
                assertAt(one, cursor);
            }
            index.extend(Integer.MAX_VALUE);
            return index.rebuilds();
        }
    }

    private static void assertAt(final Published expected, final LogCursor cursor) {
        int result = cursor.next();
        while (result == LogCursor.BUSY) {
            result = cursor.next();
        }
        assertEquals(LogCursor.ENTRY, result, () -> expected + " " + cursor.fault());
        assertEquals(expected.sequence(), cursor.entry().sequence());
        assertEquals(expected.epoch(), cursor.entry().epoch());
        assertEquals(expected.crc32c(), cursor.entry().crc32c());
    }
}
