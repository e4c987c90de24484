package io.lockstep.matching;

import io.lockstep.codecs.exchange.CancelOrderEncoder;
import io.lockstep.codecs.exchange.MassCancelEncoder;
import io.lockstep.codecs.exchange.MessageHeaderEncoder;
import io.lockstep.codecs.exchange.NewOrderEncoder;
import io.lockstep.codecs.exchange.OrderType;
import io.lockstep.codecs.exchange.ReduceOrderEncoder;
import io.lockstep.codecs.exchange.ReplaceOrderEncoder;
import io.lockstep.codecs.exchange.SelfTradePrevention;
import io.lockstep.codecs.exchange.Side;
import io.lockstep.codecs.exchange.TimeInForce;
import io.lockstep.codecs.exchange.YesNo;
import org.agrona.MutableDirectBuffer;

/** One command of a test, written as a sentence and then as bytes. */
final class CommandBody {
    private final int templateId;
    private final long orderId;
    private final long price;
    private final long lots;
    private int symbolId = 1;
    private Side side = Side.BUY;
    private OrderType type = OrderType.LIMIT;
    private TimeInForce timeInForce = TimeInForce.GTC;
    private YesNo postOnly = YesNo.NO;
    private SelfTradePrevention prevention = SelfTradePrevention.NONE;
    private long ownerId;

    private CommandBody(final int templateId, final long orderId, final long price, final long lots) {
        this.templateId = templateId;
        this.orderId = orderId;
        this.price = price;
        this.lots = lots;
    }

    static CommandBody buy(final long orderId, final long lots, final long price) {
        return new CommandBody(NewOrderEncoder.TEMPLATE_ID, orderId, price, lots);
    }

    static CommandBody sell(final long orderId, final long lots, final long price) {
        return buy(orderId, lots, price).side(Side.SELL);
    }

    static CommandBody cancel(final long orderId) {
        return new CommandBody(CancelOrderEncoder.TEMPLATE_ID, orderId, 0, 0);
    }

    static CommandBody reduce(final long orderId, final long cutLots) {
        return new CommandBody(ReduceOrderEncoder.TEMPLATE_ID, orderId, 0, cutLots);
    }

    static CommandBody replace(final long orderId, final long openLots, final long price) {
        return new CommandBody(ReplaceOrderEncoder.TEMPLATE_ID, orderId, price, openLots);
    }

    static CommandBody massCancel(final int symbolId) {
        return new CommandBody(MassCancelEncoder.TEMPLATE_ID, 0, 0, 0).symbol(symbolId);
    }

    CommandBody symbol(final int id) {
        symbolId = id;
        return this;
    }

    CommandBody side(final Side orderSide) {
        side = orderSide;
        return this;
    }

    CommandBody market() {
        type = OrderType.MARKET;
        return this;
    }

    CommandBody ioc() {
        return timeInForce(TimeInForce.IOC);
    }

    CommandBody fok() {
        return timeInForce(TimeInForce.FOK);
    }

    CommandBody timeInForce(final TimeInForce time) {
        timeInForce = time;
        return this;
    }

    CommandBody postOnly() {
        postOnly = YesNo.YES;
        return this;
    }

    CommandBody owner(final long id) {
        ownerId = id;
        return this;
    }

    CommandBody owner(final long id, final SelfTradePrevention selfTradePrevention) {
        prevention = selfTradePrevention;
        return owner(id);
    }

    int encode(final MutableDirectBuffer buffer, final int offset) {
        final MessageHeaderEncoder header = new MessageHeaderEncoder();
        final int blockLength =
                switch (templateId) {
                    case NewOrderEncoder.TEMPLATE_ID -> newOrder(buffer, offset, header);
                    case CancelOrderEncoder.TEMPLATE_ID ->
                        new CancelOrderEncoder()
                                .wrapAndApplyHeader(buffer, offset, header)
                                .orderId(orderId)
                                .sbeBlockLength();
                    case ReduceOrderEncoder.TEMPLATE_ID ->
                        new ReduceOrderEncoder()
                                .wrapAndApplyHeader(buffer, offset, header)
                                .orderId(orderId)
                                .cutLots(lots)
                                .sbeBlockLength();
                    case ReplaceOrderEncoder.TEMPLATE_ID ->
                        new ReplaceOrderEncoder()
                                .wrapAndApplyHeader(buffer, offset, header)
                                .orderId(orderId)
                                .priceTicks(price)
                                .openLots(lots)
                                .postOnly(postOnly)
                                .selfTradePrevention(prevention)
                                .sbeBlockLength();
                    default ->
                        new MassCancelEncoder()
                                .wrapAndApplyHeader(buffer, offset, header)
                                .symbolId(symbolId)
                                .sbeBlockLength();
                };
        return MessageHeaderEncoder.ENCODED_LENGTH + blockLength;
    }

    private int newOrder(final MutableDirectBuffer buffer, final int offset, final MessageHeaderEncoder header) {
        return new NewOrderEncoder()
                .wrapAndApplyHeader(buffer, offset, header)
                .orderId(orderId)
                .priceTicks(price)
                .quantityLots(lots)
                .ownerId(ownerId)
                .symbolId(symbolId)
                .side(side)
                .orderType(type)
                .timeInForce(timeInForce)
                .postOnly(postOnly)
                .selfTradePrevention(prevention)
                .sbeBlockLength();
    }
}
