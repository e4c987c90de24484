package io.lockstep.matching;

import io.lockstep.codecs.ExchangeCheck;
import io.lockstep.codecs.HotPath;
import io.lockstep.codecs.MessageCheck;
import io.lockstep.codecs.exchange.CancelOrderDecoder;
import io.lockstep.codecs.exchange.MassCancelDecoder;
import io.lockstep.codecs.exchange.MessageHeaderDecoder;
import io.lockstep.codecs.exchange.NewOrderDecoder;
import io.lockstep.codecs.exchange.ReduceOrderDecoder;
import io.lockstep.codecs.exchange.RejectCode;
import io.lockstep.codecs.exchange.ReplaceOrderDecoder;
import io.lockstep.core.logic.Entry;
import io.lockstep.core.logic.EntryType;
import io.lockstep.core.logic.Outbox;
import io.lockstep.core.logic.StateMachine;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * The reference exchange as a replica runs it: commands in, answers, executions and book events out. Every command gets
 * one answer, bytes that are no command too. A session that closes loses its resting orders, the oldest first.
 *
 * <p>Called by the replica's logic thread. What it holds is bounded by its {@link MatchingContext}; it allocates
 * nothing while it applies entries.
 */
@HotPath
public final class ExchangeStateMachine implements StateMachine {
    private final MessageCheck check = ExchangeCheck.INSTANCE;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final NewOrderDecoder newOrder = new NewOrderDecoder();
    private final CancelOrderDecoder cancelOrder = new CancelOrderDecoder();
    private final ReduceOrderDecoder reduceOrder = new ReduceOrderDecoder();
    private final ReplaceOrderDecoder replaceOrder = new ReplaceOrderDecoder();
    private final MassCancelDecoder massCancel = new MassCancelDecoder();
    private final ExchangeOutputs outputs = new ExchangeOutputs();
    private final MatchingEngine engine;
    private long entries;

    /**
     * An exchange with empty books.
     *
     * @param context its symbols and bounds; concluded here
     */
    public ExchangeStateMachine(final MatchingContext context) {
        engine = new MatchingEngine(context.conclude(), outputs);
    }

    @Override
    public void apply(final Entry entry, final Outbox outbox) {
        outputs.begin(outbox);
        entries++;
        final EntryType type = entry.type();
        if (type == EntryType.COMMAND) {
            onCommand(entry.sessionId(), entry.buffer(), entry.offset(), entry.length());
        } else if (type == EntryType.SESSION_CLOSED) {
            engine.onSessionClosed(entry.sessionId());
        }
    }

    @Override
    public long stateHash() {
        return StateHash.scatter(engine.stateHash() + entries);
    }

    /** How many trades there have been. */
    public long trades() {
        return engine.trades();
    }

    /** How many commands have been rejected. */
    public long rejects() {
        return engine.rejects();
    }

    /** How many orders rest. */
    public int restingOrders() {
        return engine.orders();
    }

    /** How many price levels have orders, over all books. */
    public int levels() {
        return engine.levels();
    }

    /** Every resting order, book by book, bids before offers, best price first, first come first; slow and new. */
    public List<RestingOrder> depth() {
        return engine.audit().orders();
    }

    /**
     * Goes through all books and checks that everything agrees with everything, the kept hash included; slow.
     *
     * @throws IllegalStateException if something does not
     */
    public void audit() {
        engine.audit().check();
    }

    private void onCommand(final long sessionId, final DirectBuffer buffer, final int offset, final int length) {
        final int templateId = check.check(buffer, offset, length);
        switch (templateId) {
            case NewOrderDecoder.TEMPLATE_ID ->
                engine.onNewOrder(sessionId, newOrder.wrapAndApplyHeader(buffer, offset, header));
            case CancelOrderDecoder.TEMPLATE_ID ->
                engine.onCancelOrder(sessionId, cancelOrder.wrapAndApplyHeader(buffer, offset, header));
            case ReduceOrderDecoder.TEMPLATE_ID ->
                engine.onReduceOrder(sessionId, reduceOrder.wrapAndApplyHeader(buffer, offset, header));
            case ReplaceOrderDecoder.TEMPLATE_ID ->
                engine.onReplaceOrder(sessionId, replaceOrder.wrapAndApplyHeader(buffer, offset, header));
            case MassCancelDecoder.TEMPLATE_ID ->
                engine.onMassCancel(sessionId, massCancel.wrapAndApplyHeader(buffer, offset, header));
            default -> onOther(sessionId, templateId);
        }
    }

    private void onOther(final long sessionId, final int templateId) {
        if (templateId < 0) {
            engine.reject(sessionId, 0, 0, RejectCode.MALFORMED, templateId);
        } else {
            engine.reject(sessionId, 0, templateId, RejectCode.NOT_A_COMMAND, 0);
        }
    }
}
