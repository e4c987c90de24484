package io.lockstep.core.takeover;

import io.lockstep.core.sequencer.Sequencer;

/**
 * Watches whether the commit of an active sequencer moves. If it stands still for half the time after which others
 * suspect, with entries outstanding, the sequencer is cut off, or superseded, or has slept; it steps down. The first
 * entry of an epoch may take longer: archives have to bring the epochs before it to their ends.
 *
 * <p>Only time in which this process ran counts: after a pause acknowledgements are waiting to be read.
 */
final class StandStill {
    private static final int LEAST_LOOKS = 4;

    private final long longestNs;
    private final long graceNs;
    private long position;
    private long stillNs;
    private long lookedNs;

    StandStill(final CandidateConfiguration configuration) {
        longestNs = configuration.suspicionNs() / 2;
        graceNs = configuration.startGraceNs();
    }

    void begin(final long nanoTime) {
        position = 0;
        stillNs = 0;
        lookedNs = nanoTime;
    }

    boolean isTooLong(final Sequencer sequencer, final long nanoTime) {
        final long committed = sequencer.commitPosition();
        if (committed != position || committed == sequencer.position()) {
            position = committed;
            stillNs = 0;
        } else {
            stillNs += Math.min(nanoTime - lookedNs, longestNs / LEAST_LOOKS);
        }
        lookedNs = nanoTime;
        return stillNs >= (position == 0 ? graceNs : longestNs);
    }
}
