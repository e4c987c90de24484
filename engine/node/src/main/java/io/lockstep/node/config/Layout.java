package io.lockstep.node.config;

/** How the agents of a node are spread over threads. */
public enum Layout {
    /**
     * One thread runs a media driver, the Aeron client and every agent but the archives, which have a second one with a
     * driver of their own. The fastest where cores are few, since a message passes from agent to agent without waking a
     * thread.
     */
    FUSED,
    /** The driver has its own threads, and so has each role. */
    THREADED
}
