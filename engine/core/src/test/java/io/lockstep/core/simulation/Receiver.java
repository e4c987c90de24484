package io.lockstep.core.simulation;

import org.agrona.DirectBuffer;

/** Takes the messages of a link. */
interface Receiver {
    /** Returns false if the message cannot be taken now; the link keeps it and what comes after. */
    boolean onMessage(DirectBuffer buffer, int offset, int length);
}
