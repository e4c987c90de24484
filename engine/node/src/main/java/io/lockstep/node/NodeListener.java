package io.lockstep.node;

import io.lockstep.node.agent.AgentFailures;
import io.lockstep.node.agent.AgentListener;

/** Told of what matters to a human while a node starts and runs; called on its threads, so it returns at once. */
public interface NodeListener extends AgentListener, AgentFailures {
    /**
     * The medium of the streams has been chosen.
     *
     * @param sentence which one, and why
     */
    default void onMedium(final String sentence) {}
}
