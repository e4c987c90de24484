package io.lockstep.core.sequencer;

import io.lockstep.codecs.HotPath;
import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * Every open session with the last client sequence that the log has of it. The active sequencer changes it with each
 * entry it appends; a sequencer that takes over builds the same table by reading the log, entry by entry.
 *
 * <p>Single-threaded. Bounded by {@code maxSessions}; at the bound a new session is refused.
 */
@HotPath
public final class SessionTable {
    private final int maxSessions;
    private final Long2ObjectHashMap<Session> bySession = new Long2ObjectHashMap<>();
    private final Long2ObjectHashMap<Session> byClient = new Long2ObjectHashMap<>();
    private final Long2ObjectHashMap<GatewayLiveness> gateways = new Long2ObjectHashMap<>();
    private final List<Session> inOrder = new ArrayList<>();

    /**
     * An empty table.
     *
     * @param maxSessions open at the same time
     */
    public SessionTable(final int maxSessions) {
        this.maxSessions = maxSessions;
    }

    /** How many sessions are open. */
    public int size() {
        return inOrder.size();
    }

    /**
     * The last client sequence of a session.
     *
     * @param sessionId of the session
     * @return the last client sequence in the log, or -1 if the session is not open
     */
    public long lastClientSequence(final long sessionId) {
        final Session session = bySession.get(sessionId);
        return session == null ? -1 : session.lastClientSequence;
    }

    /**
     * The incarnation of a session.
     *
     * @param sessionId of the session
     * @return the incarnation whose commands are taken, or -1 if the session is not open
     */
    public long incarnation(final long sessionId) {
        final Session session = bySession.get(sessionId);
        return session == null ? -1 : session.incarnation;
    }

    boolean isFull() {
        return inOrder.size() >= maxSessions;
    }

    Session session(final long sessionId) {
        return bySession.get(sessionId);
    }

    Session sessionOfClient(final long clientId) {
        return byClient.get(clientId);
    }

    /** Open sessions, oldest first. */
    List<Session> inOrder() {
        return inOrder;
    }

    GatewayLiveness gateway(final long gatewayIncarnation) {
        return gateways.get(gatewayIncarnation);
    }

    void onOpen(
            final long sessionId,
            final long incarnation,
            final long clientId,
            final long gatewayIncarnation,
            final long requestId,
            final long nowNs) {
        Session session = bySession.get(sessionId);
        if (session == null) {
            session = new Session(sessionId, clientId);
            bySession.put(sessionId, session);
            byClient.put(clientId, session);
            inOrder.add(session);
        } else {
            release(session.gateway);
        }
        session.incarnation = incarnation;
        session.requestId = requestId;
        session.gateway = acquire(gatewayIncarnation, nowNs);
        session.lastAnswerNs = nowNs - Integer.MAX_VALUE;
    }

    void onCommand(final long sessionId, final long clientSequence) {
        final Session session = bySession.get(sessionId);
        if (session == null || clientSequence != session.lastClientSequence + 1) {
            throw new IllegalStateException("log out of client order: session=" + sessionId + " client sequence="
                    + clientSequence + " last=" + lastClientSequence(sessionId));
        }
        session.lastClientSequence = clientSequence;
    }

    void onClose(final long sessionId) {
        final Session session = bySession.remove(sessionId);
        if (session == null) {
            throw new IllegalStateException("log closes a session that is not open: session=" + sessionId);
        }
        byClient.remove(session.clientId);
        inOrder.remove(session);
        release(session.gateway);
    }

    /** Gives every gateway a fresh start: a new sequencer has not heard any of them yet. */
    void heardAll(final long nowNs) {
        for (final Session session : inOrder) {
            session.gateway.lastHeardNs = nowNs;
        }
    }

    private GatewayLiveness acquire(final long gatewayIncarnation, final long nowNs) {
        GatewayLiveness gateway = gateways.get(gatewayIncarnation);
        if (gateway == null) {
            gateway = new GatewayLiveness(gatewayIncarnation, nowNs);
            gateways.put(gatewayIncarnation, gateway);
        }
        gateway.lastHeardNs = nowNs;
        gateway.sessions++;
        return gateway;
    }

    private void release(final GatewayLiveness gateway) {
        if (--gateway.sessions == 0) {
            gateways.remove(gateway.gatewayIncarnation);
        }
    }
}
