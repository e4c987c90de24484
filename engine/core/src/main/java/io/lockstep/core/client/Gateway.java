package io.lockstep.core.client;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.lockstep.codecs.EntryReader;
import io.lockstep.codecs.HotPath;
import io.lockstep.codecs.MessageCheck;
import io.lockstep.codecs.OutputFlags;
import io.lockstep.codecs.ProtocolCheck;
import io.lockstep.codecs.protocol.AckDecoder;
import io.lockstep.codecs.protocol.AnswerCode;
import io.lockstep.codecs.protocol.CommandAnswerDecoder;
import io.lockstep.codecs.protocol.EntryKind;
import io.lockstep.codecs.protocol.EpochStartDecoder;
import io.lockstep.codecs.protocol.MessageHeaderDecoder;
import io.lockstep.codecs.protocol.OutputDecoder;
import io.lockstep.codecs.protocol.ReplicaReportDecoder;
import io.lockstep.codecs.protocol.SessionOpenedDecoder;
import io.lockstep.core.epoch.CommitTracker;
import io.lockstep.core.logic.Outbox;
import io.lockstep.core.port.Publisher;
import org.agrona.DirectBuffer;

/**
 * The edge: carries commands of clients to the sequencer and outputs of replicas to clients, each once and in order,
 * and releases an output only when its grade says it may be.
 *
 * <p>Single-threaded. It is fed the log as it grows, the control stream and the outputs; time comes in with
 * {@link #onDutyCycle}. Sessions are opened and ended rarely; commands and outputs allocate nothing.
 */
@HotPath
public final class Gateway {
    private final EntryReader entry = new EntryReader();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final SessionOpenedDecoder opened = new SessionOpenedDecoder();
    private final EpochStartDecoder epochStart = new EpochStartDecoder();
    private final AckDecoder ack = new AckDecoder();
    private final CommandAnswerDecoder answer = new CommandAnswerDecoder();
    private final ReplicaReportDecoder report = new ReplicaReportDecoder();
    private final MessageCheck check = ProtocolCheck.INSTANCE;
    private final SessionList sessions = new SessionList();

    private final GatewayConfiguration configuration;
    private final Publisher ingress;
    private final Publisher control;
    private final GatewayListener listener;
    private final IngressMessages messages;
    private final CommitTracker tracker;
    private final CommitSequence commit;
    private final OutputGate gate;
    private final MissingOutputs missing;
    private boolean started;
    private long nanoTime;
    private long nextKeepAliveNs;
    private long nextOpenNs;
    private long lastRequestId;
    private long firstOpening;
    private long malformed;
    private long released;
    private long ahead;
    private long stale;
    private long refusals;
    private long newestEpoch;
    private long rewinds;

    /**
     * A gateway without sessions.
     *
     * @param configuration what it is told once
     * @param ingress takes commands
     * @param control takes requests for missing outputs
     * @param listener is told of outputs and of sessions
     */
    public Gateway(
            final GatewayConfiguration configuration,
            final Publisher ingress,
            final Publisher control,
            final GatewayListener listener) {
        this.configuration = configuration;
        this.ingress = ingress;
        this.control = control;
        this.listener = listener;
        this.messages = new IngressMessages(configuration);
        this.tracker = new CommitTracker(configuration.archives());
        this.commit = new CommitSequence(configuration.positions());
        this.gate = new OutputGate(commit, configuration.positions(), configuration.heldBytes(), new ToListener());
        this.missing = new MissingOutputs(configuration.requestIntervalNs());
    }

    /**
     * Opens a session; the listener is told when it is open. A session of the same client at any gateway is taken over.
     *
     * @param clientId names the client in the whole cluster
     * @return the session, which takes no commands yet
     */
    public GatewaySession open(final long clientId) {
        final GatewaySession session = new GatewaySession(clientId, ++lastRequestId, configuration, messages, ingress);
        sessions.add(session);
        nextOpenNs = nanoTime;
        return session;
    }

    /**
     * Takes in the next entry of the log.
     *
     * @param buffer that holds an entry whose bytes have been checked
     * @param offset of the entry
     * @param endPosition of the entry in the stream of its epoch, in bytes
     * @return false if too many entries are uncommitted to take another: offer it again
     * @throws IllegalStateException if the entry contradicts what went before
     */
    public boolean onEntry(final DirectBuffer buffer, final int offset, final long endPosition) {
        entry.wrap(buffer, offset);
        if (entry.clusterId() != configuration.clusterId()) {
            throw new IllegalStateException(
                    "no entry of this log: sequence=" + entry.sequence() + " cluster=" + entry.clusterId());
        }
        if (entry.epoch() != tracker.epoch()) {
            startEpoch();
        }
        if (!commit.hasRoom() && newestEpoch <= tracker.epoch()) {
            return false; // of an epoch that has ended nobody says any more what is committed, but the next one's start
        }
        commit.onEntry(entry.sequence(), endPosition);
        final EntryKind kind = entry.kind();
        if (kind == EntryKind.COMMAND || kind == EntryKind.SESSION_CLOSE) {
            onSessionEntry(kind);
        } else if (kind == EntryKind.SESSION_OPEN) {
            onSessionOpen();
        }
        onCommitMoved();
        return true;
    }

    /**
     * Goes back to the last committed entry, since the entries after it do not all stand: another epoch has begun
     * before them. What was held of them is dropped, and what was sequenced by them is offered again.
     *
     * @return the sequence to read on from; if {@link #epoch()} is 0 then, in whatever epoch that is
     */
    public long rewind() {
        final long next = commit.rewind();
        final long stands = next - 1;
        for (int i = 0; i < sessions.size(); i++) {
            final GatewaySession session = sessions.get(i);
            if (!session.rewind(stands)) {
                sessions.onUnnamed(session);
                nextOpenNs = nanoTime;
            }
            if (session.state() == SessionState.OPENING) {
                session.renumber(++lastRequestId);
            }
        }
        if (firstOpening > stands) {
            firstOpening = 0;
        }
        gate.rewind(stands, firstOpening != 0);
        missing.rewind();
        if (tracker.epoch() != commit.epoch()) {
            tracker.start(commit.epoch());
        }
        rewinds++;
        return next;
    }

    /**
     * Takes in one message of the control stream.
     *
     * @param buffer that holds the message
     * @param offset of the message
     * @param length in bytes
     */
    public void onControl(final DirectBuffer buffer, final int offset, final int length) {
        switch (check.check(buffer, offset, length)) {
            case AckDecoder.TEMPLATE_ID -> {
                ack.wrapAndApplyHeader(buffer, offset, header);
                if (ack.clusterId() == configuration.clusterId()) {
                    newestEpoch = Math.max(newestEpoch, ack.epoch());
                    if (tracker.onAck(ack)) {
                        onCommitMoved();
                    }
                }
            }
            case CommandAnswerDecoder.TEMPLATE_ID -> {
                answer.wrapAndApplyHeader(buffer, offset, header);
                if (answer.clusterId() == configuration.clusterId()) {
                    onAnswer();
                }
            }
            case ReplicaReportDecoder.TEMPLATE_ID -> {
                report.wrapAndApplyHeader(buffer, offset, header);
                if (report.clusterId() == configuration.clusterId()
                        && commit.isPlausible(report.epoch(), report.sequence())) {
                    missing.onEmitted(report.outputSequence());
                }
            }
            default -> {
                // What others say to each other, or no message at all: those it is meant for count it.
            }
        }
    }

    /**
     * Takes in one output of a replica.
     *
     * @param buffer that holds the message
     * @param offset of the message
     * @param length in bytes
     * @return false if it cannot be taken now: offer it again
     */
    public boolean onOutput(final DirectBuffer buffer, final int offset, final int length) {
        if (check.check(buffer, offset, length) != OutputDecoder.TEMPLATE_ID
                || buffer.getInt(clusterIdOffset(offset), LITTLE_ENDIAN)
                        != configuration.clusterId()) {
            malformed++;
            return true;
        }
        switch (gate.onOutput(buffer, offset, length)) {
            case OutputGate.NOT_NOW -> {
                missing.onWaiting(nanoTime);
                return false;
            }
            case OutputGate.AHEAD -> {
                ahead++;
                missing.onEmitted(gate.nextOutputSequence());
            }
            case OutputGate.STALE -> stale++;
            default -> {
                // Taken, or of no interest.
            }
        }
        return true;
    }

    /**
     * Sends what is to be sent: openings, commands, again what was lost, signs of life, requests for missing outputs.
     *
     * @param nanoTime for intervals, any origin
     * @return how much was done
     */
    public int onDutyCycle(final long nanoTime) {
        this.nanoTime = nanoTime;
        if (!started) {
            started = true;
            nextOpenNs = nanoTime;
            nextKeepAliveNs = nanoTime;
        }
        int work = 0;
        for (int i = 0; i < sessions.size(); i++) {
            final GatewaySession session = sessions.get(i);
            if (session.state() == SessionState.OPEN || session.state() == SessionState.CLOSING) {
                work += session.onDutyCycle(nanoTime);
            }
        }
        // Before it sees the log it would not see the answer there either.
        if (nanoTime - nextOpenNs >= 0 && tracker.epoch() != 0) {
            work += requestOpening();
        }
        if (nanoTime - nextKeepAliveNs >= 0) {
            ingress.offer(messages.scratch(), 0, messages.keepAlive());
            nextKeepAliveNs = nanoTime + configuration.keepAliveIntervalNs();
        }
        return work + requestMissing();
    }

    /** Sequence of the last entry seen. */
    public long sequence() {
        return commit.last();
    }

    /** Every entry up to this sequence is recorded by a quorum of archives. */
    public long commitSequence() {
        return commit.recorded();
    }

    public long epoch() {
        return tracker.epoch();
    }

    /** Of the last output taken, be it released, held or for nobody here; 0 before the first. */
    public long outputSequence() {
        return gate.lastOutputSequence();
    }

    /** Outputs released to the listener. */
    public long released() {
        return released;
    }

    /** Copies of outputs dropped because another came first. */
    public long duplicates() {
        return gate.duplicates();
    }

    /** Outputs that came before one that was missing. */
    public long ahead() {
        return ahead;
    }

    /** Outputs dropped because their input is not in the log: a replica went on where an epoch had ended. */
    public long stale() {
        return stale;
    }

    /** How often the sequencer said that a session was not open, or no longer this gateway's. */
    public long refusals() {
        return refusals;
    }

    /** How often entries that were seen turned out not to stand. */
    public long rewinds() {
        return rewinds;
    }

    /** Messages on the output stream that were none. */
    public long malformed() {
        return malformed;
    }

    /** How often missing outputs were asked for. */
    public long outputRequests() {
        return missing.requests();
    }

    private void startEpoch() {
        if (entry.kind() != EntryKind.EPOCH_START) {
            commit.join(entry.epoch(), entry.sequence());
        } else {
            final int templateId = check.check(entry.buffer(), entry.bodyOffset(), entry.bodyLength());
            if (templateId != EpochStartDecoder.TEMPLATE_ID) {
                throw new IllegalStateException(
                        "EPOCH_START without its body: epoch=" + entry.epoch() + " check=" + templateId);
            }
            epochStart.wrapAndApplyHeader(entry.buffer(), entry.bodyOffset(), header);
            final long previousEndSequence = epochStart.previousEndSequence();
            // Outputs may have come ahead of the entries they belong to, and those entries may be void.
            for (int i = 0; i < sessions.size(); i++) {
                sessions.get(i).onEpochEnded(previousEndSequence);
            }
            gate.rewind(previousEndSequence, true);
            missing.rewind();
            commit.startEpoch(entry.epoch(), previousEndSequence);
            onCommitted();
        }
        tracker.start(entry.epoch());
    }

    private void onSessionEntry(final EntryKind kind) {
        final GatewaySession session = sessions.byId(entry.sessionId());
        if (session == null || !session.isOf(entry.incarnation())) {
            return;
        }
        // A close by time-out does not stand in this session's window.
        if (kind == EntryKind.COMMAND || session.isOwnClose(entry.clientSequence())) {
            session.onSequenced(entry.clientSequence(), entry.sequence(), nanoTime);
        }
    }

    private void onSessionOpen() {
        if (check.check(entry.buffer(), entry.bodyOffset(), entry.bodyLength()) != SessionOpenedDecoder.TEMPLATE_ID) {
            throw new IllegalStateException("SESSION_OPEN without its body: sequence=" + entry.sequence());
        }
        opened.wrapAndApplyHeader(entry.buffer(), entry.bodyOffset(), header);
        final GatewaySession before = sessions.byId(entry.sessionId());
        if (before != null) {
            end(before, SessionEnd.FENCED);
        }
        if (opened.gatewayIncarnation() == configuration.incarnation()) {
            final GatewaySession session = sessions.opening(opened.requestId());
            if (session != null) {
                session.onOpenSequenced(
                        entry.sessionId(), entry.incarnation(), entry.clientSequence(), entry.sequence());
                sessions.onNamed(session);
                nextOpenNs = nanoTime;
                if (firstOpening == 0) {
                    firstOpening = entry.sequence();
                }
            }
        }
    }

    private void onCommitMoved() {
        if (commit.advance(tracker.recordedPosition(), tracker.syncedPosition())) {
            onCommitted();
        }
    }

    private void onCommitted() {
        final long sequence = commit.recorded();
        for (int i = 0; i < sessions.size(); i++) {
            sessions.get(i).onCommitted(sequence);
        }
        gate.onCommit();
    }

    private void onAnswer() {
        if (answer.code() == AnswerCode.SESSION_TABLE_FULL) {
            final GatewaySession session = answer.gatewayIncarnation() == configuration.incarnation()
                    ? sessions.opening(answer.requestId())
                    : null;
            if (session != null) {
                end(session, SessionEnd.REFUSED);
            }
            return;
        }
        final GatewaySession session = sessions.byId(answer.sessionId());
        if (session == null || !session.isOf(answer.incarnation())) {
            return;
        }
        if (answer.code() == AnswerCode.EXPECTED_SEQUENCE) {
            session.onExpected(answer.expectedClientSequence(), nanoTime);
        } else {
            // The log says the same, and in its place among the outputs, of which some may still be on their way.
            refusals++;
        }
    }

    private void onOpened(final GatewaySession session, final long inputSequence) {
        if (session.openSequence() == inputSequence && session.state() == SessionState.SEQUENCED) {
            session.onOpened(nanoTime);
            if (session.state() == SessionState.OPEN) {
                listener.onOpened(session);
            }
        }
    }

    private void end(final GatewaySession session, final SessionEnd reason) {
        session.end();
        sessions.remove(session);
        listener.onClosed(session, reason);
    }

    /** One opening after the other, so that the sequencer knows a late copy of a request by its number. */
    private int requestOpening() {
        final GatewaySession session = sessions.first(SessionState.OPENING);
        nextOpenNs = nanoTime + configuration.resendTimeoutNs();
        return session != null
                        && ingress.offer(messages.scratch(), 0, messages.open(session.requestId(), session.clientId()))
                                > 0
                ? 1
                : 0;
    }

    private int requestMissing() {
        final long from = gate.nextOutputSequence() == 0 ? firstOpening : gate.lastInputSequence();
        if (from > 0 && missing.isDue(gate.nextOutputSequence(), nanoTime)) {
            control.offer(messages.scratch(), 0, messages.outputRequest(from));
            return 1;
        }
        return 0;
    }

    private static int clusterIdOffset(final int offset) {
        return offset + MessageHeaderDecoder.ENCODED_LENGTH + OutputDecoder.clusterIdEncodingOffset();
    }

    private final class ToListener implements OutputGate.Release {
        @Override
        public boolean isWanted(final long sessionId, final long inputSequence) {
            if (sessionId == Outbox.EVERYONE) {
                return true;
            }
            final GatewaySession session = sessions.byId(sessionId);
            return session != null && session.isWhileOpen(inputSequence);
        }

        @Override
        public boolean isFirst(final long inputSequence) {
            return inputSequence == firstOpening;
        }

        @Override
        public void onClosing(final long sessionId, final long inputSequence) {
            sessions.byId(sessionId).onClosing(inputSequence);
        }

        @Override
        public void onReleased(final Output output) {
            final GatewaySession session =
                    output.sessionId() == Outbox.EVERYONE ? null : sessions.byId(output.sessionId());
            final int flags = output.flags();
            if ((flags & OutputFlags.SESSION_OPENED) != 0) {
                onOpened(session, output.inputSequence());
            } else if ((flags & OutputFlags.SESSION_CLOSED) != 0) {
                end(session, SessionEnd.CLOSED);
            } else {
                released++;
                listener.onOutput(session, output);
            }
        }
    }
}
