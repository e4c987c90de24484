package io.lockstep.node.trace;

import io.aeron.logbuffer.ControlledFragmentHandler;
import io.aeron.logbuffer.Header;
import io.lockstep.codecs.HotPath;
import io.lockstep.codecs.protocol.MessageHeaderDecoder;
import io.lockstep.codecs.protocol.OutputDecoder;
import io.lockstep.core.client.Gateway;
import io.lockstep.core.trace.Hop;
import io.lockstep.core.trace.HopRing;
import org.agrona.DirectBuffer;

/**
 * Takes the time of each entry's first output as a gateway sees the copy that it takes; if it had to leave that copy in
 * the stream before, the time it first saw it.
 */
@HotPath
final class FirstCopyTap implements ControlledFragmentHandler {
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final OutputDecoder output = new OutputDecoder();
    private final HopRing ring;
    private final ControlledFragmentHandler handler;
    private final Gateway gateway;
    private long leftOutputSequence;
    private int leftReplicaId;
    private long leftNs;

    FirstCopyTap(final HopRing ring, final ControlledFragmentHandler handler, final Gateway gateway) {
        this.ring = ring;
        this.handler = handler;
        this.gateway = gateway;
    }

    @Override
    public Action onFragment(
            final DirectBuffer buffer, final int offset, final int length, final Header frameHeader) {
        final long takenBefore = gateway.outputSequence();
        final long nanoTime = System.nanoTime();
        final Action action = handler.onFragment(buffer, offset, length, frameHeader);
        if (action == Action.ABORT) {
            leave(buffer, offset, nanoTime);
        } else if (gateway.outputSequence() != takenBefore) {
            // What the gateway takes is well formed.
            output.wrapAndApplyHeader(buffer, offset, header);
            if (output.index() == 0) {
                ring.entry(
                        Hop.GATEWAY_OUT,
                        isLeft() ? leftNs : nanoTime,
                        output.epoch(),
                        output.inputSequence(),
                        output.replicaId());
            }
        }
        return action;
    }

    private void leave(final DirectBuffer buffer, final int offset, final long nanoTime) {
        // The gateway leaves nothing but outputs, which it has checked.
        output.wrapAndApplyHeader(buffer, offset, header);
        if (!isLeft()) {
            leftOutputSequence = output.outputSequence();
            leftReplicaId = output.replicaId();
            leftNs = nanoTime;
        }
    }

    private boolean isLeft() {
        return output.outputSequence() == leftOutputSequence && output.replicaId() == leftReplicaId;
    }
}
