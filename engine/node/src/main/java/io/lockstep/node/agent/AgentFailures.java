package io.lockstep.node.agent;

/** Told once of each agent that stopped because it threw. */
@FunctionalInterface
public interface AgentFailures {
    /**
     * An agent has stopped.
     *
     * @param role name of the agent
     * @param error that stopped it
     */
    void onFailure(String role, Throwable error);
}
