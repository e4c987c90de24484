package io.lockstep.archive.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lockstep.codecs.AllocationMeter;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What reading an entry costs: no allocation, and a figure of the rate that nothing depends on. */
final class LogCursorCostIT {
    private static final int ENTRIES = 250_000;
    private static final int BODY_LENGTH = 64;
    private static final int WINDOWS = 5;

    @TempDir
    private static Path recorded;

    @BeforeAll
    static void record() {
        try (RecordedLog log = RecordedLog.launch(recorded, 16 * 1024 * 1024, 64 * 1024 * 1024)) {
            log.startEpoch();
            for (int i = 1; i < ENTRIES; i++) {
                log.command(BODY_LENGTH);
            }
        }
    }

    @Test
    void allocatesNothingPerEntry() {
        try (LogCursor cursor = LogCursor.open(recorded)) {
            assertEquals(LogCursor.ENTRY, cursor.next());
            final long bytes = AllocationMeter.allocatedBytes(
                    ENTRIES / WINDOWS - 1, i -> assertEquals(true, cursor.next() == LogCursor.ENTRY));
            assertEquals(0, bytes);
        }
    }

    @Test
    void readsFast() {
        double best = 0;
        for (int round = 0; round < 5; round++) {
            final long started = System.nanoTime();
            long read = 0;
            try (LogCursor cursor = LogCursor.open(recorded)) {
                while (cursor.next() == LogCursor.ENTRY) {
                    read++;
                }
            }
            assertEquals(ENTRIES, read);
            best = Math.max(best, read * 1e9 / (System.nanoTime() - started));
        }
        System.out.printf("cursor: %.2f M entries/s of %d B bodies%n", best / 1e6, BODY_LENGTH);
    }
}
