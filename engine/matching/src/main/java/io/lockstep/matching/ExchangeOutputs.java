package io.lockstep.matching;

import io.lockstep.codecs.HotPath;
import io.lockstep.codecs.exchange.BookTopEncoder;
import io.lockstep.codecs.exchange.CommandRejectedEncoder;
import io.lockstep.codecs.exchange.ExecutionEncoder;
import io.lockstep.codecs.exchange.LevelChangedEncoder;
import io.lockstep.codecs.exchange.MassCancelledEncoder;
import io.lockstep.codecs.exchange.MessageHeaderEncoder;
import io.lockstep.codecs.exchange.OrderAcceptedEncoder;
import io.lockstep.codecs.exchange.OrderCancelledEncoder;
import io.lockstep.codecs.exchange.OrderReducedEncoder;
import io.lockstep.codecs.exchange.OrderReplacedEncoder;
import io.lockstep.codecs.exchange.Reason;
import io.lockstep.codecs.exchange.Recipient;
import io.lockstep.codecs.exchange.RejectCode;
import io.lockstep.codecs.exchange.Side;
import io.lockstep.codecs.exchange.YesNo;
import io.lockstep.core.logic.Outbox;

/** Writes what the exchange has to say straight into the outbox of the entry that is being applied. */
@HotPath
final class ExchangeOutputs {
    private static final int HEADER = MessageHeaderEncoder.ENCODED_LENGTH;

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final OrderAcceptedEncoder accepted = new OrderAcceptedEncoder();
    private final CommandRejectedEncoder rejected = new CommandRejectedEncoder();
    private final ExecutionEncoder execution = new ExecutionEncoder();
    private final OrderCancelledEncoder cancelled = new OrderCancelledEncoder();
    private final OrderReducedEncoder reduced = new OrderReducedEncoder();
    private final OrderReplacedEncoder replaced = new OrderReplacedEncoder();
    private final MassCancelledEncoder massCancelled = new MassCancelledEncoder();
    private final BookTopEncoder bookTop = new BookTopEncoder();
    private final LevelChangedEncoder levelChanged = new LevelChangedEncoder();
    private Outbox outbox;

    /** Points at the outbox of the next entry. */
    void begin(final Outbox entryOutbox) {
        outbox = entryOutbox;
    }

    void accepted(final Aggressor order) {
        final int offset = outbox.claim(order.sessionId(), HEADER + OrderAcceptedEncoder.BLOCK_LENGTH);
        accepted.wrapAndApplyHeader(outbox.buffer(), offset, header)
                .orderId(order.orderId())
                .filledLots(order.filledLots())
                .openLots(order.restingLots())
                .droppedLots(order.droppedLots())
                .symbolId(order.symbolId())
                .state(order.state())
                .reason(order.reason());
    }

    void rejected(
            final long sessionId, final long orderId, final int templateId, final RejectCode code, final int detail) {
        final int offset = outbox.claim(sessionId, HEADER + CommandRejectedEncoder.BLOCK_LENGTH);
        rejected.wrapAndApplyHeader(outbox.buffer(), offset, header)
                .orderId(orderId)
                .detail(detail)
                .commandTemplateId(templateId)
                .code(code);
    }

    /** Tells the sessions of both orders; one copy if they are the same. */
    void execution(
            final Aggressor taker,
            final long makerSessionId,
            final long makerOrderId,
            final long tradeId,
            final long priceTicks,
            final long lots,
            final long makerOpenLots) {
        final boolean isOneSession = makerSessionId == taker.sessionId();
        execution(taker.sessionId(), isOneSession ? Recipient.BOTH : Recipient.TAKER)
                .tradeId(tradeId)
                .takerOrderId(taker.orderId())
                .makerOrderId(makerOrderId)
                .priceTicks(priceTicks)
                .quantityLots(lots)
                .takerOpenLots(taker.openLots())
                .makerOpenLots(makerOpenLots)
                .symbolId(taker.symbolId())
                .takerSide(side(taker.side().isBuy()));
        if (!isOneSession) {
            execution(makerSessionId, Recipient.MAKER)
                    .tradeId(tradeId)
                    .takerOrderId(taker.orderId())
                    .makerOrderId(makerOrderId)
                    .priceTicks(priceTicks)
                    .quantityLots(lots)
                    .takerOpenLots(taker.openLots())
                    .makerOpenLots(makerOpenLots)
                    .symbolId(taker.symbolId())
                    .takerSide(side(taker.side().isBuy()));
        }
    }

    void cancelled(
            final long sessionId, final long orderId, final int symbolId, final long lots, final Reason reason) {
        final int offset = outbox.claim(sessionId, HEADER + OrderCancelledEncoder.BLOCK_LENGTH);
        cancelled
                .wrapAndApplyHeader(outbox.buffer(), offset, header)
                .orderId(orderId)
                .cancelledLots(lots)
                .symbolId(symbolId)
                .reason(reason);
    }

    void reduced(
            final long sessionId,
            final long orderId,
            final int symbolId,
            final long cutLots,
            final long openLots,
            final Reason reason) {
        final int offset = outbox.claim(sessionId, HEADER + OrderReducedEncoder.BLOCK_LENGTH);
        reduced.wrapAndApplyHeader(outbox.buffer(), offset, header)
                .orderId(orderId)
                .cutLots(cutLots)
                .openLots(openLots)
                .symbolId(symbolId)
                .reason(reason);
    }

    void replaced(final Aggressor order, final boolean keptPriority) {
        final int offset = outbox.claim(order.sessionId(), HEADER + OrderReplacedEncoder.BLOCK_LENGTH);
        replaced.wrapAndApplyHeader(outbox.buffer(), offset, header)
                .orderId(order.orderId())
                .priceTicks(order.priceTicks())
                .filledLots(order.filledLots())
                .openLots(order.restingLots())
                .droppedLots(order.droppedLots())
                .symbolId(order.symbolId())
                .state(order.state())
                .reason(order.reason())
                .keptPriority(keptPriority ? YesNo.YES : YesNo.NO);
    }

    void massCancelled(final long sessionId, final int symbolId, final int count) {
        final int offset = outbox.claim(sessionId, HEADER + MassCancelledEncoder.BLOCK_LENGTH);
        massCancelled
                .wrapAndApplyHeader(outbox.buffer(), offset, header)
                .symbolId(symbolId)
                .cancelledOrders(count);
    }

    void bookTop(final OrderBook book) {
        final int offset = outbox.claim(Outbox.EVERYONE, HEADER + BookTopEncoder.BLOCK_LENGTH);
        bookTop.wrapAndApplyHeader(outbox.buffer(), offset, header)
                .askPriceTicks(book.askTicks())
                .askLots(book.askLots())
                .bidPriceTicks(book.bidTicks())
                .bidLots(book.bidLots())
                .symbolId(book.symbol().id());
    }

    void levelChanged(final int symbolId, final boolean isBuy, final long priceTicks, final long openLots) {
        final int offset = outbox.claim(Outbox.EVERYONE, HEADER + LevelChangedEncoder.BLOCK_LENGTH);
        levelChanged
                .wrapAndApplyHeader(outbox.buffer(), offset, header)
                .priceTicks(priceTicks)
                .openLots(openLots)
                .symbolId(symbolId)
                .side(side(isBuy));
    }

    private ExecutionEncoder execution(final long sessionId, final Recipient recipient) {
        final int offset = outbox.claim(sessionId, HEADER + ExecutionEncoder.BLOCK_LENGTH);
        return execution.wrapAndApplyHeader(outbox.buffer(), offset, header).recipient(recipient);
    }

    private static Side side(final boolean isBuy) {
        return isBuy ? Side.BUY : Side.SELL;
    }
}
