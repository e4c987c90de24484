package io.lockstep.codecs;

/** Bits of the flags of an output on the wire. */
public final class OutputFlags {
    /** The last output of its input. */
    public static final int LAST = 1;

    /** Not from the state machine: the session this is for has opened; it is the first output for that incarnation. */
    public static final int SESSION_OPENED = 2;

    /** Not from the state machine: the session this is for has closed. */
    public static final int SESSION_CLOSED = 4;

    private OutputFlags() {}
}
