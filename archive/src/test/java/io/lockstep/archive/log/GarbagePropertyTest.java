package io.lockstep.archive.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.archive.log.RecordedLog.Published;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever stands in the files, reading them ends, throws nothing and hands out nothing that was not recorded. */
final class GarbagePropertyTest {
    private static final long SEED = Long.getLong("seed", System.nanoTime());
    private static final int TERM = 64 * 1024;
    private static final int CASES = Integer.getInteger("cases", 500);
    private static final int MOST_CALLS = 20_000;

    @TempDir
    private static Path recorded;

    @TempDir
    private Path scratch;

    private static List<Published> entries;

    @BeforeAll
    static void record() {
        try (RecordedLog log = RecordedLog.launch(recorded, TERM, TERM)) {
            for (int epoch = 0; epoch < 3; epoch++) {
                log.startEpoch();
                for (int i = 0; i < 40; i++) {
                    log.command(i * 113 % 4000);
                }
                if (epoch < 2) {
                    log.endHere();
                    log.command(77);
                }
            }
            entries = log.entries();
        }
    }

    @Test
    void endsAndThrowsNothing() {
        System.out.println("seed=" + SEED);
        final Random random = new Random(SEED);
        Assertions.assertTimeoutPreemptively(Duration.ofMinutes(3), () -> {
            for (int i = 0; i < CASES; i++) {
                final long seed = random.nextLong();
                try {
                    damageAndRead(i, seed);
                } catch (final Exception | AssertionError e) {
                    throw new AssertionError("seed=" + SEED + " case=" + i, e);
                }
            }
        });
    }

    private void damageAndRead(final int number, final long seed) throws IOException {
        final Random random = new Random(seed);
        final Path directory = scratch.resolve("case-" + number);
        try (DamagedCopy copy = new DamagedCopy(recorded, directory)) {
            final List<Path> files;
            try (var all = Files.list(directory)) {
                files = all.sorted().toList();
            }
            final boolean isCatalogKept = random.nextInt(4) != 0;
            final int damages = 1 + random.nextInt(4);
            for (int i = 0; i < damages; i++) {
                final Path file = files.get(random.nextInt(files.size()));
                if (!isCatalogKept || !file.endsWith(CatalogView.FILE_NAME)) {
                    damage(copy, file, random);
                }
            }
            read(directory, isCatalogKept);
            final VerifyReport report = LogVerifier.verify(directory, progress -> {});
            assertEquals(report.faults().isEmpty(), report.isOk());
            try (var all = Files.list(directory)) {
                for (final Path file : all.toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void damage(final DamagedCopy copy, final Path file, final Random random) throws IOException {
        final MappedByteBuffer bytes = copy.bytes(file.getFileName().toString());
        // The catalogue is mostly blank, and what is beyond its descriptors means nothing.
        final int length = file.endsWith(CatalogView.FILE_NAME) ? 1024 : bytes.capacity();
        final int from = random.nextInt(length);
        final int to = Math.min(length, from + 1 + random.nextInt(random.nextBoolean() ? 64 : length));
        switch (random.nextInt(5)) {
            case 0 -> {
                for (int i = from; i < to; i++) {
                    bytes.put(i, (byte) random.nextInt());
                }
            }
            case 1 -> {
                for (int i = from; i < to; i++) {
                    bytes.put(i, (byte) 0);
                }
            }
            case 2 -> bytes.putInt(from / 32 * 32, random.nextInt(4) * random.nextInt());
            case 3 -> {
                for (int i = from; i < to; i++) {
                    bytes.put(i, bytes.get(random.nextInt(length)));
                }
            }
            default -> {
                final byte[] whole = Files.readAllBytes(file);
                Files.delete(file);
                Files.write(file, Arrays.copyOf(whole, random.nextInt(whole.length)));
            }
        }
    }

    private static void read(final Path directory, final boolean isCatalogKept) {
        try (LogCursor cursor = LogCursor.open(directory)) {
            int result = cursor.next();
            int calls = 1;
            while (result == LogCursor.ENTRY) {
                final LogEntry entry = cursor.entry();
                final Published expected = entries.get((int) entry.sequence() - 1);
                if (isCatalogKept) {
                    // With a catalogue that lies about which recordings there are, a void tail cannot be told.
                    assertEquals(expected.epoch(), entry.epoch());
                    assertEquals(expected.crc32c(), entry.crc32c());
                }
                assertTrue(++calls < MOST_CALLS);
                result = cursor.next();
            }
            assertTrue(result == LogCursor.END || result == LogCursor.CORRUPT);
            assertEquals(result == LogCursor.CORRUPT, cursor.fault() != null);
            cursor.seekToSequence(50);
            while (cursor.next() > 0) {
                assertTrue(++calls < MOST_CALLS);
            }
        }
    }
}
