package io.lockstep.matching;

import io.lockstep.codecs.HotPath;
import io.lockstep.codecs.exchange.OrderState;
import io.lockstep.codecs.exchange.Reason;
import io.lockstep.codecs.exchange.SelfTradePrevention;

/** The order that a command brings, while it trades: whose it is, what it wants, and what has become of it so far. */
@HotPath
final class Aggressor {
    private static final long ANY_KEY = BookSide.NO_KEY - 1;

    private long sessionId;
    private long orderId;
    private long ownerId;
    private SelfTradePrevention prevention;
    private BookSide side;
    private BookSide against;
    private long priceTicks;
    private long limitKey;
    private long quantityLots;
    private long openLots;
    private long filledLots;
    private boolean isStopped;
    private boolean isDropped;

    Aggressor owner(
            final long session, final long order, final long owner, final SelfTradePrevention selfTradePrevention) {
        sessionId = session;
        orderId = order;
        ownerId = owner;
        prevention = owner == 0 ? SelfTradePrevention.NONE : selfTradePrevention;
        return this;
    }

    Aggressor limit(final OrderBook book, final boolean isBuy, final long price, final long lots) {
        side = book.side(isBuy);
        against = book.side(!isBuy);
        priceTicks = price;
        limitKey = against.key(price);
        return lots(lots);
    }

    Aggressor market(final OrderBook book, final boolean isBuy, final long lots) {
        side = book.side(isBuy);
        against = book.side(!isBuy);
        priceTicks = 0;
        limitKey = ANY_KEY;
        return lots(lots);
    }

    private Aggressor lots(final long lots) {
        quantityLots = lots;
        openLots = lots;
        filledLots = 0;
        isStopped = false;
        isDropped = false;
        return this;
    }

    /** Whether the best price of the other side is within the limit. */
    boolean isMarketable() {
        return against.bestKey() <= limitKey;
    }

    void fill(final long lots) {
        openLots -= lots;
        filledLots += lots;
    }

    /** Takes open quantity away without a trade. */
    void decrement(final long lots) {
        openLots -= lots;
    }

    /** Ends it for meeting an order of its own owner. */
    void stop() {
        isStopped = true;
    }

    /** Says that what is left does not rest. */
    void drop() {
        isDropped = true;
    }

    boolean mayRest() {
        return openLots > 0 && !isStopped && !isDropped;
    }

    OrderState state() {
        if (mayRest()) {
            return OrderState.RESTING;
        }
        return filledLots == quantityLots ? OrderState.FILLED : OrderState.DROPPED;
    }

    long restingLots() {
        return mayRest() ? openLots : 0;
    }

    long droppedLots() {
        return quantityLots - filledLots - restingLots();
    }

    Reason reason() {
        if (droppedLots() == 0) {
            return Reason.NONE;
        }
        return isDropped && !isStopped && openLots > 0 ? Reason.IMMEDIATE_OR_CANCEL : Reason.SELF_TRADE;
    }

    long sessionId() {
        return sessionId;
    }

    long orderId() {
        return orderId;
    }

    long ownerId() {
        return ownerId;
    }

    SelfTradePrevention prevention() {
        return prevention;
    }

    BookSide side() {
        return side;
    }

    BookSide against() {
        return against;
    }

    int symbolId() {
        return side.book().symbol().id();
    }

    long priceTicks() {
        return priceTicks;
    }

    long limitKey() {
        return limitKey;
    }

    long openLots() {
        return openLots;
    }

    long filledLots() {
        return filledLots;
    }
}
