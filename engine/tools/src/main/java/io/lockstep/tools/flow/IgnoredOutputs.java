package io.lockstep.tools.flow;

import io.lockstep.matching.flow.FlowCommand;
import org.agrona.DirectBuffer;

/** Takes rows and outputs of a flow of which only the answers count. */
final class IgnoredOutputs implements FlowOutputs {
    @Override
    public void onSent(final FlowCommand row) {
        // Only the answers count.
    }

    @Override
    public void onOutput(
            final long inputSequence,
            final long clientSequence,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        // Only the answers count.
    }
}
