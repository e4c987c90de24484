package io.lockstep.benchmarks.path;

import io.lockstep.matching.flow.FlowCommand;
import io.lockstep.matching.flow.FlowEncoder;
import io.lockstep.matching.flow.FlowSource;
import io.lockstep.tools.flow.Flows;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Orders of a flow, encoded before the load begins, so that making them does not count. */
final class FlowMessages implements MessageSource {
    private final ExpandableArrayBuffer encoded = new ExpandableArrayBuffer();
    private final int[] offsets;

    FlowMessages(final FlowSource source, final int count) {
        offsets = new int[count + 1];
        final FlowEncoder encoder = new FlowEncoder(Flows.SYMBOL);
        final FlowCommand row = new FlowCommand();
        final UnsafeBuffer scratch = new UnsafeBuffer(new byte[FlowEncoder.MAX_LENGTH]);
        for (int i = 0; i < count; i++) {
            if (!source.next(row)) {
                throw new IllegalArgumentException("the flow has only " + i + " of " + count + " commands");
            }
            final int length = encoder.encode(row, scratch, 0);
            encoded.putBytes(offsets[i], scratch, 0, length);
            offsets[i + 1] = offsets[i] + length;
        }
    }

    @Override
    public int write(final int index, final MutableDirectBuffer buffer) {
        final int length = offsets[index + 1] - offsets[index];
        buffer.putBytes(0, encoded, offsets[index], length);
        return length;
    }

    @Override
    public int maxLength() {
        return FlowEncoder.MAX_LENGTH;
    }
}
