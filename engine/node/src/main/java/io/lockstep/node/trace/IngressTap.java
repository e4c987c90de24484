package io.lockstep.node.trace;

import io.aeron.logbuffer.ControlledFragmentHandler;
import io.aeron.logbuffer.Header;
import io.lockstep.codecs.HotPath;
import io.lockstep.codecs.MessageCheck;
import io.lockstep.codecs.ProtocolCheck;
import io.lockstep.codecs.protocol.CommandDecoder;
import io.lockstep.codecs.protocol.MessageHeaderDecoder;
import io.lockstep.core.trace.Hop;
import io.lockstep.core.trace.HopRing;
import org.agrona.DirectBuffer;

/** Takes the time of each command that a sequencer sees; of one that it must leave in the stream, the first time. */
@HotPath
final class IngressTap implements ControlledFragmentHandler {
    private final MessageCheck check = ProtocolCheck.INSTANCE;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final CommandDecoder command = new CommandDecoder();
    private final HopRing ring;
    private final ControlledFragmentHandler handler;
    private long leftSession;
    private long leftClientSequence;

    IngressTap(final HopRing ring, final ControlledFragmentHandler handler) {
        this.ring = ring;
        this.handler = handler;
    }

    @Override
    public Action onFragment(
            final DirectBuffer buffer, final int offset, final int length, final Header frameHeader) {
        if (check.check(buffer, offset, length) != CommandDecoder.TEMPLATE_ID) {
            return handler.onFragment(buffer, offset, length, frameHeader);
        }
        final long nanoTime = System.nanoTime();
        command.wrapAndApplyHeader(buffer, offset, header);
        final long sessionId = command.sessionId();
        final long clientSequence = command.clientSequence();
        if (sessionId != leftSession || clientSequence != leftClientSequence) {
            ring.command(Hop.SEQUENCER_IN, nanoTime, sessionId, clientSequence);
        }
        final Action action = handler.onFragment(buffer, offset, length, frameHeader);
        leftSession = action == Action.ABORT ? sessionId : 0;
        leftClientSequence = action == Action.ABORT ? clientSequence : 0;
        return action;
    }
}
