package io.lockstep.core.simulation;

import io.lockstep.core.port.Publisher;
import java.util.Random;

/** Virtual time and, from one seed, everything that goes wrong until the system is healed. */
final class Faults {
    /** Virtual time of one step: 20 us. */
    static final long STEP_NS = 20_000;

    private static final long[] ORIGINS = {0, -1_000_000_000_000_000L, Long.MAX_VALUE - 10_000_000};

    final Random random;
    private final int dropPercent;
    private final int duplicatePercent;
    private final int refusePercent;
    private final long mostDelayNs;
    private final long originNs;
    private long elapsedNs;
    private boolean healed;

    Faults(final long seed) {
        random = new Random(seed);
        dropPercent = random.nextInt(25);
        duplicatePercent = random.nextInt(25);
        refusePercent = random.nextInt(30);
        mostDelayNs = 1 + random.nextInt(20) * STEP_NS;
        originNs = ORIGINS[random.nextInt(ORIGINS.length)];
    }

    void step() {
        elapsedNs += STEP_NS;
    }

    /** Since the start of the run. */
    long elapsedNs() {
        return elapsedNs;
    }

    /** Of any origin, also one from which it overflows in mid-run. */
    long nanoTime() {
        return originNs + elapsedNs;
    }

    /** A clock on the wall that jumps to and fro. */
    long clockNs() {
        return 1_000_000_000L + elapsedNs + (healed ? 0 : random.nextInt(2_000_000) - 1_000_000);
    }

    /** From now on nothing goes wrong. */
    void heal() {
        healed = true;
    }

    boolean isHealed() {
        return healed;
    }

    boolean drops() {
        return !healed && random.nextInt(100) < dropPercent;
    }

    boolean duplicates() {
        return !healed && random.nextInt(100) < duplicatePercent;
    }

    /** A code that an offer is refused with, or 0. */
    long refusal() {
        if (healed || random.nextInt(100) >= refusePercent) {
            return 0;
        }
        return random.nextInt(10) == 0 ? -3 : Publisher.BACK_PRESSURED;
    }

    long delayNs() {
        return random.nextLong(healed ? STEP_NS : mostDelayNs);
    }

    /** Whether something happens that is to be expected once in so many steps. */
    boolean once(final int steps) {
        return !healed && random.nextInt(steps) == 0;
    }
}
