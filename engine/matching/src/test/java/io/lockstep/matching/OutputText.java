package io.lockstep.matching;

import io.lockstep.codecs.ExchangeCheck;
import io.lockstep.codecs.exchange.BookTopDecoder;
import io.lockstep.codecs.exchange.CommandRejectedDecoder;
import io.lockstep.codecs.exchange.ExecutionDecoder;
import io.lockstep.codecs.exchange.LevelChangedDecoder;
import io.lockstep.codecs.exchange.MassCancelledDecoder;
import io.lockstep.codecs.exchange.MessageHeaderDecoder;
import io.lockstep.codecs.exchange.OrderAcceptedDecoder;
import io.lockstep.codecs.exchange.OrderCancelledDecoder;
import io.lockstep.codecs.exchange.OrderReducedDecoder;
import io.lockstep.codecs.exchange.OrderReplacedDecoder;
import io.lockstep.codecs.exchange.OrderState;
import io.lockstep.codecs.exchange.Reason;
import io.lockstep.codecs.exchange.Recipient;
import io.lockstep.codecs.exchange.RejectCode;
import io.lockstep.codecs.exchange.Side;
import io.lockstep.codecs.exchange.YesNo;
import org.agrona.DirectBuffer;

/** Outputs as short lines, for tests to compare: for whom, what, and every field. */
final class OutputText {
    private OutputText() {}

    static String accepted(
            final long session,
            final int symbol,
            final long order,
            final OrderState state,
            final long filled,
            final long open,
            final long dropped,
            final Reason reason) {
        return session + " accepted " + symbol + "/" + order + " " + state + " filled=" + filled + " open=" + open
                + (dropped == 0 && reason == Reason.NONE ? "" : " dropped=" + dropped + " " + reason);
    }

    static String replaced(
            final long session,
            final int symbol,
            final long order,
            final long price,
            final OrderState state,
            final long filled,
            final long open,
            final long dropped,
            final Reason reason,
            final YesNo kept) {
        return accepted(session, symbol, order, state, filled, open, dropped, reason)
                        .replace("accepted", "replaced")
                + " @" + price + (kept == YesNo.YES ? " kept" : "");
    }

    static String rejected(
            final long session, final long order, final int template, final RejectCode code, final int detail) {
        return session + " rejected " + order + " " + code + " template=" + template + " detail=" + detail;
    }

    static String execution(
            final long session,
            final Recipient recipient,
            final int symbol,
            final long trade,
            final Side takerSide,
            final long taker,
            final long maker,
            final long lots,
            final long price,
            final long takerOpen,
            final long makerOpen) {
        return session + " execution " + symbol + " #" + trade + " " + recipient + " " + takerSide + " " + taker
                + " with " + maker + ": " + lots + " @" + price + " left=" + takerOpen + "/" + makerOpen;
    }

    static String cancelled(
            final long session, final int symbol, final long order, final long lots, final Reason reason) {
        return session + " cancelled " + symbol + "/" + order + " " + lots + " " + reason;
    }

    static String reduced(
            final long session,
            final int symbol,
            final long order,
            final long cut,
            final long open,
            final Reason reason) {
        return session + " reduced " + symbol + "/" + order + " by=" + cut + " open=" + open + " " + reason;
    }

    static String massCancelled(final long session, final int symbol, final int count) {
        return session + " mass cancelled " + symbol + " count=" + count;
    }

    static String top(
            final int symbol, final long askPrice, final long askLots, final long bidPrice, final long bidLots) {
        return "0 top " + symbol + " ask " + askLots + " @" + askPrice + " bid " + bidLots + " @" + bidPrice;
    }

    static String level(final int symbol, final Side side, final long price, final long lots) {
        return "0 level " + symbol + " " + side + " " + lots + " @" + price;
    }

    static String of(final long session, final DirectBuffer buffer, final int offset, final int length) {
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        final int template = ExchangeCheck.INSTANCE.check(buffer, offset, length);
        return switch (template) {
            case OrderAcceptedDecoder.TEMPLATE_ID -> {
                final OrderAcceptedDecoder it = new OrderAcceptedDecoder().wrapAndApplyHeader(buffer, offset, header);
                yield accepted(
                        session,
                        it.symbolId(),
                        it.orderId(),
                        it.state(),
                        it.filledLots(),
                        it.openLots(),
                        it.droppedLots(),
                        it.reason());
            }
            case OrderReplacedDecoder.TEMPLATE_ID -> {
                final OrderReplacedDecoder it = new OrderReplacedDecoder().wrapAndApplyHeader(buffer, offset, header);
                yield replaced(
                        session,
                        it.symbolId(),
                        it.orderId(),
                        it.priceTicks(),
                        it.state(),
                        it.filledLots(),
                        it.openLots(),
                        it.droppedLots(),
                        it.reason(),
                        it.keptPriority());
            }
            case ExecutionDecoder.TEMPLATE_ID -> {
                final ExecutionDecoder it = new ExecutionDecoder().wrapAndApplyHeader(buffer, offset, header);
                yield execution(
                        session,
                        it.recipient(),
                        it.symbolId(),
                        it.tradeId(),
                        it.takerSide(),
                        it.takerOrderId(),
                        it.makerOrderId(),
                        it.quantityLots(),
                        it.priceTicks(),
                        it.takerOpenLots(),
                        it.makerOpenLots());
            }
            default -> ofShort(template, session, buffer, offset, header);
        };
    }

    private static String ofShort(
            final int template,
            final long session,
            final DirectBuffer buffer,
            final int offset,
            final MessageHeaderDecoder header) {
        return switch (template) {
            case CommandRejectedDecoder.TEMPLATE_ID -> {
                final CommandRejectedDecoder it =
                        new CommandRejectedDecoder().wrapAndApplyHeader(buffer, offset, header);
                yield rejected(session, it.orderId(), it.commandTemplateId(), it.code(), it.detail());
            }
            case OrderCancelledDecoder.TEMPLATE_ID -> {
                final OrderCancelledDecoder it =
                        new OrderCancelledDecoder().wrapAndApplyHeader(buffer, offset, header);
                yield cancelled(session, it.symbolId(), it.orderId(), it.cancelledLots(), it.reason());
            }
            case OrderReducedDecoder.TEMPLATE_ID -> {
                final OrderReducedDecoder it = new OrderReducedDecoder().wrapAndApplyHeader(buffer, offset, header);
                yield reduced(session, it.symbolId(), it.orderId(), it.cutLots(), it.openLots(), it.reason());
            }
            case MassCancelledDecoder.TEMPLATE_ID -> {
                final MassCancelledDecoder it = new MassCancelledDecoder().wrapAndApplyHeader(buffer, offset, header);
                yield massCancelled(session, it.symbolId(), it.cancelledOrders());
            }
            case BookTopDecoder.TEMPLATE_ID -> {
                final BookTopDecoder it = new BookTopDecoder().wrapAndApplyHeader(buffer, offset, header);
                yield top(it.symbolId(), it.askPriceTicks(), it.askLots(), it.bidPriceTicks(), it.bidLots());
            }
            case LevelChangedDecoder.TEMPLATE_ID -> {
                final LevelChangedDecoder it = new LevelChangedDecoder().wrapAndApplyHeader(buffer, offset, header);
                yield level(it.symbolId(), it.side(), it.priceTicks(), it.openLots());
            }
            default -> throw new AssertionError("not an output: " + template);
        };
    }
}
