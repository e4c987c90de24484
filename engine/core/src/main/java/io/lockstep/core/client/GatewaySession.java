package io.lockstep.core.client;

import io.lockstep.codecs.EntryFrame;
import io.lockstep.codecs.HotPath;
import io.lockstep.core.port.Publisher;
import org.agrona.DirectBuffer;

/**
 * One client's session at its gateway: takes commands, keeps each until a quorum has it, and sends again what was lost.
 * Called from the thread that polls the gateway.
 */
@HotPath
public final class GatewaySession {
    /** The window is full: poll, then offer again. */
    public static final long WINDOW_FULL = -1;

    /** The session is not open. */
    public static final long NOT_OPEN = -2;

    /** The body is longer than {@link EntryFrame#MAX_BODY_LENGTH}, or than the whole window. */
    public static final long TOO_LONG = -3;

    private static final int MAX_BACK_OFF = 8;

    private final long clientId;
    private long requestId;
    private final GatewayConfiguration configuration;
    private final IngressMessages messages;
    private final Publisher ingress;
    private final CommandWindow window;
    private SessionState state = SessionState.OPENING;
    private long sessionId;
    private long incarnation;
    private long openSequence;
    private long closeSequence = Long.MAX_VALUE;
    private long progressNs;
    private long backOff = 1;
    private long answeredSequence;
    private long answeredNs;
    private boolean closeWanted;
    private long resends;

    GatewaySession(
            final long clientId,
            final long requestId,
            final GatewayConfiguration configuration,
            final IngressMessages messages,
            final Publisher ingress) {
        this.clientId = clientId;
        this.requestId = requestId;
        this.configuration = configuration;
        this.messages = messages;
        this.ingress = ingress;
        this.window = new CommandWindow(configuration.windowCommands(), configuration.windowBytes());
    }

    /**
     * Takes a command. It is on its way when this returns, or will be at the next poll.
     *
     * @param body holds the command
     * @param offset of its first byte
     * @param length in bytes
     * @return the client sequence it got, above 0; or {@link #WINDOW_FULL}, {@link #NOT_OPEN} or {@link #TOO_LONG}
     */
    public long offer(final DirectBuffer body, final int offset, final int length) {
        if (state != SessionState.OPEN) {
            return NOT_OPEN;
        }
        body.boundsCheck(offset, length);
        if (length > EntryFrame.MAX_BODY_LENGTH || !window.canHold(IngressMessages.COMMAND_PREFIX_LENGTH + length)) {
            return TOO_LONG;
        }
        final int at = window.claim(IngressMessages.COMMAND_PREFIX_LENGTH + length);
        if (at < 0) {
            return WINDOW_FULL;
        }
        final long clientSequence = window.next() - 1;
        messages.command(window.buffer(), at, sessionId, incarnation, clientSequence, body, offset, length);
        send();
        return clientSequence;
    }

    /**
     * Ends the session after the commands it has taken; one that is not open yet, as soon as it is.
     *
     * @return false if the window is full: poll, then call again
     */
    public boolean close() {
        if (state == SessionState.OPEN) {
            final int at = window.claim(IngressMessages.CLOSE_LENGTH);
            if (at < 0) {
                return false;
            }
            messages.close(window.buffer(), at, sessionId, incarnation, window.next() - 1);
            state = SessionState.CLOSING;
            send();
        }
        closeWanted = true;
        return true;
    }

    public SessionState state() {
        return state;
    }

    public long clientId() {
        return clientId;
    }

    /** Given by the sequencer; 0 until then. */
    public long sessionId() {
        return sessionId;
    }

    /** Sequence of the session's opening in the log; 0 until it is seen there. */
    public long openSequence() {
        return openSequence;
    }

    /** Client sequence that the next command gets. */
    public long nextClientSequence() {
        return window.next();
    }

    /** Client sequence of the last command seen in the log. */
    public long sequencedClientSequence() {
        return window.unsequenced() - 1;
    }

    /** Client sequence of the last command that a quorum has recorded. */
    public long committedClientSequence() {
        return window.head() - 1;
    }

    /** How many commands were sent again. */
    public long resends() {
        return resends;
    }

    long requestId() {
        return requestId;
    }

    /** Asks anew: requests may be stamped in another order than they were the first time, and a late one is dropped. */
    void renumber(final long newRequestId) {
        requestId = newRequestId;
    }

    void onOpenSequenced(
            final long id, final long openedIncarnation, final long lastClientSequence, final long sequence) {
        sessionId = id;
        incarnation = openedIncarnation;
        openSequence = sequence;
        window.start(lastClientSequence + 1);
        state = SessionState.SEQUENCED;
    }

    void onOpened(final long nanoTime) {
        state = SessionState.OPEN;
        progressNs = nanoTime;
        if (closeWanted) {
            close();
        }
    }

    void end() {
        state = SessionState.ENDED;
    }

    boolean isOf(final long entryIncarnation) {
        return incarnation == entryIncarnation;
    }

    /** A command of this session, or its close, has been seen in the log. */
    void onSequenced(final long clientSequence, final long sequence, final long nanoTime) {
        if (clientSequence != window.unsequenced()) {
            throw new IllegalStateException("log out of client order: session=" + sessionId + " expected="
                    + window.unsequenced() + " received=" + clientSequence);
        }
        window.onSequenced(sequence);
        progressNs = nanoTime;
        backOff = 1;
    }

    void onCommitted(final long commitSequence) {
        window.onCommitted(commitSequence);
    }

    /**
     * The sequencer says which client sequence it waits for. It may say so more than once before what is sent again
     * reaches it; that must not send the whole window each time.
     */
    void onExpected(final long clientSequence, final long nanoTime) {
        final boolean again =
                clientSequence == answeredSequence && nanoTime - answeredNs < configuration.resendTimeoutNs();
        if (!again && clientSequence >= window.unsequenced() && clientSequence < window.send()) {
            answeredSequence = clientSequence;
            answeredNs = nanoTime;
            resends += window.send() - clientSequence;
            window.sendAgainFrom(clientSequence);
        }
    }

    /** Whether a close with this client sequence is the one this session asked for, not one by time-out. */
    boolean isOwnClose(final long clientSequence) {
        return state == SessionState.CLOSING && clientSequence == window.next() - 1;
    }

    /** Entries after a sequence may not stand; none of them is committed. Returns false if it has lost its name. */
    boolean rewind(final long sequence) {
        window.rewind();
        backOff = 1;
        onEpochEnded(sequence);
        if (state == SessionState.SEQUENCED && openSequence > sequence) {
            state = SessionState.OPENING;
            openSequence = 0;
            return false;
        }
        return true;
    }

    /** What was said of an input after this one does not stand. */
    void onEpochEnded(final long sequence) {
        if (closeSequence > sequence) {
            closeSequence = Long.MAX_VALUE;
        }
    }

    /** Nothing that the state machine says after this input is for this session any more. */
    void onClosing(final long inputSequence) {
        closeSequence = inputSequence;
    }

    /** Whether an output of this input is for this incarnation. */
    boolean isWhileOpen(final long inputSequence) {
        return inputSequence >= openSequence && inputSequence <= closeSequence;
    }

    /** Sends what is to be sent, again where nothing has moved for too long. */
    int onDutyCycle(final long nanoTime) {
        if (window.unsequenced() == window.send()) {
            progressNs = nanoTime;
        } else if (nanoTime - progressNs > configuration.resendTimeoutNs() * backOff) {
            progressNs = nanoTime;
            backOff = Math.min(MAX_BACK_OFF, backOff * 2);
            resends += window.send() - window.unsequenced();
            window.sendAgainFrom(window.unsequenced());
        }
        return send();
    }

    private int send() {
        int sent = 0;
        while (window.send() < window.next()) {
            final long clientSequence = window.send();
            final int length = window.length(clientSequence);
            if (ingress.offer(window.buffer(), window.offset(clientSequence), length) < 0) {
                return sent;
            }
            window.onSent();
            sent++;
        }
        return sent;
    }
}
