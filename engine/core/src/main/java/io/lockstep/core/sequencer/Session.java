package io.lockstep.core.sequencer;

/** One client's session as the log has it. Mutable; owned by a {@link SessionTable}. */
final class Session {
    final long sessionId;
    final long clientId;
    long incarnation;
    long lastClientSequence;
    GatewayLiveness gateway;

    /** A gap of this session is not answered again before this time; the sequencer's alone, not part of the log. */
    long nextAnswerNs;

    Session(final long sessionId, final long clientId) {
        this.sessionId = sessionId;
        this.clientId = clientId;
    }
}
