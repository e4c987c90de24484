package io.lockstep.core.client;

import io.lockstep.codecs.HotPath;

/**
 * Decides when outputs that do not come are to be asked for: they were emitted, and nothing has moved for an
 * interval.
 */
@HotPath
final class MissingOutputs {
    private final long intervalNs;
    private long emitted;
    private long lastNext = -1;
    private long lastMoveNs;
    private long requests;

    MissingOutputs(final long intervalNs) {
        this.intervalNs = intervalNs;
    }

    /** It is known of some replica that it has emitted outputs up to this one. */
    void onEmitted(final long outputSequence) {
        emitted = Math.max(emitted, outputSequence);
    }

    /** What was known of outputs may have been about inputs that do not stand. */
    void rewind() {
        emitted = 0;
    }

    /** An output has come that cannot be taken yet: nothing is missing, something else must move first. */
    void onWaiting(final long nanoTime) {
        lastMoveNs = nanoTime;
    }

    long requests() {
        return requests;
    }

    /** Whether to ask now; {@code next} is 0 while no output has been taken at all. */
    boolean isDue(final long next, final long nanoTime) {
        if (next != lastNext || (next > 0 && emitted < next)) {
            lastNext = next;
            lastMoveNs = nanoTime;
            return false;
        }
        if (nanoTime - lastMoveNs < intervalNs) {
            return false;
        }
        lastMoveNs = nanoTime;
        requests++;
        return true;
    }
}
