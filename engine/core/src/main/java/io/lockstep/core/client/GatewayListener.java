package io.lockstep.core.client;

/** What a gateway tells the program that trades through it. Called from the thread that polls the gateway. */
public interface GatewayListener {
    /**
     * A session is open: its opening is committed and commands are taken.
     *
     * @param session that opened
     */
    default void onOpened(final GatewaySession session) {}

    /**
     * An output is released.
     *
     * @param session it is for, or null if it is for everybody
     * @param output valid during the call only
     */
    void onOutput(GatewaySession session, Output output);

    /**
     * A session has ended. Commands of it that were not answered by then are in the log or not; the outputs that were
     * released tell which.
     *
     * @param session that ended
     * @param reason why
     */
    default void onClosed(final GatewaySession session, final SessionEnd reason) {}
}
