package io.lockstep.tools.flow;

import io.lockstep.matching.flow.FlowCommand;
import io.lockstep.matching.flow.FlowRecorder;
import org.agrona.DirectBuffer;

/** Hands rows and outputs to a recorder of fills and best prices. */
final class RecordedOutputs implements FlowOutputs {
    private final FlowRecorder recorder;

    RecordedOutputs(final FlowRecorder recorder) {
        this.recorder = recorder;
    }

    @Override
    public void onSent(final FlowCommand row) {
        recorder.onSent(row);
    }

    @Override
    public void onOutput(
            final long inputSequence,
            final long clientSequence,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        recorder.onOutput(inputSequence, clientSequence, buffer, offset, length);
    }
}
