package io.lockstep.core.sequencer;

/** What became of a message that reached the sequencer. */
public final class IngressCode {
    /** Took a place in the log. */
    public static final int STAMPED = 1;

    /** A sign of life; nothing to stamp. */
    public static final int HEARD = 2;

    /** In the log already; dropped. */
    public static final int DUPLICATE = 3;

    /** A client sequence is missing before this one; dropped and answered with the one expected. */
    public static final int GAP = 4;

    /** No such session; dropped and answered. */
    public static final int UNKNOWN_SESSION = 5;

    /** A later open took the session over; dropped and answered. */
    public static final int FENCED = 6;

    /** No room for another session; dropped and answered. */
    public static final int TABLE_FULL = 7;

    /** Bytes that are no message for a sequencer; dropped. */
    public static final int MALFORMED = 8;

    /** Meant for another cluster; dropped. */
    public static final int OTHER_CLUSTER = 9;

    /** Not taken now: keep the message and offer it again. */
    public static final int BACK_PRESSURED = 0;

    /** How many codes there are; codes run from 0. */
    public static final int COUNT = 10;

    private IngressCode() {}
}
