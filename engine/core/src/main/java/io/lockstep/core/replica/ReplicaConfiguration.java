package io.lockstep.core.replica;

/**
 * What a replica is told once.
 *
 * @param clusterId stands in every message
 * @param replicaId of this replica
 * @param incarnation of its process
 * @param outputLogBytes how many bytes of recent outputs are kept, unpublished ones and ones to publish again; a power
 *     of two
 * @param reportEvery a report of place and state hash is due after this many entries
 * @param reportIntervalNs a report is due after this time too
 * @param serveIntervalNs between two publications again of what gateways miss
 */
public record ReplicaConfiguration(
        int clusterId,
        int replicaId,
        long incarnation,
        int outputLogBytes,
        int reportEvery,
        long reportIntervalNs,
        long serveIntervalNs) {
    /** Bytes of recent outputs kept if nothing else is said: 64 MiB. */
    public static final int DEFAULT_OUTPUT_LOG_BYTES = 64 << 20;

    /** Entries between reports if nothing else is said. */
    public static final int DEFAULT_REPORT_EVERY = 16_384;

    /** Time between reports if nothing else is said: 50 ms. */
    public static final long DEFAULT_REPORT_INTERVAL_NS = 50_000_000;

    /**
     * Time between two publications again if nothing else is said: 100 ms. One serves every gateway that asks; asking
     * does not make it start over and over.
     */
    public static final long DEFAULT_SERVE_INTERVAL_NS = 100_000_000;

    /** A configuration with the defaults of this class. */
    public static ReplicaConfiguration of(final int clusterId, final int replicaId, final long incarnation) {
        return new ReplicaConfiguration(
                clusterId,
                replicaId,
                incarnation,
                DEFAULT_OUTPUT_LOG_BYTES,
                DEFAULT_REPORT_EVERY,
                DEFAULT_REPORT_INTERVAL_NS,
                DEFAULT_SERVE_INTERVAL_NS);
    }
}
