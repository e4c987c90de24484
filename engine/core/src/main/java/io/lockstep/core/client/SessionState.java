package io.lockstep.core.client;

/** Where a session stands, as its gateway sees it. */
public enum SessionState {
    /** Asked for, not yet in the log. */
    OPENING,
    /** In the log, not yet committed. */
    SEQUENCED,
    /** Commands are taken. */
    OPEN,
    /** Its close is on the way, after its last command. */
    CLOSING,
    /** Over. */
    ENDED
}
