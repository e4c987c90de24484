package io.lockstep.node.agent;

import io.aeron.Aeron;
import org.agrona.concurrent.Agent;

/** Runs the conductor of the Aeron client that the other agents of this thread use, and closes it after them. */
public final class ClientAgent implements Agent {
    private final Aeron aeron;

    /**
     * An agent that owns a client.
     *
     * @param aeron whose conductor is invoked
     */
    public ClientAgent(final Aeron aeron) {
        this.aeron = aeron;
    }

    @Override
    public int doWork() {
        return aeron.conductorAgentInvoker().invoke();
    }

    @Override
    public String roleName() {
        return "aeron-client";
    }

    @Override
    public void onClose() {
        aeron.close();
    }

    public Aeron aeron() {
        return aeron;
    }
}
