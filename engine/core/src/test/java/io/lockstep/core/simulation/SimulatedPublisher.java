package io.lockstep.core.simulation;

import io.lockstep.core.port.Publisher;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The sending end of a simulated stream: refuses now and then, and copies what it takes. */
abstract class SimulatedPublisher implements Publisher {
    final Faults faults;

    SimulatedPublisher(final Faults faults) {
        this.faults = faults;
    }

    /** Takes a whole message; returns what an offer returns. */
    abstract long take(UnsafeBuffer message);

    @Override
    public final long offer(final DirectBuffer buffer, final int offset, final int length) {
        return offer(buffer, offset, length, buffer, offset, 0);
    }

    @Override
    public final long offer(
            final DirectBuffer header,
            final int headerOffset,
            final int headerLength,
            final DirectBuffer body,
            final int bodyOffset,
            final int bodyLength) {
        final long refusal = faults.refusal();
        if (refusal < 0) {
            return refusal;
        }
        final UnsafeBuffer message = new UnsafeBuffer(new byte[headerLength + bodyLength]);
        message.putBytes(0, header, headerOffset, headerLength);
        message.putBytes(headerLength, body, bodyOffset, bodyLength);
        return take(message);
    }
}
