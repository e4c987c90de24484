package io.lockstep.core.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CommitSequenceTest {
    private final CommitSequence commit = new CommitSequence(8);

    @Test
    void movesToTheLastEntryThatIsWhole() {
        commit.startEpoch(1, 0);
        commit.onEntry(1, 100);
        commit.onEntry(2, 200);

        assertFalse(commit.advance(99, 0));
        assertEquals(0, commit.recorded());
        assertTrue(commit.advance(199, 0));
        assertEquals(1, commit.recorded());
        assertTrue(commit.advance(200, 100));
        assertEquals(2, commit.recorded());
        assertEquals(1, commit.synced());
        assertFalse(commit.advance(200, 100));
        assertFalse(commit.advance(150, -1));
        assertEquals(2, commit.recorded());
    }

    @Test
    void acknowledgementsMayComeBeforeTheEntry() {
        commit.startEpoch(1, 0);
        assertFalse(commit.advance(Long.MAX_VALUE, 0));

        commit.onEntry(1, 100);

        assertTrue(commit.advance(Long.MAX_VALUE, 0));
        assertEquals(1, commit.recorded());
    }

    @Test
    void nothingMovesBeforeTheFirstEntry() {
        assertFalse(commit.advance(1_000, 1_000));
        assertEquals(0, commit.recorded());
    }

    @Test
    void hasRoomForABoundedNumberOfUncommittedEntries() {
        commit.startEpoch(1, 0);
        int sequence = 0;
        while (sequence < 100 && commit.hasRoom()) {
            commit.onEntry(++sequence, sequence * 10L);
        }
        assertEquals(8, sequence);

        commit.advance(30, 0);
        assertEquals(3, commit.recorded());
        while (sequence < 100 && commit.hasRoom()) {
            commit.onEntry(++sequence, sequence * 10L);
        }
        assertEquals(11, sequence);
    }

    @Test
    void syncedMayFallFarBehindAndCatchesUp() {
        commit.startEpoch(1, 0);
        for (int sequence = 1; sequence <= 100; sequence++) {
            commit.onEntry(sequence, sequence * 10L);
            commit.advance(sequence * 10L, 15);
        }
        assertEquals(100, commit.recorded());
        assertEquals(1, commit.synced());

        commit.advance(1_000, 500);
        assertEquals(1, commit.synced(), "entry 50 is no longer known");
        commit.advance(1_000, 955);
        assertEquals(95, commit.synced());
        commit.advance(1_000, 1_000);
        assertEquals(100, commit.synced());
    }

    @Test
    void aNewEpochDecidesTheOldOneAndCountsFromNothing() {
        commit.startEpoch(1, 0);
        commit.onEntry(1, 5_000);
        commit.onEntry(2, 6_000);

        commit.startEpoch(2, 2);
        assertEquals(2, commit.recorded());
        assertEquals(2, commit.synced());
        commit.onEntry(3, 64);
        commit.advance(63, 63);

        assertEquals(2, commit.recorded());
        commit.advance(64, 64);
        assertEquals(3, commit.recorded());
    }

    @Test
    void joinsInTheMiddleOfAnEpochOnce() {
        commit.join(4, 1_000);
        commit.onEntry(1_000, 9_000);
        commit.advance(9_000, 9_000);

        assertEquals(1_000, commit.recorded());
        assertEquals(4, commit.epoch());
        assertThrows(IllegalStateException.class, () -> commit.join(5, 1_001));
        assertThrows(IllegalStateException.class, () -> commit.join(3, 1_001));
    }

    @Test
    void refusesGapsAndPositionsThatDoNotGrow() {
        commit.startEpoch(1, 0);
        assertThrows(IllegalStateException.class, () -> commit.onEntry(2, 100));
        commit.onEntry(1, 100);
        assertThrows(IllegalStateException.class, () -> commit.onEntry(1, 200));
        assertThrows(IllegalStateException.class, () -> commit.onEntry(3, 200));
        assertThrows(IllegalStateException.class, () -> commit.onEntry(2, 100));
        assertThrows(IllegalStateException.class, () -> commit.onEntry(2, -1));
        commit.onEntry(2, 200);
    }

    @Test
    void refusesEpochsThatAreOldOrEndedElsewhere() {
        commit.startEpoch(3, 0);
        commit.onEntry(1, 100);
        commit.onEntry(2, 200);

        assertThrows(IllegalStateException.class, () -> commit.startEpoch(3, 2));
        assertThrows(IllegalStateException.class, () -> commit.startEpoch(2, 2));
        assertThrows(IllegalStateException.class, () -> commit.startEpoch(4, 1), "over-run");
        assertThrows(IllegalStateException.class, () -> commit.startEpoch(4, 3), "entries are missing");
        assertEquals(0, commit.recorded());
    }

    @Test
    void knowsWhichNamesCanBeInTheLog() {
        commit.startEpoch(2, 8);
        commit.onEntry(9, 100);
        commit.onEntry(10, 200);
        commit.startEpoch(3, 10);
        commit.onEntry(11, 100);
        commit.startEpoch(5, 11);

        assertTrue(commit.isPlausible(5, 12));
        assertTrue(commit.isPlausible(3, 11));
        assertTrue(commit.isPlausible(2, 10));
        assertFalse(commit.isPlausible(2, 8), "before it was entered");
        assertFalse(commit.isPlausible(3, 10));
        assertFalse(commit.isPlausible(2, 11), "given again by the next epoch");
        assertFalse(commit.isPlausible(3, 12), "given again by the next epoch but one");
        assertFalse(commit.isPlausible(4, 12), "empty");
        assertFalse(commit.isPlausible(6, 12), "not known yet");
    }

    @Test
    void goesBackToWhatIsCommitted() {
        commit.startEpoch(1, 0);
        commit.onEntry(1, 100);
        commit.onEntry(2, 200);
        commit.onEntry(3, 300);
        commit.advance(200, 0);

        assertEquals(3, commit.rewind());
        assertEquals(2, commit.last());
        assertEquals(2, commit.recorded());
        commit.startEpoch(2, 2);
        assertEquals(3, commit.rewind(), "nothing of epoch 2 is committed");
        assertEquals(1, commit.epoch());
        commit.onEntry(3, 300);
        commit.startEpoch(4, 3);
        assertEquals(3, commit.recorded(), "what an epoch ended with is committed");
    }

    @Test
    void isNotInTheLogWhereNothingThatItSawIsCommitted() {
        commit.join(3, 50);
        commit.onEntry(50, 1_000);

        assertEquals(50, commit.rewind());
        assertEquals(0, commit.epoch());
        commit.startEpoch(4, 49);
        commit.onEntry(50, 100);
        assertEquals(50, commit.last());
    }
}
