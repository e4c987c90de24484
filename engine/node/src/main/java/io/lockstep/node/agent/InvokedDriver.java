package io.lockstep.node.agent;

import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentInvoker;

/**
 * A media driver that this thread runs through its invoker; its owner closes it.
 *
 * <p>One invocation sends a datagram of each publication but takes only one out of each socket. Where several publish
 * to one group, as replicas do their outputs, more would come than goes: so the driver is invoked again while there is
 * something to move.
 */
public final class InvokedDriver implements Agent {
    /** More than this at once would keep the other agents of the thread waiting. */
    private static final int MAX_INVOCATIONS = 16;

    private final AgentInvoker invoker;

    /**
     * An agent around an invoker.
     *
     * @param invoker that nobody else calls
     */
    public InvokedDriver(final AgentInvoker invoker) {
        this.invoker = invoker;
    }

    @Override
    public int doWork() {
        int total = 0;
        int work = 1;
        for (int i = 0; i < MAX_INVOCATIONS && work > 0; i++) {
            work = invoker.invoke();
            total += work;
        }
        return total;
    }

    @Override
    public String roleName() {
        return "driver";
    }
}
