package io.lockstep.benchmarks.path;

import java.io.IOException;

/**
 * Finds the highest constant rate that a subject holds: it is doubled until a run is not delivered, and then halved in
 * between. A single failed run may be the machine's doing, so each rate has two tries.
 */
final class HeldRate {
    private static final int FIRST = 40_000;
    private static final int MOST = 4_000_000;
    private static final int BISECTIONS = 4;
    private static final int TRIES = 2;

    private HeldRate() {}

    /** One run at a rate. */
    @FunctionalInterface
    interface Run {
        RunResult at(int perSecond) throws IOException;
    }

    /**
     * Searches.
     *
     * @param run of the subject
     * @return messages a second; 0 if not even the first rate is held
     */
    static int search(final Run run) throws IOException {
        int held = 0;
        int failed = FIRST;
        while (failed <= MOST && isHeld(run, failed)) {
            held = failed;
            failed *= 2;
        }
        for (int i = 0; i < BISECTIONS && held > 0 && failed <= MOST; i++) {
            final int middle = held + (failed - held) / 2;
            if (isHeld(run, middle)) {
                held = middle;
            } else {
                failed = middle;
            }
        }
        return held;
    }

    private static boolean isHeld(final Run run, final int perSecond) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            if (run.at(perSecond).isDelivered()) {
                return true;
            }
        }
        return false;
    }
}
