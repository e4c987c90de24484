package io.lockstep.core.sequencer;

import io.lockstep.codecs.HotPath;
import java.util.Arrays;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * Every open session with the last client sequence that the log has of it, and every gateway with the last request that
 * the log has of it. The active sequencer changes it with each entry it appends; a sequencer that takes over builds the
 * same table by reading the log, entry by entry.
 *
 * <p>Single-threaded. Bounded by {@code maxSessions}; at the bound a new session is refused. Of gateways without a
 * session the newest {@value #MAX_IDLE_GATEWAYS} are remembered, so that a late copy of a request opens nothing.
 */
@HotPath
public final class SessionTable {
    /** Gateways without a session that are remembered. */
    static final int MAX_IDLE_GATEWAYS = 1024;

    private final int maxSessions;
    private final Long2ObjectHashMap<Session> bySession = new Long2ObjectHashMap<>();
    private final Long2ObjectHashMap<Session> byClient = new Long2ObjectHashMap<>();
    private final Long2ObjectHashMap<GatewayLiveness> gateways = new Long2ObjectHashMap<>();
    private Session[] sessions = new Session[16];
    private GatewayLiveness[] gatewaysInOrder = new GatewayLiveness[16];
    private int size;
    private int gatewayCount;
    private int idleGateways;

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
        return size;
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
        return size >= maxSessions;
    }

    Session session(final long sessionId) {
        return bySession.get(sessionId);
    }

    Session sessionOfClient(final long clientId) {
        return byClient.get(clientId);
    }

    /** The open session at a place, from 0; the oldest first. */
    Session sessionAt(final int index) {
        return sessions[index];
    }

    /** What is known of a gateway, or null. */
    GatewayLiveness gateway(final long gatewayIncarnation) {
        return gateways.get(gatewayIncarnation);
    }

    /** How many gateways are remembered, with sessions and without. */
    int gatewayCount() {
        return gatewayCount;
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
            if (size == sessions.length) {
                sessions = Arrays.copyOf(sessions, size * 2);
            }
            sessions[size++] = session;
        }
        final GatewayLiveness before = session.gateway;
        session.incarnation = incarnation;
        session.nextAnswerNs = nowNs;
        session.gateway = acquire(gatewayIncarnation, nowNs);
        session.gateway.lastRequestId = Math.max(session.gateway.lastRequestId, requestId);
        if (before != null) {
            release(before);
        }
    }

    void onCommand(final long sessionId, final long incarnation, final long clientSequence) {
        final Session session = bySession.get(sessionId);
        if (session == null
                || incarnation != session.incarnation
                || clientSequence != session.lastClientSequence + 1) {
            throw new IllegalStateException("log out of client order: session=" + sessionId + " incarnation="
                    + incarnation + " open=" + incarnation(sessionId) + " client sequence=" + clientSequence
                    + " last=" + lastClientSequence(sessionId));
        }
        session.lastClientSequence = clientSequence;
    }

    void onClose(final long sessionId) {
        final Session session = bySession.remove(sessionId);
        if (session == null) {
            throw new IllegalStateException("log closes a session that is not open: session=" + sessionId);
        }
        byClient.remove(session.clientId);
        removeAt(sessions, indexOf(sessions, session), size--);
        release(session.gateway);
    }

    /** Gives every gateway a fresh start: for some time nobody listened to them. */
    void heardAll(final long nowNs) {
        for (int i = 0; i < gatewayCount; i++) {
            gatewaysInOrder[i].lastHeardNs = nowNs;
        }
        for (int i = 0; i < size; i++) {
            sessions[i].nextAnswerNs = nowNs;
        }
    }

    private GatewayLiveness acquire(final long gatewayIncarnation, final long nowNs) {
        GatewayLiveness gateway = gateways.get(gatewayIncarnation);
        if (gateway == null) {
            gateway = new GatewayLiveness(gatewayIncarnation);
            gateways.put(gatewayIncarnation, gateway);
            if (gatewayCount == gatewaysInOrder.length) {
                gatewaysInOrder = Arrays.copyOf(gatewaysInOrder, gatewayCount * 2);
            }
            gatewaysInOrder[gatewayCount++] = gateway;
        } else if (gateway.sessions == 0) {
            idleGateways--;
        }
        gateway.lastHeardNs = nowNs;
        gateway.sessions++;
        return gateway;
    }

    private void release(final GatewayLiveness gateway) {
        if (--gateway.sessions == 0 && ++idleGateways > MAX_IDLE_GATEWAYS) {
            forgetOldestIdle();
        }
    }

    private void forgetOldestIdle() {
        int index = 0;
        while (gatewaysInOrder[index].sessions > 0) {
            index++;
        }
        gateways.remove(gatewaysInOrder[index].gatewayIncarnation);
        removeAt(gatewaysInOrder, index, gatewayCount--);
        idleGateways--;
    }

    private static int indexOf(final Object[] array, final Object wanted) {
        int index = 0;
        while (array[index] != wanted) {
            index++;
        }
        return index;
    }

    private static void removeAt(final Object[] array, final int index, final int count) {
        System.arraycopy(array, index + 1, array, index, count - index - 1);
        array[count - 1] = null;
    }
}
