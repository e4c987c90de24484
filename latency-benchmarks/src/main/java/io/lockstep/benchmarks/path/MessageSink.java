package io.lockstep.benchmarks.path;

import org.agrona.DirectBuffer;

/** Where a load goes in. */
@FunctionalInterface
public interface MessageSink {
    /**
     * Takes a message.
     *
     * @param buffer that holds it
     * @param offset of its first byte
     * @param length in bytes
     * @return false if it was not taken: it is offered again
     */
    boolean offer(DirectBuffer buffer, int offset, int length);
}
