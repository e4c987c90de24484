package io.lockstep.node.agent;

import io.aeron.ExclusivePublication;
import io.lockstep.archive.read.EntryHandler;
import io.lockstep.node.adapter.AeronPublisher;
import io.lockstep.node.adapter.LogEnds;
import io.lockstep.node.adapter.Outflow;
import io.lockstep.node.trace.HopRings;
import io.lockstep.transport.Transport;

/**
 * What the agents of one thread share: the ends of the streams, who they belong to, and whom to tell.
 *
 * @param transport over an Aeron client of that thread
 * @param clusterId stands in every message
 * @param listener told of what matters to a human
 * @param outflow told of what the thread's agents put into publications
 * @param hops takes the times of commands, or does not
 */
public record AgentAids(
        Transport transport, int clusterId, AgentListener listener, Outflow outflow, HopRings hops) {
    /** Sessions that can be open at the same time. */
    static final int MAX_SESSIONS = 1 << 16;

    /** The sending end of a stream of this thread. */
    AeronPublisher publisher(final ExclusivePublication publication) {
        return new AeronPublisher(publication, outflow);
    }

    LogEnds logFrom(final long sequence, final String role, final EntryHandler handler) {
        return LogEnds.fromSequence(transport, clusterId, sequence, handler, new ReaderWarnings(role, listener));
    }

    LogEnds history(final long lastSequence, final int holder, final String role, final EntryHandler handler) {
        return LogEnds.history(
                transport, clusterId, lastSequence, holder, handler, new ReaderWarnings(role, listener));
    }

    LogEnds logFromLive(final String role, final EntryHandler handler) {
        return LogEnds.fromLive(transport, clusterId, handler, new ReaderWarnings(role, listener));
    }
}
