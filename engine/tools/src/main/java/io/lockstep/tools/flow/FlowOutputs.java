package io.lockstep.tools.flow;

import io.lockstep.matching.flow.FlowCommand;
import org.agrona.DirectBuffer;

/** Takes a flow's rows as they are sent and its outputs as they are released; on the gateway's thread. */
public interface FlowOutputs {
    /**
     * A row has been sent.
     *
     * @param row valid during the call only
     */
    void onSent(FlowCommand row);

    /**
     * An output has been released.
     *
     * @param inputSequence of the entry that caused it
     * @param clientSequence number of the row it answers, from 1; 0 if it answers none
     * @param buffer that holds the body
     * @param offset of the body
     * @param length of the body
     */
    void onOutput(long inputSequence, long clientSequence, DirectBuffer buffer, int offset, int length);
}
