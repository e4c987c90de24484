package io.lockstep.matching.flow;

/** SplitMix64: the same numbers from the same seed on every machine and every Java. */
final class SeededRandom {
    private static final long STEP = 0x9E37_79B9_7F4A_7C15L;

    private long state;

    SeededRandom(final long seed) {
        state = seed;
    }

    long next() {
        state += STEP;
        long mixed = state;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return mixed ^ (mixed >>> 31);
    }

    /** From 0 to {@code bound} - 1, each as likely as the other but for a bias of 2^-32 at most. */
    int below(final int bound) {
        return (int) (((next() >>> 32) * bound) >>> 32);
    }

    /** From {@code least} to {@code most}, both included. */
    int between(final int least, final int most) {
        return least + below(most - least + 1);
    }

    /** True in {@code count} of {@code of} cases. */
    boolean chance(final int count, final int of) {
        return below(of) < count;
    }

    /** Above 0 and falling off exponentially, 1 on average. */
    double exponential() {
        // StrictMath, since Math.log may differ in the last bit from one machine to the next.
        return -StrictMath.log(((next() >>> 11) + 1) * 0x1p-53);
    }
}
