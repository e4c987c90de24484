package io.lockstep.tools.flow;

import io.lockstep.core.client.Gateway;
import io.lockstep.core.client.GatewaySession;
import io.lockstep.core.client.Output;
import io.lockstep.core.client.SessionEnd;
import io.lockstep.core.client.SessionState;
import io.lockstep.matching.flow.FlowCommand;
import io.lockstep.matching.flow.FlowEncoder;
import io.lockstep.matching.flow.FlowSource;
import io.lockstep.node.agent.ClusterBoard;
import io.lockstep.node.agent.GatewayProgram;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Sends an order flow through one session, at a rate or as fast as the window lets it, and checks each answer: none
 * lost, none doubled, none out of order. Latency is taken from the time a command was meant to be sent to the release
 * of the first output that answers it.
 *
 * <p>Runs in the gateway's thread; what other threads read is published once a duty cycle.
 */
public final class FlowProgram implements GatewayProgram {
    private static final int BATCH = 32;

    private final FlowSource source;
    private final FlowEncoder encoder;
    private final FlowOutputs outputs;
    private final ClusterBoard board;
    private final long clientId;
    private final Pace pace;
    private final FlowCommand row = new FlowCommand();
    private final UnsafeBuffer body = new UnsafeBuffer(new byte[FlowEncoder.MAX_LENGTH]);
    private final AnswerAudit audit = new AnswerAudit();
    private final SingleWriterRecorder latency = new SingleWriterRecorder(3);
    private final SingleWriterRecorder rampLatency = new SingleWriterRecorder(3);
    private final long[] intendedNs;
    private final AtomicLong sentSeen = new AtomicLong();
    private final AtomicLong answeredSeen = new AtomicLong();
    private final AtomicLong sequenceSeen = new AtomicLong();

    private GatewaySession session;
    private long firstClientSequence;
    private long startNs;
    private long sent;
    private int length = -1;
    private boolean exhausted;
    private long nowNs;
    private Gateway gateway;
    private volatile FlowEnd end;

    /**
     * A program that has not begun.
     *
     * @param source of the flow; closed by its owner
     * @param encoder of commands
     * @param outputs takes rows as they are sent and outputs as they are released
     * @param board takes what archives and replicas say
     * @param clientId of the session
     * @param pace at which commands are meant to be sent
     * @param windowCommands how many commands of the session may be in flight; a power of two
     */
    public FlowProgram(
            final FlowSource source,
            final FlowEncoder encoder,
            final FlowOutputs outputs,
            final ClusterBoard board,
            final long clientId,
            final Pace pace,
            final int windowCommands) {
        this.source = source;
        this.encoder = encoder;
        this.outputs = outputs;
        this.board = board;
        this.clientId = clientId;
        this.pace = pace;
        this.intendedNs = new long[windowCommands * 2];
    }

    @Override
    public int onDutyCycle(final Gateway gateway, final long nanoTime, final boolean live) {
        nowNs = nanoTime;
        this.gateway = gateway;
        sequenceSeen.lazySet(gateway.commitSequence());
        if (session == null) {
            if (live) {
                session = gateway.open(clientId);
            }
            return 0;
        }
        if (session.state() != SessionState.OPEN) {
            return 0;
        }
        final int work = send(nanoTime);
        sentSeen.lazySet(sent);
        if (exhausted && audit.answered() == sent) {
            session.close();
        }
        return work;
    }

    @Override
    public void onOpened(final GatewaySession opened) {
        firstClientSequence = opened.nextClientSequence();
        startNs = nowNs;
    }

    @Override
    public void onOutput(final GatewaySession from, final Output output) {
        final long clientSequence =
                output.clientSequence() == 0 ? 0 : output.clientSequence() - firstClientSequence + 1;
        if (audit.onOutput(output.inputSequence(), output.index(), clientSequence)) {
            final long ns = System.nanoTime() - intendedNs[(int) clientSequence & (intendedNs.length - 1)];
            (pace.isRamp(clientSequence - 1) ? rampLatency : latency).recordValue(Math.max(0, ns));
            answeredSeen.lazySet(audit.answered());
        }
        outputs.onOutput(
                output.inputSequence(), clientSequence, output.buffer(), output.offset(), output.length());
    }

    @Override
    public void onClosed(final GatewaySession closed, final SessionEnd reason) {
        end = new FlowEnd(
                reason,
                sent,
                closed.sequencedClientSequence() - firstClientSequence + (reason == SessionEnd.CLOSED ? 0 : 1),
                audit.answered(),
                audit.lost() + sent - audit.answered(),
                audit.doubled(),
                audit.outOfOrder(),
                closed.resends(),
                // Not as it was when this duty cycle began: the closing itself came since.
                gateway.sequence(),
                nowNs - startNs);
    }

    @Override
    public void onControl(final DirectBuffer buffer, final int offset, final int controlLength) {
        board.onControl(buffer, offset, controlLength, nowNs);
    }

    /** What came of the run, or null while it runs. Any thread. */
    public FlowEnd end() {
        return end;
    }

    /** Commands sent so far. Any thread. */
    public long sent() {
        return sentSeen.get();
    }

    /** Commands answered so far. Any thread. */
    public long answered() {
        return answeredSeen.get();
    }

    /** Sequence up to which a quorum has the log, as the gateway sees it. Any thread. */
    public long commitSequence() {
        return sequenceSeen.get();
    }

    /** Latencies since the last call, in nanoseconds, without those of the ramp. One reading thread. */
    public Histogram latencies() {
        return latency.getIntervalHistogram();
    }

    /** Latencies of the ramp since the last call, in nanoseconds. One reading thread. */
    public Histogram rampLatencies() {
        return rampLatency.getIntervalHistogram();
    }

    private int send(final long nanoTime) {
        int work = 0;
        while (work < BATCH && (length >= 0 || read())) {
            final long intended = pace.isMax() ? nanoTime : startNs + pace.dueNs(sent);
            if (intended - nanoTime > 0) {
                return work;
            }
            final long clientSequence = session.offer(body, 0, length);
            if (clientSequence < 0) {
                return work;
            }
            final long number = clientSequence - firstClientSequence + 1;
            intendedNs[(int) number & (intendedNs.length - 1)] = intended;
            outputs.onSent(row);
            length = -1;
            sent++;
            work++;
        }
        return work;
    }

    private boolean read() {
        if (exhausted || !source.next(row)) {
            exhausted = true;
            return false;
        }
        length = encoder.encode(row, body, 0);
        return true;
    }
}
