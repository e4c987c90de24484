package io.lockstep.transport;

/** Which thread runs the conductor of an Aeron client: the part that talks to the driver and calls image handlers. */
public enum ClientThreading {
    /** A thread of its own. Any thread may use the client; image handlers run on the conductor's thread. */
    OWN_THREAD,

    /**
     * The thread that uses the client, by {@code aeron.conductorAgentInvoker().invoke()} in its duty cycle; another
     * thread or process runs the driver. A blocking call of the client returns only if that other one goes on
     * running.
     */
    INVOKER,

    /**
     * The thread that uses the client and also invokes the driver. A blocking call of the client invokes the driver
     * itself.
     */
    INVOKER_WITH_DRIVER
}
