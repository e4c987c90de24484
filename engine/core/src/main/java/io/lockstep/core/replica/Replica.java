package io.lockstep.core.replica;

import io.lockstep.codecs.EntryReader;
import io.lockstep.codecs.HotPath;
import io.lockstep.codecs.MessageCheck;
import io.lockstep.codecs.OutputFlags;
import io.lockstep.codecs.ProtocolCheck;
import io.lockstep.codecs.protocol.EntryKind;
import io.lockstep.codecs.protocol.EpochStartDecoder;
import io.lockstep.codecs.protocol.MessageHeaderDecoder;
import io.lockstep.codecs.protocol.MessageHeaderEncoder;
import io.lockstep.codecs.protocol.OutputRequestDecoder;
import io.lockstep.codecs.protocol.ReplicaReportEncoder;
import io.lockstep.core.logic.Entry;
import io.lockstep.core.logic.EntryType;
import io.lockstep.core.logic.StateMachine;
import io.lockstep.core.port.Publisher;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A copy of the user's state machine on the path of the log: takes entries in order, checks that none is missing and
 * that the epoch is the right one, applies them, and publishes the outputs.
 *
 * <p>Single-threaded. While it catches up from history its outputs are kept but not published, since other replicas
 * published them long ago; a gateway that misses some asks for them.
 */
@HotPath
public final class Replica {
    private final EntryReader reader = new EntryReader();
    private final EpochStartDecoder epochStart = new EpochStartDecoder();
    private final OutputRequestDecoder outputRequest = new OutputRequestDecoder();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final MessageHeaderEncoder reportHeader = new MessageHeaderEncoder();
    private final ReplicaReportEncoder report = new ReplicaReportEncoder();
    private final UnsafeBuffer reportBuffer =
            new UnsafeBuffer(new byte[MessageHeaderEncoder.ENCODED_LENGTH + ReplicaReportEncoder.BLOCK_LENGTH]);
    private final MessageCheck check = ProtocolCheck.INSTANCE;
    private final Entry entry = new Entry();

    private final ReplicaConfiguration configuration;
    private final StateMachine stateMachine;
    private final OutputLog outputLog;
    private final Publisher outputs;
    private final Publisher control;
    private boolean live;
    private boolean failed;
    private long epoch;
    private long sequence;
    private long timeNs;
    private long commands;
    private long reportedSequence;
    private long nextReportNs;
    private boolean reported;
    private long nanoTime;
    private long nextServeNs;
    private long unservedRequests;

    /**
     * A replica before the first entry of the log.
     *
     * @param configuration what it is told once
     * @param stateMachine in its initial state
     * @param outputs takes the outputs
     * @param control takes reports of place and state hash
     */
    public Replica(
            final ReplicaConfiguration configuration,
            final StateMachine stateMachine,
            final Publisher outputs,
            final Publisher control) {
        this.configuration = configuration;
        this.stateMachine = stateMachine;
        this.outputLog = new OutputLog(configuration);
        this.outputs = outputs;
        this.control = control;
    }

    /**
     * Takes in the next entry of the log.
     *
     * @param buffer that holds an entry whose bytes have been checked
     * @param offset of the entry
     * @return false if outputs must leave first: call {@link #onDutyCycle} and offer the same entry again
     * @throws IllegalStateException if the entry is not the next one; the replica is stopped
     * @throws RuntimeException what the state machine throws; the replica is stopped
     */
    public boolean onEntry(final DirectBuffer buffer, final int offset) {
        if (failed) {
            throw new IllegalStateException(
                    "replica " + configuration.replicaId() + " is stopped at sequence=" + sequence);
        }
        if (outputLog.isTight() && !makeRoom()) {
            return false;
        }
        failed = true; // unless the rest of this method is reached
        reader.wrap(buffer, offset);
        checkOrder();
        apply();
        sequence = reader.sequence();
        timeNs = reader.timeNs();
        failed = false;
        if (live) {
            outputLog.publish(outputs, Integer.MAX_VALUE);
        } else {
            outputLog.skipUnpublished();
        }
        return true;
    }

    /**
     * Publishes what is left of the outputs and, when it is due, a report.
     *
     * @param nanoTime for intervals, any origin
     * @return how much was sent
     */
    public int onDutyCycle(final long nanoTime) {
        this.nanoTime = nanoTime;
        int work = outputLog.isDrained() ? 0 : outputLog.publish(outputs, Integer.MAX_VALUE);
        final boolean due = !reported
                || sequence - reportedSequence >= configuration.reportEvery()
                || nanoTime - nextReportNs >= 0;
        if (due && sequence > 0 && !failed) {
            work += sendReport(nanoTime);
        }
        return work;
    }

    /**
     * Takes in one message of the control stream; only requests for outputs matter here.
     *
     * @param buffer that holds the message
     * @param offset of the message
     * @param length in bytes
     */
    public void onControl(final DirectBuffer buffer, final int offset, final int length) {
        if (check.check(buffer, offset, length) == OutputRequestDecoder.TEMPLATE_ID) {
            outputRequest.wrapAndApplyHeader(buffer, offset, header);
            if (outputRequest.clusterId() == configuration.clusterId()
                    && live
                    && outputRequest.fromInputSequence() > 0
                    && (nextServeNs == 0 || nanoTime - nextServeNs >= 0)) {
                nextServeNs = nanoTime + configuration.serveIntervalNs();
                if (!outputLog.publishAgainFrom(outputRequest.fromInputSequence())) {
                    unservedRequests++;
                }
            }
        }
    }

    /**
     * Says whether the log's reader has caught up with the live stream, so that outputs are to be published.
     *
     * @param live true from then on; false while history is read
     */
    public void live(final boolean live) {
        this.live = live;
    }

    public boolean isLive() {
        return live;
    }

    /** Of the last applied entry; 0 before the first. */
    public long epoch() {
        return epoch;
    }

    /** Of the last applied entry; 0 before the first. */
    public long sequence() {
        return sequence;
    }

    /** How many commands the state machine has applied. */
    public long commands() {
        return commands;
    }

    /** Of the last output emitted; 0 before the first. */
    public long outputSequence() {
        return outputLog.lastSequence();
    }

    /** The state machine's hash after the last applied entry. */
    public long stateHash() {
        return stateMachine.stateHash();
    }

    /** Requests for outputs that were no longer all kept. */
    public long unservedRequests() {
        return unservedRequests;
    }

    private boolean makeRoom() {
        outputLog.publish(outputs, Integer.MAX_VALUE);
        return !outputLog.isTight();
    }

    private void checkOrder() {
        if (reader.sequence() != sequence + 1) {
            throw new IllegalStateException(
                    "gap: expected=" + (sequence + 1) + " received=" + reader.sequence() + " epoch=" + epoch);
        }
        final boolean starts = reader.kind() == EntryKind.EPOCH_START;
        if (starts ? reader.epoch() <= epoch : reader.epoch() != epoch) {
            throw new IllegalStateException("wrong epoch: current=" + epoch + " received=" + reader.epoch()
                    + " kind=" + reader.kind() + " sequence=" + reader.sequence());
        }
        if (reader.clusterId() != configuration.clusterId() || reader.timeNs() < timeNs) {
            throw new IllegalStateException("no entry of this log: sequence=" + reader.sequence() + " cluster="
                    + reader.clusterId() + " time=" + reader.timeNs() + " time before=" + timeNs);
        }
        if (starts) {
            startEpoch();
        }
    }

    private void startEpoch() {
        final int templateId = check.check(reader.buffer(), reader.bodyOffset(), reader.bodyLength());
        if (templateId != EpochStartDecoder.TEMPLATE_ID) {
            throw new IllegalStateException(
                    "EPOCH_START without its body: epoch=" + reader.epoch() + " check=" + templateId);
        }
        epochStart.wrapAndApplyHeader(reader.buffer(), reader.bodyOffset(), header);
        // The same sequence may have been given in another epoch, which is then not the one that was applied.
        if (epochStart.previousEndSequence() != sequence || (epoch != 0 && epochStart.previousEpoch() != epoch)) {
            throw new IllegalStateException("epoch " + reader.epoch() + " goes on after sequence "
                    + epochStart.previousEndSequence() + " of epoch " + epochStart.previousEpoch() + " but " + sequence
                    + " of epoch " + epoch + " were applied");
        }
        epoch = reader.epoch();
    }

    private void apply() {
        switch (reader.kind()) {
            case COMMAND -> {
                commands++;
                pass(EntryType.COMMAND, reader.bodyLength());
                outputLog.end();
            }
            case SESSION_OPEN -> {
                begin(0);
                outputLog.notice(reader.sessionId(), OutputFlags.SESSION_OPENED);
                stateMachine.apply(view(EntryType.SESSION_OPENED, 0), outputLog);
                outputLog.end();
            }
            case SESSION_CLOSE -> {
                pass(EntryType.SESSION_CLOSED, 0);
                outputLog.notice(reader.sessionId(), OutputFlags.SESSION_CLOSED);
                outputLog.end();
            }
            default -> {
                // EPOCH_START, EPOCH_END and TICK carry time and order but nothing for the state machine.
            }
        }
    }

    private void pass(final EntryType type, final int bodyLength) {
        begin(type == EntryType.COMMAND ? reader.clientSequence() : 0);
        stateMachine.apply(view(type, bodyLength), outputLog);
    }

    /** Only a command is answered; what a session's opening or closing puts out carries client sequence 0. */
    private void begin(final long clientSequence) {
        outputLog.begin(reader.epoch(), reader.sequence(), reader.timeNs(), reader.sessionId(), clientSequence);
    }

    private Entry view(final EntryType type, final int bodyLength) {
        return entry.set(
                        type,
                        reader.epoch(),
                        reader.sequence(),
                        reader.timeNs(),
                        reader.sessionId(),
                        reader.clientSequence())
                .body(reader.buffer(), reader.bodyOffset(), bodyLength);
    }

    private int sendReport(final long nanoTime) {
        report.wrapAndApplyHeader(reportBuffer, 0, reportHeader)
                .clusterId(configuration.clusterId())
                .replicaId(configuration.replicaId())
                .replicaIncarnation(configuration.incarnation())
                .epoch(epoch)
                .sequence(sequence)
                .outputSequence(outputLog.lastSequence())
                .stateHash(stateMachine.stateHash());
        if (control.offer(reportBuffer, 0, reportBuffer.capacity()) < 0) {
            return 0;
        }
        reported = true;
        reportedSequence = sequence;
        nextReportNs = nanoTime + configuration.reportIntervalNs();
        return 1;
    }
}
