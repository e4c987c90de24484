package io.lockstep.matching.flow;

/**
 * When the rows of a synthetic session come: single ones some milliseconds apart, and bursts, most of a few rows, now
 * and then one of some 420 within a millisecond, which is about 500 times the mean. Half of what comes in a burst
 * shares the time of the row before.
 */
final class ArrivalTimes {
    private static final long MILLISECOND_NS = 1_000_000;
    private static final int BURST_CHANCE = 63;
    private static final int CHANCES = 1000;
    private static final int BURST_GAP_NS = 3_000;

    private final SeededRandom random;
    private final double singleGapNs;
    private long nowNs;
    private int burstLeft;

    /**
     * Times from a start.
     *
     * @param random decides
     * @param startNs first time, in nanoseconds since midnight
     * @param ratePerSecond rows a second in the mean
     */
    ArrivalTimes(final SeededRandom random, final long startNs, final double ratePerSecond) {
        this.random = random;
        nowNs = startNs;
        // Some two rows in five come in bursts and take next to no time, so the others are that much further apart.
        singleGapNs = 1e9 / ratePerSecond / 0.59;
    }

    long nowNs() {
        return nowNs;
    }

    long next() {
        if (burstLeft > 0) {
            burstLeft--;
            if (random.chance(1, 2)) {
                nowNs += random.between(100, BURST_GAP_NS);
            }
            return nowNs;
        }
        nowNs += 1 + (long) (singleGapNs * random.exponential());
        if (random.chance(BURST_CHANCE, CHANCES)) {
            startBurst();
        }
        return nowNs;
    }

    private void startBurst() {
        final int dice = random.below(CHANCES);
        if (dice < 4) {
            // The peak starts with the millisecond, so that all of it falls into one.
            nowNs += MILLISECOND_NS - nowNs % MILLISECOND_NS;
            burstLeft = random.between(400, 440);
        } else if (dice < 30) {
            burstLeft = random.between(40, 120);
        } else {
            burstLeft = random.between(2, 12);
        }
    }
}
