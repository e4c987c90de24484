package io.lockstep.core.logic;

/** What an entry means to a state machine. */
public enum EntryType {
    /** A client's command; the body is what the client sent. */
    COMMAND,
    /** A client's session opened, for the first time or again; the body is empty. */
    SESSION_OPENED,
    /** A client's session ended, by its wish or by time-out; the body is empty. */
    SESSION_CLOSED
}
