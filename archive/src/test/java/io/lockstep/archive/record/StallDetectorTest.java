package io.lockstep.archive.record;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class StallDetectorTest {
    private final StallDetector stall = new StallDetector(1_000);

    @Test
    void saysOnceThatTheRecordingStandsStillBehindTheStream() {
        assertFalse(stall.onPositions(0, 96, 32));
        assertFalse(stall.onPositions(500, 128, 64), "it moves");
        assertFalse(stall.onPositions(600, 128, 64));
        assertFalse(stall.onPositions(1_599, 256, 64));
        assertTrue(stall.onPositions(1_600, 256, 64));
        assertFalse(stall.onPositions(9_000, 256, 64), "once");
        assertTrue(stall.isStalled());
    }

    @Test
    void anIdleStreamIsNoStall() {
        stall.onPositions(0, 64, 64);
        assertFalse(stall.onPositions(100_000, 64, 64));
        assertFalse(stall.onPositions(200_000, -1, 64), "nobody says where the stream is");
    }

    @Test
    void staysStalledUntilTheNextEpochThoughItMoves() {
        stall.onPositions(0, 96, 0);
        assertTrue(stall.onPositions(1_000, 96, 0));
        stall.onPositions(1_001, 96, 96);
        assertTrue(stall.isStalled());

        stall.reset();
        assertFalse(stall.isStalled());
        assertFalse(stall.onPositions(1_002, 96, 96));
    }
}
