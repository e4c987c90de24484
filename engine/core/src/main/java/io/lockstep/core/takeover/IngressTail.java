package io.lockstep.core.takeover;

import io.lockstep.codecs.ProtocolCheck;
import io.lockstep.codecs.protocol.CommandDecoder;
import io.lockstep.codecs.protocol.MessageHeaderDecoder;
import io.lockstep.core.sequencer.IngressCode;
import io.lockstep.core.sequencer.Sequencer;
import io.lockstep.core.sequencer.SessionTable;
import org.agrona.DirectBuffer;

/**
 * What gateways have sent and the log does not have yet, as far as a standby knows, so that a new sequencer has it
 * without waiting for the gateways to send it again. Losing some of it is harmless: they do send again, and what comes
 * twice is stamped once. So it is bounded by dropping the oldest, in bytes and in age.
 */
final class IngressTail {
    private static final long MOST_AGE_NS = 1_000_000_000;

    private final CommandDecoder command = new CommandDecoder();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final MessageQueue queue;
    private long dropped;

    IngressTail(final int bytes, final int messages) {
        queue = new MessageQueue(bytes, messages);
    }

    void onIngress(
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final long nanoTime,
            final SessionTable table) {
        while (!queue.isEmpty() && (nanoTime - queue.number() > MOST_AGE_NS || isSequenced(table))) {
            queue.removeFirst();
        }
        while (!queue.add(nanoTime, buffer, offset, length)) {
            if (queue.isEmpty()) {
                return; // longer than the whole queue
            }
            queue.removeFirst();
            dropped++;
        }
    }

    /** Offers what there is to the new sequencer; returns true when nothing is left. */
    boolean drainTo(final Sequencer sequencer) {
        while (!queue.isEmpty()) {
            if (sequencer.onIngress(queue.buffer(), queue.offset(), queue.length()) == IngressCode.BACK_PRESSURED) {
                return false;
            }
            queue.removeFirst();
        }
        return true;
    }

    void clear() {
        queue.clear();
    }

    /** Messages that gave way to newer ones. */
    long dropped() {
        return dropped;
    }

    private boolean isSequenced(final SessionTable table) {
        if (ProtocolCheck.INSTANCE.check(queue.buffer(), queue.offset(), queue.length())
                != CommandDecoder.TEMPLATE_ID) {
            return false;
        }
        command.wrapAndApplyHeader(queue.buffer(), queue.offset(), header);
        return command.clientSequence() <= table.lastClientSequence(command.sessionId());
    }
}
