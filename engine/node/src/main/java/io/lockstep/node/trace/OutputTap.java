package io.lockstep.node.trace;

import io.lockstep.codecs.HotPath;
import io.lockstep.codecs.protocol.MessageHeaderDecoder;
import io.lockstep.codecs.protocol.OutputDecoder;
import io.lockstep.core.port.Publisher;
import io.lockstep.core.trace.Hop;
import io.lockstep.core.trace.HopRing;
import org.agrona.DirectBuffer;

/** Takes the time of each entry's first output before a replica offers it, and keeps it if the stream takes it. */
@HotPath
final class OutputTap implements Publisher {
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final OutputDecoder output = new OutputDecoder();
    private final HopRing ring;
    private final Publisher outputs;

    OutputTap(final HopRing ring, final Publisher outputs) {
        this.ring = ring;
        this.outputs = outputs;
    }

    @Override
    public long offer(final DirectBuffer buffer, final int offset, final int length) {
        output.wrapAndApplyHeader(buffer, offset, header);
        if (output.index() > 0) {
            return outputs.offer(buffer, offset, length);
        }
        final long nanoTime = System.nanoTime();
        final long result = outputs.offer(buffer, offset, length);
        if (result > 0) {
            ring.entry(Hop.OUTPUT_OUT, nanoTime, output.epoch(), output.inputSequence(), 0);
        }
        return result;
    }

    @Override
    public long offer(
            final DirectBuffer first,
            final int firstOffset,
            final int firstLength,
            final DirectBuffer body,
            final int bodyOffset,
            final int bodyLength) {
        return outputs.offer(first, firstOffset, firstLength, body, bodyOffset, bodyLength);
    }
}
