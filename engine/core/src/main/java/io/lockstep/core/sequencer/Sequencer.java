package io.lockstep.core.sequencer;

import io.lockstep.codecs.HotPath;
import io.lockstep.codecs.MessageCheck;
import io.lockstep.codecs.ProtocolCheck;
import io.lockstep.codecs.protocol.AckDecoder;
import io.lockstep.codecs.protocol.AnswerCode;
import io.lockstep.codecs.protocol.CloseReason;
import io.lockstep.codecs.protocol.CommandDecoder;
import io.lockstep.codecs.protocol.EntryKind;
import io.lockstep.codecs.protocol.EpochEndReason;
import io.lockstep.codecs.protocol.GatewayKeepAliveDecoder;
import io.lockstep.codecs.protocol.MessageHeaderDecoder;
import io.lockstep.codecs.protocol.SessionCloseRequestDecoder;
import io.lockstep.codecs.protocol.SessionOpenRequestDecoder;
import io.lockstep.core.epoch.CommitTracker;
import io.lockstep.core.epoch.LogEnd;
import io.lockstep.core.port.Publisher;
import org.agrona.DirectBuffer;

/**
 * Gives commands their order: takes what gateways send, drops what it has already stamped, and appends the rest to the
 * stream of its epoch. One instance owns one epoch, from EPOCH_START to its end.
 *
 * <p>Single-threaded; time comes in with {@link #onDutyCycle}. What has been appended but not yet recorded by a quorum
 * of archives is bounded by a window: beyond it nothing is taken, and the pressure goes back to the gateways.
 */
@HotPath
public final class Sequencer {
    /** Closes of silent sessions between two ticks; the rest waits for the next. */
    private static final int MAX_CLOSES = 64;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final CommandDecoder command = new CommandDecoder();
    private final SessionOpenRequestDecoder openRequest = new SessionOpenRequestDecoder();
    private final SessionCloseRequestDecoder closeRequest = new SessionCloseRequestDecoder();
    private final GatewayKeepAliveDecoder keepAlive = new GatewayKeepAliveDecoder();
    private final AckDecoder ack = new AckDecoder();
    private final EntryBodies bodies = new EntryBodies();
    private final MessageCheck check = ProtocolCheck.INSTANCE;
    private final long[] codeCounts = new long[IngressCode.COUNT];

    private final SequencerConfiguration configuration;
    private final SessionTable sessions;
    private final EntryAppender appender;
    private final CommandAnswers answers;
    private final CommitTracker commit;
    private final LogEnd previous;
    private boolean started;
    private boolean ended;
    private long nanoTime;
    private long clockNs;
    private long nextTickNs;
    private long listenedNs;

    /**
     * A sequencer that has won its epoch and not yet started it.
     *
     * @param configuration what it is told once
     * @param previous where the epoch before ended; the new epoch is the next number
     * @param sessions the table as of that end
     * @param log takes the entries of the epoch, from position 0
     * @param control takes answers to gateways
     */
    public Sequencer(
            final SequencerConfiguration configuration,
            final LogEnd previous,
            final SessionTable sessions,
            final Publisher log,
            final Publisher control) {
        this(configuration, previous.epoch() + 1, previous, sessions, log, control);
    }

    /**
     * As above, with the number of the epoch: epochs before it may have been opened and never written to.
     *
     * @param configuration what it is told once
     * @param epoch that was won
     * @param previous where the last epoch with entries ended
     * @param sessions the table as of that end
     * @param log takes the entries of the epoch, from position 0
     * @param control takes answers to gateways
     */
    public Sequencer(
            final SequencerConfiguration configuration,
            final long epoch,
            final LogEnd previous,
            final SessionTable sessions,
            final Publisher log,
            final Publisher control) {
        this.configuration = configuration;
        this.previous = previous;
        this.sessions = sessions;
        this.appender = new EntryAppender(log, configuration.clusterId(), previous, epoch);
        this.answers = new CommandAnswers(control, configuration);
        this.commit = new CommitTracker(configuration.archives());
        this.commit.start(appender.epoch());
    }

    /**
     * Begins a duty cycle: takes the time, starts the epoch if that is still to be done, ticks, closes sessions whose
     * gateway is silent.
     *
     * @param nanoTime for intervals, any origin
     * @param clockNs for stamps, nanoseconds since the Unix epoch
     * @return how many entries were appended
     */
    public int onDutyCycle(final long nanoTime, final long clockNs) {
        this.nanoTime = nanoTime;
        this.clockNs = clockNs;
        if (ended) {
            return 0;
        }
        if (!started) {
            return start();
        }
        noteListening();
        if (nanoTime - nextTickNs < 0) {
            return 0;
        }
        final int length = bodies.tick(commit.recordedPosition());
        if (!appender.append(EntryKind.TICK, clockNs, 0, 0, 0, bodies.buffer(), 0, length)) {
            return 0;
        }
        nextTickNs = nanoTime + configuration.tickIntervalNs();
        return 1 + closeSilentSessions();
    }

    /**
     * Takes in one message from a gateway.
     *
     * @param buffer that holds the message
     * @param offset of the message
     * @param length in bytes
     * @return one of {@link IngressCode}; after {@link IngressCode#BACK_PRESSURED} offer the same message again
     */
    public int onIngress(final DirectBuffer buffer, final int offset, final int length) {
        final int code = dispatch(buffer, offset, length);
        codeCounts[code]++;
        return code;
    }

    /**
     * Takes in one message of the control stream; only acknowledgements of archives matter here.
     *
     * @param buffer that holds the message
     * @param offset of the message
     * @param length in bytes
     */
    public void onControl(final DirectBuffer buffer, final int offset, final int length) {
        if (check.check(buffer, offset, length) == AckDecoder.TEMPLATE_ID) {
            ack.wrapAndApplyHeader(buffer, offset, header);
            // Nobody holds more of this epoch than has been appended to it.
            if (ack.clusterId() == configuration.clusterId() && ack.recordedPosition() <= appender.position()) {
                commit.onAck(ack);
            }
        }
    }

    /**
     * Ends the epoch in a planned way; one that has not started never does.
     *
     * @param reason written into EPOCH_END
     * @return false if the stream does not take the entry now; call again
     */
    public boolean end(final EpochEndReason reason) {
        if (!ended) {
            final int length = bodies.epochEnd(reason);
            ended = !started || appender.append(EntryKind.EPOCH_END, clockNs, 0, 0, 0, bodies.buffer(), 0, length);
        }
        return ended;
    }

    public boolean hasStarted() {
        return started;
    }

    public boolean hasEnded() {
        return ended;
    }

    public long epoch() {
        return appender.epoch();
    }

    /** Of the last entry appended. */
    public long sequence() {
        return appender.sequence();
    }

    /** End of the last entry appended, in bytes of this epoch. */
    public long position() {
        return appender.position();
    }

    /** How much of this epoch a quorum has recorded, in bytes. */
    public long commitPosition() {
        return commit.recordedPosition();
    }

    /** How often {@link #onIngress} returned a code of {@link IngressCode}. */
    public long count(final int code) {
        return codeCounts[code];
    }

    /** Answers that the control stream did not take. */
    public long droppedAnswers() {
        return answers.dropped();
    }

    private int start() {
        final int length = bodies.epochStart(configuration, previous);
        started = appender.append(EntryKind.EPOCH_START, clockNs, 0, 0, 0, bodies.buffer(), 0, length);
        if (started) {
            sessions.heardAll(nanoTime);
            listenedNs = nanoTime;
            nextTickNs = nanoTime + configuration.tickIntervalNs();
        }
        return started ? 1 : 0;
    }

    private int dispatch(final DirectBuffer buffer, final int offset, final int length) {
        final int templateId = check.check(buffer, offset, length);
        return switch (templateId) {
            case CommandDecoder.TEMPLATE_ID -> onCommand(command.wrapAndApplyHeader(buffer, offset, header));
            case GatewayKeepAliveDecoder.TEMPLATE_ID ->
                onKeepAlive(keepAlive.wrapAndApplyHeader(buffer, offset, header));
            case SessionOpenRequestDecoder.TEMPLATE_ID ->
                onOpen(openRequest.wrapAndApplyHeader(buffer, offset, header));
            case SessionCloseRequestDecoder.TEMPLATE_ID ->
                onClose(closeRequest.wrapAndApplyHeader(buffer, offset, header));
            default -> IngressCode.MALFORMED;
        };
    }

    private int onCommand(final CommandDecoder message) {
        if (message.clusterId() != configuration.clusterId()) {
            return IngressCode.OTHER_CLUSTER;
        }
        final long sessionId = message.sessionId();
        final long incarnation = message.incarnation();
        final long clientSequence = message.clientSequence();
        final Session session = sessions.session(sessionId);
        final int code = admit(session, sessionId, incarnation, clientSequence);
        if (code != IngressCode.STAMPED) {
            return code;
        }
        final int bodyLength = message.bodyLength();
        final int bodyOffset = message.limit() + CommandDecoder.bodyHeaderLength();
        if (!appender.append(
                EntryKind.COMMAND,
                clockNs,
                sessionId,
                incarnation,
                clientSequence,
                message.buffer(),
                bodyOffset,
                bodyLength)) {
            return IngressCode.BACK_PRESSURED;
        }
        session.lastClientSequence = clientSequence;
        return IngressCode.STAMPED;
    }

    private int onClose(final SessionCloseRequestDecoder message) {
        if (message.clusterId() != configuration.clusterId()) {
            return IngressCode.OTHER_CLUSTER;
        }
        final long sessionId = message.sessionId();
        final Session session = sessions.session(sessionId);
        final int code = admit(session, sessionId, message.incarnation(), message.clientSequence());
        if (code != IngressCode.STAMPED) {
            return code;
        }
        return appendClose(session, CloseReason.CLIENT) ? IngressCode.STAMPED : IngressCode.BACK_PRESSURED;
    }

    /** Whether the next message of a session may be stamped: STAMPED if so, else why not. */
    private int admit(
            final Session session, final long sessionId, final long incarnation, final long clientSequence) {
        if (session == null) {
            answers.refusal(nanoTime, epoch(), AnswerCode.UNKNOWN_SESSION, sessionId, incarnation);
            return IngressCode.UNKNOWN_SESSION;
        }
        if (session.incarnation != incarnation) {
            answers.refusal(nanoTime, epoch(), AnswerCode.FENCED, sessionId, incarnation);
            return IngressCode.FENCED;
        }
        session.gateway.lastHeardNs = nanoTime;
        final long expected = session.lastClientSequence + 1;
        if (clientSequence == expected) {
            return isOpenForIntake() ? IngressCode.STAMPED : IngressCode.BACK_PRESSURED;
        }
        if (clientSequence < expected) {
            return IngressCode.DUPLICATE;
        }
        // Behind one lost command a whole window of others arrives; one answer for all of them is enough.
        if (nanoTime - session.nextAnswerNs >= 0) {
            session.nextAnswerNs = nanoTime + configuration.answerIntervalNs();
            answers.expected(epoch(), sessionId, incarnation, expected);
        }
        return IngressCode.GAP;
    }

    private int onOpen(final SessionOpenRequestDecoder message) {
        if (message.clusterId() != configuration.clusterId()) {
            return IngressCode.OTHER_CLUSTER;
        }
        final long clientId = message.clientId();
        final long gatewayIncarnation = message.gatewayIncarnation();
        final long requestId = message.requestId();
        final GatewayLiveness gateway = sessions.gateway(gatewayIncarnation);
        if (gateway != null) {
            gateway.lastHeardNs = nanoTime;
            // A gateway asks for one session after the other, so this is a late copy: its session may have closed, or
            // been taken over, since, and must not come back.
            if (requestId <= gateway.lastRequestId) {
                return IngressCode.DUPLICATE;
            }
        }
        final Session session = sessions.sessionOfClient(clientId);
        if (session == null && sessions.isFull()) {
            answers.open(epoch(), AnswerCode.SESSION_TABLE_FULL, gatewayIncarnation, requestId);
            return IngressCode.TABLE_FULL;
        }
        if (!isOpenForIntake()) {
            return IngressCode.BACK_PRESSURED;
        }
        final long openSequence = appender.sequence() + 1;
        final long incarnation = incarnation(epoch(), openSequence);
        final long sessionId = session == null ? openSequence : session.sessionId;
        final long lastClientSequence = session == null ? 0 : session.lastClientSequence;
        final int length = bodies.sessionOpened(gatewayIncarnation, requestId, clientId);
        if (!appender.append(
                EntryKind.SESSION_OPEN,
                clockNs,
                sessionId,
                incarnation,
                lastClientSequence,
                bodies.buffer(),
                0,
                length)) {
            return IngressCode.BACK_PRESSURED;
        }
        sessions.onOpen(sessionId, incarnation, clientId, gatewayIncarnation, requestId, nanoTime);
        return IngressCode.STAMPED;
    }

    private int onKeepAlive(final GatewayKeepAliveDecoder message) {
        if (message.clusterId() != configuration.clusterId()) {
            return IngressCode.OTHER_CLUSTER;
        }
        final GatewayLiveness gateway = sessions.gateway(message.gatewayIncarnation());
        if (gateway != null) {
            gateway.lastHeardNs = nanoTime;
        }
        return IngressCode.HEARD;
    }

    /** Unlike the sequence alone, not given again by the next epoch if the end of this one turns out void. */
    private static long incarnation(final long epoch, final long sequence) {
        return sequence << Short.SIZE | (epoch & 0xFFFF);
    }

    private boolean isOpenForIntake() {
        return started && !ended && appender.position() - commit.recordedPosition() < configuration.windowBytes();
    }

    /** Silence counts only while somebody listens: not while this process stood still, nor while intake was shut. */
    private void noteListening() {
        if (isOpenForIntake()) {
            if (nanoTime - listenedNs > configuration.sessionTimeoutNs() / 4) {
                sessions.heardAll(nanoTime);
            }
            listenedNs = nanoTime;
        }
    }

    private int closeSilentSessions() {
        int closed = 0;
        int index = 0;
        while (index < sessions.size() && closed < MAX_CLOSES && isOpenForIntake()) {
            final Session session = sessions.sessionAt(index);
            if (nanoTime - session.gateway.lastHeardNs < configuration.sessionTimeoutNs()) {
                index++;
            } else if (appendClose(session, CloseReason.TIMEOUT)) {
                closed++;
            } else {
                return closed;
            }
        }
        return closed;
    }

    private boolean appendClose(final Session session, final CloseReason reason) {
        final int length = bodies.sessionClosed(session.clientId, reason);
        final boolean appended = appender.append(
                EntryKind.SESSION_CLOSE,
                clockNs,
                session.sessionId,
                session.incarnation,
                session.lastClientSequence + 1,
                bodies.buffer(),
                0,
                length);
        if (appended) {
            sessions.onClose(session.sessionId);
        }
        return appended;
    }
}
