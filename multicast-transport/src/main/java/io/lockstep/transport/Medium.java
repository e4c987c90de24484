package io.lockstep.transport;

/** What carries the streams; the rest of the system does not know which of them it is. */
public enum Medium {
    /**
     * {@link #MULTICAST} if a datagram sent to the group comes back, else {@link #UNICAST}, with the reason told to the
     * {@link MediumListener}. Each process decides for itself, so a system of several processes names its medium.
     */
    AUTO,

    /** UDP multicast: one group and port per stream. */
    MULTICAST,

    /** UDP unicast for networks without multicast: every publication fans out to its subscribers. */
    UNICAST,

    /** Shared memory of one media driver: everything runs on one host and uses one driver. */
    IPC
}
