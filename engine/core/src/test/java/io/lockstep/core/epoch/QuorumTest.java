package io.lockstep.core.epoch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QuorumTest {
    @Test
    void reachesWhatAMajorityHas() {
        final Quorum quorum = new Quorum(ArchiveSet.of(1, 2, 3));

        quorum.onPosition(1, 100);
        assertEquals(0, quorum.reached());
        quorum.onPosition(2, 60);
        assertEquals(60, quorum.reached());
        quorum.onPosition(3, 80);
        assertEquals(80, quorum.reached());
    }

    @Test
    void aloneIsAMajorityOfOne() {
        final Quorum quorum = new Quorum(ArchiveSet.of(9));

        quorum.onPosition(9, 7);

        assertEquals(7, quorum.reached());
    }

    @Test
    void neverMovesBack() {
        final Quorum quorum = new Quorum(ArchiveSet.of(1, 2, 3));
        quorum.onPosition(1, 100);
        quorum.onPosition(2, 100);

        quorum.onPosition(1, 50);
        quorum.onPosition(2, -1);
        quorum.onPosition(2, Long.MIN_VALUE);

        assertEquals(100, quorum.reached());
        assertEquals(100, quorum.position(1));
    }

    @Test
    void oneArchiveThatClaimsTooMuchMovesNothingAlone() {
        final Quorum quorum = new Quorum(ArchiveSet.of(1, 2, 3));

        quorum.onPosition(1, Long.MAX_VALUE);
        quorum.onPosition(1, Long.MAX_VALUE);
        quorum.onPosition(2, 32);

        assertEquals(32, quorum.reached());
    }

    @Test
    void knowsItsArchives() {
        final Quorum quorum = new Quorum(ArchiveSet.of(1, 2, 3));

        assertFalse(quorum.onPosition(4, 100));
        assertEquals(-1, quorum.position(4));
        assertEquals(0, quorum.reached());
    }

    @Test
    void forgetsAtANewEpoch() {
        final Quorum quorum = new Quorum(ArchiveSet.of(1));
        quorum.onPosition(1, 100);

        quorum.reset();

        assertEquals(0, quorum.reached());
        assertEquals(0, quorum.position(1));
    }

    @Test
    void isTheQthLargestOfTheLargestOfEach() {
        final Random random = new Random(1);
        for (int run = 0; run < 1_000; run++) {
            final int size = 1 + 2 * random.nextInt(3);
            final Quorum quorum = new Quorum(ArchiveSet.of(Arrays.copyOf(new int[] {5, 3, 8, 1, 9}, size)));
            final long[] most = new long[size];
            for (int step = 0; step < 50; step++) {
                final int index = random.nextInt(size);
                final long position = random.nextLong(1_000) - 100;
                most[index] = Math.max(most[index], position);
                assertTrue(quorum.onPosition(new int[] {5, 3, 8, 1, 9}[index], position));

                final long[] sorted = most.clone();
                Arrays.sort(sorted);
                assertEquals(sorted[size - (size / 2 + 1)], quorum.reached());
            }
        }
    }

    @Test
    void setsAreOddAndDistinct() {
        assertEquals(2, ArchiveSet.of(4, 5, 6).quorum());
        assertEquals(3, ArchiveSet.of(1, 2, 3, 4, 5).quorum());
        assertEquals(-1, ArchiveSet.of(4, 5, 6).indexOf(7));
        assertThrows(IllegalArgumentException.class, ArchiveSet::of);
        assertThrows(IllegalArgumentException.class, () -> ArchiveSet.of(1, 2));
        assertThrows(IllegalArgumentException.class, () -> ArchiveSet.of(1, 2, 3, 4, 5, 6, 7));
        assertThrows(IllegalArgumentException.class, () -> ArchiveSet.of(1, 2, 1));
    }
}
