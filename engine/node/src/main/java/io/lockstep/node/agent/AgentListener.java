package io.lockstep.node.agent;

import io.lockstep.core.epoch.LogEnd;

/** Told of what matters to a human in a node's life; called on the agents' threads, so it returns at once. */
public interface AgentListener {
    /** Hears nothing. */
    AgentListener SILENT = new AgentListener() {};

    /**
     * A sequencer owns an epoch and is about to start it.
     *
     * @param epoch it owns
     * @param previous where the log ended before
     */
    default void onEpochOpened(final long epoch, final LogEnd previous) {}

    /**
     * An agent cannot go on as it should but keeps trying, or has found something wrong.
     *
     * @param role name of the agent
     * @param message a sentence
     */
    default void onWarning(final String role, final String message) {}
}
