package io.lockstep.core.takeover;

import io.lockstep.core.epoch.ArchiveSet;

/**
 * What an archive's member is told once.
 *
 * @param clusterId stands in every message
 * @param archiveId of this archive
 * @param incarnation of its process
 * @param archives all that hold the log, this one among them
 * @param suspicionNs for how long a sequencer may be silent, as its candidates have it
 * @param ackIntervalNs between two repeats of the same acknowledgement
 * @param stallNs for how long the recording may stand still while the stream moves
 * @param retryNs between two tries of what failed
 * @param remembers whether all that was recorded is there: false after the host, not only the process, went down
 *     without a clean stop, since what was only in the page cache is gone
 */
public record ArchiveMemberConfiguration(
        int clusterId,
        int archiveId,
        long incarnation,
        ArchiveSet archives,
        long suspicionNs,
        long ackIntervalNs,
        long stallNs,
        long retryNs,
        boolean remembers) {
    /** Time between repeats if nothing else is said: 10 ms. */
    public static final long DEFAULT_ACK_INTERVAL_NS = 10_000_000;

    /** Time that a recording may stand still if nothing else is said: 1 s. */
    public static final long DEFAULT_STALL_NS = 1_000_000_000;

    /** Time between tries if nothing else is said: 20 ms. */
    public static final long DEFAULT_RETRY_NS = 20_000_000;
}
