package io.lockstep.core.sequencer;

/** One client's session as the log has it. Mutable; owned by a {@link SessionTable}. */
final class Session {
    final long sessionId;
    final long clientId;
    long incarnation;
    long lastClientSequence;
    long requestId;
    GatewayLiveness gateway;

    /** When a gap of this session was last answered; the sequencer's alone, not part of the log. */
    long lastAnswerNs;

    Session(final long sessionId, final long clientId) {
        this.sessionId = sessionId;
        this.clientId = clientId;
    }
}
