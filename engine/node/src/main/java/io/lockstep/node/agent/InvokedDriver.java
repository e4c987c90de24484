package io.lockstep.node.agent;

import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentInvoker;

/**
 * A media driver that this thread runs through its invoker; its owner closes it.
 *
 * <p>One invocation sends a datagram of each publication but takes only one out of each socket. Where several publish
 * to one group, as replicas do their outputs, more would come than goes: so after a few busy turns in a row the driver
 * is invoked until there is nothing to move. Not in each turn, since the invocation that finds nothing costs as much as
 * a datagram.
 */
public final class InvokedDriver implements Agent {
    /** More than this at once would keep the other agents of the thread waiting. */
    private static final int MAX_INVOCATIONS = 32;

    /** A lone command's way through the system takes fewer. */
    private static final int TURNS_BEFORE_DRAIN = 6;

    private final AgentInvoker invoker;
    private int busyTurns;

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
        int work = invoker.invoke();
        if (work == 0) {
            busyTurns = 0;
            return 0;
        }
        if (++busyTurns < TURNS_BEFORE_DRAIN) {
            return work;
        }
        busyTurns = 0;
        int total = work;
        for (int i = 1; i < MAX_INVOCATIONS && work > 0; i++) {
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
