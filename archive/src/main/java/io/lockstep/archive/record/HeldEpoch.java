package io.lockstep.archive.record;

/** The recording of one epoch in this archive, and how far it reaches. Owned by the archive agent's thread. */
final class HeldEpoch {
    private final long recordingId;
    private final int sessionId;
    private final EpochHead head;
    private long position;
    private boolean active;
    private boolean chainClosed;

    HeldEpoch(final long recordingId, final int sessionId, final EpochHead head) {
        this.recordingId = recordingId;
        this.sessionId = sessionId;
        this.head = head;
    }

    long epoch() {
        return head.epoch();
    }

    long recordingId() {
        return recordingId;
    }

    int sessionId() {
        return sessionId;
    }

    EpochHead head() {
        return head;
    }

    /** Position after the last recorded byte. */
    long position() {
        return position;
    }

    /** Whether the archive still appends to it. */
    boolean isActive() {
        return active;
    }

    void recording(final long newPosition) {
        position = newPosition;
        active = true;
    }

    void stopped(final long stopPosition) {
        position = stopPosition;
        active = false;
    }

    /** Whether every epoch before this one is known to end where it should. */
    boolean isChainClosed() {
        return chainClosed;
    }

    void chainIsClosed() {
        chainClosed = true;
    }
}
