package io.lockstep.node.agent;

import io.lockstep.core.client.Gateway;
import io.lockstep.core.client.GatewayListener;
import org.agrona.DirectBuffer;

/** A program that trades through a gateway and runs in its thread. */
public interface GatewayProgram extends GatewayListener {
    /**
     * Does a bounded slice of the program's work.
     *
     * @param gateway to open sessions at; commands go to the sessions
     * @param nanoTime for intervals, any origin
     * @param live whether the gateway sees the log as it grows
     * @return how much was done
     */
    int onDutyCycle(Gateway gateway, long nanoTime, boolean live);

    /**
     * Sees each message of the control stream after the gateway has: acknowledgements, reports of replicas.
     *
     * @param buffer that holds the message, which has not been checked
     * @param offset of the message
     * @param length in bytes
     */
    default void onControl(final DirectBuffer buffer, final int offset, final int length) {}
}
