package io.lockstep.core.client;

import io.lockstep.core.epoch.ArchiveSet;

/**
 * What a gateway is told once.
 *
 * @param clusterId stands in every message
 * @param incarnation of the gateway's process, a fresh random number
 * @param archives whose acknowledgements count
 * @param windowCommands how many commands of one session may be uncommitted; a power of two
 * @param windowBytes how many bytes of them; a power of two, and the bound of the longest command if below 2 MiB
 * @param heldBytes how many bytes of outputs may wait for their release, for each grade; a power of two of at least
 *     2 MiB, so that the longest output finds room
 * @param positions how many entries may be uncommitted; a power of two
 * @param resendTimeoutNs after which what was not seen sequenced is sent again; doubles up to 8 times that
 * @param keepAliveIntervalNs between two signs of life
 * @param requestIntervalNs after which missing outputs are asked for
 */
public record GatewayConfiguration(
        int clusterId,
        long incarnation,
        ArchiveSet archives,
        int windowCommands,
        int windowBytes,
        int heldBytes,
        int positions,
        long resendTimeoutNs,
        long keepAliveIntervalNs,
        long requestIntervalNs) {
    /** Commands in flight of one session if nothing else is said. */
    public static final int DEFAULT_WINDOW_COMMANDS = 4_096;

    /** Bytes in flight of one session if nothing else is said: 4 MiB. */
    public static final int DEFAULT_WINDOW_BYTES = 4 << 20;

    /** Bytes of outputs held, for each grade, if nothing else is said: 16 MiB. */
    public static final int DEFAULT_HELD_BYTES = 16 << 20;

    /** Uncommitted entries if nothing else is said. */
    public static final int DEFAULT_POSITIONS = 1 << 17;

    /** Time before a resend if nothing else is said: 100 ms, so that a pause of the sequencer is not met by a storm. */
    public static final long DEFAULT_RESEND_TIMEOUT_NS = 100_000_000;

    /** Time between signs of life if nothing else is said: 500 ms. */
    public static final long DEFAULT_KEEP_ALIVE_INTERVAL_NS = 500_000_000;

    /** Time before missing outputs are asked for if nothing else is said: 20 ms. */
    public static final long DEFAULT_REQUEST_INTERVAL_NS = 20_000_000;

    private static final int MIN_HELD_BYTES = 2 << 20;

    /** Checks what no other class can: that every output can be held. */
    public GatewayConfiguration {
        if (heldBytes < MIN_HELD_BYTES) {
            throw new IllegalArgumentException("held bytes must be at least 2 MiB: " + heldBytes);
        }
    }

    /** A configuration with the defaults of this class. */
    public static GatewayConfiguration of(final int clusterId, final long incarnation, final ArchiveSet archives) {
        return new GatewayConfiguration(
                clusterId,
                incarnation,
                archives,
                DEFAULT_WINDOW_COMMANDS,
                DEFAULT_WINDOW_BYTES,
                DEFAULT_HELD_BYTES,
                DEFAULT_POSITIONS,
                DEFAULT_RESEND_TIMEOUT_NS,
                DEFAULT_KEEP_ALIVE_INTERVAL_NS,
                DEFAULT_REQUEST_INTERVAL_NS);
    }
}
