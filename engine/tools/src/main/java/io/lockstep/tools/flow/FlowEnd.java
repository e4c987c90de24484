package io.lockstep.tools.flow;

import io.lockstep.core.client.SessionEnd;

/**
 * What came of a flow.
 *
 * @param reason why the session ended
 * @param sent commands sent
 * @param sequenced commands seen in the log
 * @param answered commands answered
 * @param lost commands without an answer
 * @param doubled answers to a command that had been answered by another entry
 * @param outOfOrder outputs released before one they come after
 * @param resends commands sent again because they were not seen in the log
 * @param sequence of the last entry seen by then, the session's closing included
 * @param durationNs from the opening of the session to its end
 */
public record FlowEnd(
        SessionEnd reason,
        long sent,
        long sequenced,
        long answered,
        long lost,
        long doubled,
        long outOfOrder,
        long resends,
        long sequence,
        long durationNs) {
    /** Whether every command was answered once and in order, and the session closed as it should. */
    public boolean isFlawless() {
        return reason == SessionEnd.CLOSED
                && sequenced == sent
                && answered == sent
                && lost == 0
                && doubled == 0
                && outOfOrder == 0;
    }
}
