package io.lockstep.matching.flow;

import io.lockstep.core.logic.Entry;
import io.lockstep.core.logic.EntryType;
import io.lockstep.core.logic.Outbox;
import io.lockstep.matching.ExchangeStateMachine;
import io.lockstep.matching.MatchingContext;
import io.lockstep.matching.Symbol;
import org.agrona.concurrent.UnsafeBuffer;

/** Runs a flow straight through the exchange's state machine, without a sequencer, an archive or a network. */
public final class DirectMatch {
    private static final long EPOCH = 1;
    private static final long SESSION = 1;

    private final ExchangeStateMachine exchange;
    private final FlowEncoder encoder;
    private final FlowCommand command = new FlowCommand();
    private final Entry entry = new Entry();
    private final UnsafeBuffer body = new UnsafeBuffer(new byte[FlowEncoder.MAX_LENGTH]);
    private final StagedOutbox outbox = new StagedOutbox();
    private long commands;
    private long outputs;

    /**
     * An exchange of one symbol with default bounds.
     *
     * @param symbol that the flow is of
     */
    public DirectMatch(final Symbol symbol) {
        exchange = new ExchangeStateMachine(new MatchingContext().symbol(symbol));
        encoder = new FlowEncoder(symbol);
    }

    /**
     * Runs a flow to its end and writes its results.
     *
     * @param flow to run
     * @param recorder takes rows and outputs; finished here
     * @return what came of it
     */
    public Result run(final FlowSource flow, final FlowRecorder recorder) {
        while (flow.next(command)) {
            recorder.onSent(command);
            apply();
            for (int i = 0; i < outbox.count(); i++) {
                final long clientSequence = outbox.sessionId(i) == Outbox.EVERYONE ? 0 : commands;
                recorder.onOutput(commands, clientSequence, outbox.buffer(), outbox.offset(i), outbox.length(i));
            }
        }
        recorder.finish();
        return result();
    }

    /**
     * Runs a flow to its end and leaves its outputs unread.
     *
     * @param flow to run
     * @return what came of it
     */
    public Result run(final FlowSource flow) {
        while (flow.next(command)) {
            apply();
        }
        return result();
    }

    /** The exchange, to look at after a run. */
    public ExchangeStateMachine exchange() {
        return exchange;
    }

    private void apply() {
        commands++;
        final int length = encoder.encode(command, body, 0);
        entry.set(EntryType.COMMAND, EPOCH, commands, command.tsNs(), SESSION, commands)
                .body(body, 0, length);
        outbox.clear();
        exchange.apply(entry, outbox);
        outputs += outbox.count();
    }

    private Result result() {
        return new Result(
                commands,
                outputs,
                exchange.trades(),
                exchange.rejects(),
                exchange.restingOrders(),
                exchange.stateHash());
    }

    /**
     * What came of a run.
     *
     * @param commands applied
     * @param outputs put out
     * @param trades made
     * @param rejects answered
     * @param restingOrders left in the book
     * @param stateHash at the end
     */
    public record Result(
            long commands, long outputs, long trades, long rejects, int restingOrders, long stateHash) {}
}
