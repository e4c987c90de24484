package io.lockstep.core.client;

/** Why a session ended. */
public enum SessionEnd {
    /** Closed in the log: by the client's wish, or because its gateway was silent for too long. */
    CLOSED,
    /** A later open of the same client took it over. */
    FENCED,
    /** The sequencer has no room for another session. */
    REFUSED
}
