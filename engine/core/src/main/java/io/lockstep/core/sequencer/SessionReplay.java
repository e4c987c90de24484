package io.lockstep.core.sequencer;

import io.lockstep.codecs.EntryReader;
import io.lockstep.codecs.ProtocolCheck;
import io.lockstep.codecs.protocol.EntryKind;
import io.lockstep.codecs.protocol.MessageHeaderDecoder;
import io.lockstep.codecs.protocol.SessionOpenedDecoder;

/** Builds a {@link SessionTable} by reading the log, for a sequencer that is about to own an epoch. */
public final class SessionReplay {
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final SessionOpenedDecoder opened = new SessionOpenedDecoder();
    private final SessionTable sessions;

    /**
     * A replay into a table.
     *
     * @param sessions empty, or as of the entry before the first that is fed
     */
    public SessionReplay(final SessionTable sessions) {
        this.sessions = sessions;
    }

    /**
     * Takes in the next entry of the log.
     *
     * @param entry checked, of any kind
     * @throws IllegalStateException if the entry contradicts the table
     */
    public void onEntry(final EntryReader entry) {
        final EntryKind kind = entry.kind();
        if (kind == EntryKind.COMMAND) {
            sessions.onCommand(entry.sessionId(), entry.incarnation(), entry.clientSequence());
        } else if (kind == EntryKind.SESSION_OPEN) {
            final int templateId =
                    ProtocolCheck.INSTANCE.check(entry.buffer(), entry.bodyOffset(), entry.bodyLength());
            if (templateId != SessionOpenedDecoder.TEMPLATE_ID) {
                throw new IllegalStateException("SESSION_OPEN without its body: sequence=" + entry.sequence()
                        + " check=" + templateId);
            }
            opened.wrapAndApplyHeader(entry.buffer(), entry.bodyOffset(), header);
            sessions.onOpen(
                    entry.sessionId(),
                    entry.incarnation(),
                    opened.clientId(),
                    opened.gatewayIncarnation(),
                    opened.requestId(),
                    0);
        } else if (kind == EntryKind.SESSION_CLOSE) {
            sessions.onClose(entry.sessionId());
        }
    }
}
