package io.lockstep.node.agent;

import io.lockstep.node.adapter.Outflow;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentInvoker;

/**
 * A media driver that this thread runs through its invoker; its owner closes it.
 *
 * <p>One invocation sends a datagram of each publication but takes only one out of each socket. Where several publish
 * to one group, as replicas do their outputs, more would come than goes: so after a few busy turns in a row the driver
 * is invoked until there is nothing to move. Not in each turn, since the invocation that finds nothing costs as much as
 * a datagram.
 *
 * <p>The thread gives the driver a turn of its own after each agent that has put something out, so that a message goes
 * on its way, and its next reader finds it, before agents it does not concern have been asked.
 */
public final class InvokedDriver implements Agent, Outflow {
    /** More than this at once would keep the other agents of the thread waiting. */
    private static final int MAX_INVOCATIONS = 32;

    /** A lone command's way through the system takes fewer. */
    private static final int TURNS_BEFORE_DRAIN = 6;

    private final AgentInvoker invoker;
    private int busyTurns;
    private boolean isWanted;

    /**
     * An agent around an invoker.
     *
     * @param invoker that nobody else calls
     */
    public InvokedDriver(final AgentInvoker invoker) {
        this.invoker = invoker;
    }

    @Override
    public void onOffered() {
        isWanted = true;
    }

    /** Whether something has been put out since the driver's last turn. */
    boolean isWanted() {
        return isWanted;
    }

    /**
     * Gives the driver a turn if something has been put out since its last.
     *
     * @return how much was done
     */
    public int doWorkIfWanted() {
        return isWanted ? doWork() : 0;
    }

    @Override
    public int doWork() {
        isWanted = false;
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
