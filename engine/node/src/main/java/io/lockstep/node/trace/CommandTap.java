package io.lockstep.node.trace;

import io.lockstep.codecs.HotPath;
import io.lockstep.codecs.MessageCheck;
import io.lockstep.codecs.ProtocolCheck;
import io.lockstep.codecs.protocol.CommandDecoder;
import io.lockstep.codecs.protocol.MessageHeaderDecoder;
import io.lockstep.core.port.Publisher;
import io.lockstep.core.trace.Hop;
import io.lockstep.core.trace.HopRing;
import org.agrona.DirectBuffer;

/** Takes the time of each command before it is offered to the ingress; of one that is refused, the first time. */
@HotPath
final class CommandTap implements Publisher {
    private final MessageCheck check = ProtocolCheck.INSTANCE;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final CommandDecoder command = new CommandDecoder();
    private final HopRing ring;
    private final Publisher ingress;
    private long refusedSession;
    private long refusedClientSequence;

    CommandTap(final HopRing ring, final Publisher ingress) {
        this.ring = ring;
        this.ingress = ingress;
    }

    @Override
    public long offer(final DirectBuffer buffer, final int offset, final int length) {
        if (check.check(buffer, offset, length) != CommandDecoder.TEMPLATE_ID) {
            return ingress.offer(buffer, offset, length);
        }
        final long nanoTime = System.nanoTime();
        command.wrapAndApplyHeader(buffer, offset, header);
        final long sessionId = command.sessionId();
        final long clientSequence = command.clientSequence();
        if (sessionId != refusedSession || clientSequence != refusedClientSequence) {
            ring.command(Hop.GATEWAY_IN, nanoTime, sessionId, clientSequence);
        }
        final long result = ingress.offer(buffer, offset, length);
        refusedSession = result < 0 ? sessionId : 0;
        refusedClientSequence = result < 0 ? clientSequence : 0;
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
        return ingress.offer(first, firstOffset, firstLength, body, bodyOffset, bodyLength);
    }
}
