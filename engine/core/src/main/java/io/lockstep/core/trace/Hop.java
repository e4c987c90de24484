package io.lockstep.core.trace;

/**
 * The places on a command's way where its time is taken, in the order of the way; only {@link #ARCHIVE_ACKED} is beside
 * it. Each time is read where the hop begins, before the work that it names, so that no later hop can carry an earlier
 * time.
 */
public enum Hop {
    /**
     * A gateway offers the command to the ingress stream for the first time. It waits before that only while the stream
     * does not take what stands in front of it. Named by (session, client sequence).
     */
    GATEWAY_IN(0),

    /**
     * The sequencer takes the copy of the command that it will stamp off the ingress stream: the first time, if it must
     * leave it there and look again. Named by (session, client sequence).
     */
    SEQUENCER_IN(1),

    /**
     * The entry, with its epoch, sequence and time, is offered to the log's stream, which takes it. Carries both names
     * and the position at which the entry ends.
     */
    STAMPED(2),

    /**
     * A gateway learns that a quorum of archives has recorded the entry, and what waits for that may go. Named by
     * (epoch, sequence) of the last entry that is committed thereby. Archives record it too, when they send what they
     * acknowledge; theirs is named by (epoch, position).
     */
    ARCHIVE_ACKED(3),

    /** A replica takes the entry off the log's stream; where it has a thread for that, in front of its ring. */
    REPLICA_IN(4),

    /** The replica's state machine has applied the entry. */
    APPLIED(5),

    /** The replica offers the entry's first output to the output stream, which takes it. */
    OUTPUT_OUT(6),

    /**
     * A gateway takes the first copy of the entry's first output off the output stream: the first time, if it must
     * leave it there and look again. Says which replica's copy it was.
     */
    GATEWAY_OUT(7),

    /** The gateway hands the first output that answers the command to its client. */
    RELEASED(8);

    /** Stands for a time that is not known. */
    public static final long NO_TIME = Long.MIN_VALUE;

    private static final Hop[] HOPS = values();

    private final int code;

    Hop(final int code) {
        this.code = code;
    }

    /** How it stands in a ring: its place among the constants. */
    int code() {
        return code;
    }

    static Hop of(final int code) {
        return HOPS[code];
    }
}
