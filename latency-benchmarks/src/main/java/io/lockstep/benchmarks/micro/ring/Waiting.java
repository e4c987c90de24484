package io.lockstep.benchmarks.micro.ring;

/**
 * How a thread waits: either it only spins, or it spins a hundred times and then yields at each turn, which is what the
 * Disruptor's two wait strategies do. One per thread.
 */
final class Waiting {
    private static final int SPINS = 100;

    private final boolean isYielding;
    private int spinsLeft = SPINS;

    Waiting(final boolean isYielding) {
        this.isYielding = isYielding;
    }

    static boolean isYielding(final String idle) {
        return switch (idle) {
            case "spin" -> false;
            case "yield" -> true;
            default -> throw new IllegalArgumentException("idle=" + idle + " is neither spin nor yield");
        };
    }

    /** There was something to do. */
    void reset() {
        spinsLeft = SPINS;
    }

    /** There was nothing to do. */
    @SuppressWarnings("ThreadPriorityCheck") // Yielding is what the peer does.
    void idle() {
        if (!isYielding) {
            Thread.onSpinWait();
        } else if (spinsLeft == 0) {
            Thread.yield();
        } else {
            spinsLeft--;
        }
    }
}
