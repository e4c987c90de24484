package io.lockstep.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.codecs.AllocationMeter;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

final class SeededLossTest {
    private static final int DRAWS = 1_000_000;

    @Test
    void theSameSeedDropsTheSame() {
        assertEquals(draws(1, 0.05), draws(1, 0.05));
        assertNotEquals(draws(1, 0.05), draws(2, 0.05));
    }

    @Test
    void dropsTheShareAskedFor() {
        for (final double rate : new double[] {0.001, 0.02, 0.05, 0.5}) {
            final double share = draws(7, rate).cardinality() / (double) DRAWS;
            assertTrue(Math.abs(share - rate) < 0.1 * rate, "rate=" + rate + " share=" + share);
        }
        assertEquals(DRAWS, draws(7, 1).cardinality());
    }

    @Test
    void aTenthOfAPercentIsOneInAThousandAndTheSameOneEachTime() {
        final SeededLoss loss = new SeededLoss(7, 0.1, 0.2);
        final SeededLoss again = new SeededLoss(7, 0.1, 0.2);

        for (int i = 0; i < DRAWS; i++) {
            assertEquals(loss.data().shouldDrop(), again.data().shouldDrop());
            assertEquals(loss.control().shouldDrop(), again.control().shouldDrop());
        }

        assertEquals(DRAWS / 1_000.0, (double) loss.droppedData(), 100);
        assertEquals(DRAWS / 500.0, (double) loss.droppedControl(), 150);
    }

    @Test
    void switchedOffNeitherDropsNorCounts() {
        final SeededLossGenerator generator = new SeededLossGenerator(7);
        for (int i = 0; i < DRAWS; i++) {
            assertFalse(generator.shouldDrop());
        }
        assertEquals(0, generator.seen());
        assertEquals(0, generator.dropped());
    }

    @Test
    void countsWhatItSawAndDropped() {
        final SeededLossGenerator generator = new SeededLossGenerator(7);
        generator.rate(0.5);
        int dropped = 0;
        for (int i = 0; i < 1_000; i++) {
            dropped += generator.shouldDrop() ? 1 : 0;
        }
        assertEquals(1_000, generator.seen());
        assertEquals(dropped, generator.dropped());
        assertTrue(dropped > 0);
    }

    @Test
    void allocatesNothing() {
        final SeededLossGenerator generator = new SeededLossGenerator(7);
        generator.rate(0.05);

        assertEquals(
                0, AllocationMeter.allocatedBytes(DRAWS, i -> generator.shouldDropFrame(null, null, i)));
    }

    @Test
    void refusesWhatIsNoPercentage() {
        assertThrows(IllegalArgumentException.class, () -> new SeededLoss(1, -1, 0));
        assertThrows(IllegalArgumentException.class, () -> new SeededLoss(1, 0, 101));
        assertThrows(IllegalArgumentException.class, () -> new SeededLoss(1, Double.NaN, 0));
    }

    private static BitSet draws(final long seed, final double rate) {
        final SeededLossGenerator generator = new SeededLossGenerator(seed);
        generator.rate(rate);
        final BitSet drops = new BitSet(DRAWS);
        for (int i = 0; i < DRAWS; i++) {
            drops.set(i, generator.shouldDrop());
        }
        return drops;
    }
}
