package io.lockstep.core.client;

import io.lockstep.codecs.HotPath;
import java.util.Arrays;
import org.agrona.collections.Long2ObjectHashMap;

/** The sessions of one gateway, in the order they were asked for, and by id once they are in the log. */
@HotPath
final class SessionList {
    private final Long2ObjectHashMap<GatewaySession> byId = new Long2ObjectHashMap<>();
    private GatewaySession[] sessions = new GatewaySession[16];
    private int size;

    int size() {
        return size;
    }

    GatewaySession get(final int index) {
        return sessions[index];
    }

    /** The session that the log has under an id, or null. */
    GatewaySession byId(final long sessionId) {
        return byId.get(sessionId);
    }

    void add(final GatewaySession session) {
        if (size == sessions.length) {
            sessions = Arrays.copyOf(sessions, size * 2);
        }
        sessions[size++] = session;
    }

    /** A session has got its id. */
    void onNamed(final GatewaySession session) {
        byId.put(session.sessionId(), session);
    }

    /** A session's id has turned out to be void. */
    void onUnnamed(final GatewaySession session) {
        if (byId.get(session.sessionId()) == session) {
            byId.remove(session.sessionId());
        }
    }

    void remove(final GatewaySession session) {
        int index = 0;
        while (sessions[index] != session) {
            index++;
        }
        System.arraycopy(sessions, index + 1, sessions, index, size - index - 1);
        sessions[--size] = null;
        onUnnamed(session);
    }

    /** The oldest session in a state, or null. */
    GatewaySession first(final SessionState state) {
        for (int i = 0; i < size; i++) {
            if (sessions[i].state() == state) {
                return sessions[i];
            }
        }
        return null;
    }

    /** The session that waits for the answer to a request, or null. */
    GatewaySession opening(final long requestId) {
        for (int i = 0; i < size; i++) {
            if (sessions[i].state() == SessionState.OPENING && sessions[i].requestId() == requestId) {
                return sessions[i];
            }
        }
        return null;
    }
}
