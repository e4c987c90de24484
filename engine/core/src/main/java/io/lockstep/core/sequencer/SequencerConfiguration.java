package io.lockstep.core.sequencer;

import io.lockstep.core.epoch.ArchiveSet;

/**
 * What a sequencer is told once.
 *
 * @param clusterId stands in every message, so that a test box on the production group does no harm
 * @param nodeId of the owner
 * @param incarnation of the owner's process
 * @param archives the archive set of the epoch
 * @param windowBytes how much of the stream may be uncommitted before intake is pushed back
 * @param tickIntervalNs between two ticks
 * @param sessionTimeoutNs after which a gateway that is not heard loses its sessions
 * @param answerIntervalNs between two answers to the same session
 * @param logicVersion of the state machine, written into EPOCH_START
 */
public record SequencerConfiguration(
        int clusterId,
        int nodeId,
        long incarnation,
        ArchiveSet archives,
        long windowBytes,
        long tickIntervalNs,
        long sessionTimeoutNs,
        long answerIntervalNs,
        int logicVersion) {
    /** Version of the protocol that this code speaks. */
    public static final int PROTOCOL_VERSION = 1;

    /** How much may be uncommitted if nothing else is said: 4 MiB. */
    public static final long DEFAULT_WINDOW_BYTES = 4L << 20;

    /** Time between ticks if nothing else is said: 10 ms. */
    public static final long DEFAULT_TICK_INTERVAL_NS = 10_000_000;

    /** Session time-out if nothing else is said: 10 s. */
    public static final long DEFAULT_SESSION_TIMEOUT_NS = 10_000_000_000L;

    /** Time between answers to one session if nothing else is said: 2 ms. */
    public static final long DEFAULT_ANSWER_INTERVAL_NS = 2_000_000;

    /** A configuration with the defaults of this class. */
    public static SequencerConfiguration of(
            final int clusterId, final int nodeId, final long incarnation, final ArchiveSet archives) {
        return new SequencerConfiguration(
                clusterId,
                nodeId,
                incarnation,
                archives,
                DEFAULT_WINDOW_BYTES,
                DEFAULT_TICK_INTERVAL_NS,
                DEFAULT_SESSION_TIMEOUT_NS,
                DEFAULT_ANSWER_INTERVAL_NS,
                0);
    }
}
