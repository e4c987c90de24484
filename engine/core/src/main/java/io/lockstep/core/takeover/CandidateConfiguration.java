package io.lockstep.core.takeover;

import io.lockstep.core.sequencer.SequencerConfiguration;

/**
 * What a candidate is told once.
 *
 * @param sequencer what the sequencer is told that it becomes
 * @param rank among the candidates, from 0; the lower one tries first
 * @param suspicionNs for how long the sequencer may be silent: longer than the worst pause, and several ticks long
 * @param stragglerNs how long more answers are waited for when a quorum has sealed; 0 at a takeover in mid-flow
 * @param startGraceNs how long a quorum may take to record the first entry of an epoch
 * @param statusIntervalNs between two messages of state
 * @param tailBytes of the log's uncommitted end that is kept, and of the unsequenced ingress; a power of two, more than
 *     the sequencer's window
 * @param tailMessages as many messages of each; a power of two
 * @param maxSessions open at the same time
 */
public record CandidateConfiguration(
        SequencerConfiguration sequencer,
        int rank,
        long suspicionNs,
        long stragglerNs,
        long startGraceNs,
        long statusIntervalNs,
        int tailBytes,
        int tailMessages,
        int maxSessions) {
    /** Silence before suspicion if nothing else is said: 50 ms. */
    public static final long DEFAULT_SUSPICION_NS = 50_000_000;

    /** Time for the first entry of an epoch if nothing else is said: 2 s. */
    public static final long DEFAULT_START_GRACE_NS = 2_000_000_000;

    /** Time between messages of state if nothing else is said: 100 ms. */
    public static final long DEFAULT_STATUS_INTERVAL_NS = 100_000_000;

    /** Bytes of each tail if nothing else is said: 8 MiB. */
    public static final int DEFAULT_TAIL_BYTES = 8 << 20;

    /** Messages of each tail if nothing else is said. */
    public static final int DEFAULT_TAIL_MESSAGES = 1 << 16;

    /** Open sessions if nothing else is said. */
    public static final int DEFAULT_MAX_SESSIONS = 1 << 16;

    /** A configuration with the defaults of this class. */
    public static CandidateConfiguration of(final SequencerConfiguration sequencer, final int rank) {
        return new CandidateConfiguration(
                sequencer,
                rank,
                DEFAULT_SUSPICION_NS,
                0,
                DEFAULT_START_GRACE_NS,
                DEFAULT_STATUS_INTERVAL_NS,
                DEFAULT_TAIL_BYTES,
                DEFAULT_TAIL_MESSAGES,
                DEFAULT_MAX_SESSIONS);
    }
}
