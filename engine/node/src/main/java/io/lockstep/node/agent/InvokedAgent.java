package io.lockstep.node.agent;

import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentInvoker;

/** An agent of somebody else's that this thread runs through its invoker; its owner closes it. */
public final class InvokedAgent implements Agent {
    private final String roleName;
    private final AgentInvoker invoker;

    /**
     * An agent around an invoker.
     *
     * @param roleName for reports
     * @param invoker that nobody else calls
     */
    public InvokedAgent(final String roleName, final AgentInvoker invoker) {
        this.roleName = roleName;
        this.invoker = invoker;
    }

    @Override
    public int doWork() {
        return invoker.invoke();
    }

    @Override
    public String roleName() {
        return roleName;
    }
}
