package io.lockstep.matching.flow;

import io.lockstep.codecs.ExchangeCheck;
import io.lockstep.codecs.MessageCheck;
import io.lockstep.codecs.exchange.BookTopDecoder;
import io.lockstep.codecs.exchange.CommandRejectedDecoder;
import io.lockstep.codecs.exchange.ExecutionDecoder;
import io.lockstep.codecs.exchange.MessageHeaderDecoder;
import io.lockstep.codecs.exchange.RejectCode;
import org.agrona.DirectBuffer;

/**
 * Joins the outputs of a run with the rows of the flow that caused them, and hands them to the writers. One session
 * sends the whole flow, its client sequence counting the rows from 1; what other sessions cause is not written, but the
 * best prices follow it.
 *
 * <p>One thread calls. Rows sent and not yet answered are held, so it holds what is in flight.
 */
public final class FlowRecorder {
    private static final int PER_ROW = 2;

    private final MessageCheck check = ExchangeCheck.INSTANCE;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final ExecutionDecoder execution = new ExecutionDecoder();
    private final BookTopDecoder bookTop = new BookTopDecoder();
    private final CommandRejectedDecoder rejected = new CommandRejectedDecoder();
    private final FillsWriter fills;
    private final BboWriter bbo;
    private final long[] rejects = new long[RejectCode.values().length];
    private long[] pending = new long[1024];
    private long sent;
    private long answered;
    private long inputSequence;
    private long seq;
    private long srcRow;
    private boolean isRowOpen;

    /**
     * A recorder that feeds two writers; the caller closes them, after {@link #finish()}.
     *
     * @param fills takes the trades
     * @param bbo takes the best prices after each command
     */
    public FlowRecorder(final FillsWriter fills, final BboWriter bbo) {
        this.fills = fills;
        this.bbo = bbo;
    }

    /** Takes note of a row before it is sent. */
    public void onSent(final FlowCommand command) {
        if ((sent - answered) * PER_ROW == pending.length) {
            grow();
        }
        final int at = at(sent);
        pending[at] = command.seq();
        pending[at + 1] = command.srcRow();
        sent++;
    }

    /**
     * Takes an output that the session was given or that was for everyone, in output order.
     *
     * @param outputInputSequence sequence of the entry that caused it
     * @param clientSequence of the command if it was this session's, else 0
     * @param buffer that holds the body
     * @param offset of the body
     * @param length of the body in bytes
     * @throws IllegalStateException if answers are missing, doubled or out of order, or the body is none of the
     *     exchange's
     */
    public void onOutput(
            final long outputInputSequence,
            final long clientSequence,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        if (outputInputSequence != inputSequence) {
            endRow();
            inputSequence = outputInputSequence;
        }
        if (clientSequence > 0) {
            startRow(clientSequence);
        }
        final int templateId = check.check(buffer, offset, length);
        switch (templateId) {
            case ExecutionDecoder.TEMPLATE_ID -> {
                if (isRowOpen) {
                    fills.onExecution(seq, execution.wrapAndApplyHeader(buffer, offset, header));
                }
            }
            case BookTopDecoder.TEMPLATE_ID -> bbo.onBookTop(bookTop.wrapAndApplyHeader(buffer, offset, header));
            case CommandRejectedDecoder.TEMPLATE_ID ->
                rejects[rejected.wrapAndApplyHeader(buffer, offset, header).codeRaw() - 1]++;
            default -> {
                if (templateId < 0) {
                    throw new IllegalStateException(
                            "output is not the exchange's: input=" + outputInputSequence + " code=" + templateId);
                }
            }
        }
    }

    /** Says that no more outputs come, and writes what is left. */
    public void finish() {
        endRow();
    }

    /** How many rows have been sent. */
    public long sent() {
        return sent;
    }

    /** How many rows have been answered. */
    public long answered() {
        return answered;
    }

    /** How many commands were rejected with a code. */
    public long rejects(final RejectCode code) {
        return rejects[code.value() - 1];
    }

    private void startRow(final long clientSequence) {
        if (isRowOpen) {
            if (clientSequence != answered) {
                throw new IllegalStateException("one input answers two commands: input=" + inputSequence + " command="
                        + answered + " other=" + clientSequence);
            }
            return;
        }
        if (clientSequence != answered + 1 || answered == sent) {
            throw new IllegalStateException("answers are lost, doubled or out of order: expected=" + (answered + 1)
                    + " received=" + clientSequence + " sent=" + sent);
        }
        final int at = at(answered);
        seq = pending[at];
        srcRow = pending[at + 1];
        answered++;
        isRowOpen = true;
    }

    private void endRow() {
        if (isRowOpen) {
            bbo.afterCommand(seq, srcRow);
            isRowOpen = false;
        }
    }

    private int at(final long row) {
        return (int) (row * PER_ROW) & (pending.length - 1);
    }

    private void grow() {
        // A full ring whose first row need not stand at the start: unroll it into the larger one.
        final long[] old = pending;
        pending = new long[old.length * 2];
        for (long row = answered; row < sent; row++) {
            final int from = (int) (row * PER_ROW) & (old.length - 1);
            final int to = at(row);
            pending[to] = old[from];
            pending[to + 1] = old[from + 1];
        }
    }
}
