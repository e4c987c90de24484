package io.lockstep.matching;

import io.lockstep.codecs.HotPath;
import io.lockstep.codecs.exchange.Reason;
import io.lockstep.codecs.exchange.SelfTradePrevention;

/**
 * Trades an incoming order against the other side of its book: best price first, first come first within a price, at
 * the resting order's price.
 */
@HotPath
final class Matcher {
    private final OrderPool orders;
    private final LevelPool levels;
    private final RestingOrders resting;
    private final ExchangeOutputs outputs;
    private long trades;

    Matcher(
            final OrderPool orders,
            final LevelPool levels,
            final RestingOrders resting,
            final ExchangeOutputs outputs) {
        this.orders = orders;
        this.levels = levels;
        this.resting = resting;
        this.outputs = outputs;
    }

    /** How many trades there have been; the last one has this id. */
    long trades() {
        return trades;
    }

    /** Trades until nothing is left, nothing more is within the limit, or self-trade prevention ends it. */
    void match(final Aggressor taker) {
        final BookSide against = taker.against();
        while (taker.openLots() > 0 && taker.isMarketable()) {
            final int level = against.best();
            final int maker = levels.queues().head(level);
            if (isOwn(taker, maker)) {
                if (taker.prevention() == SelfTradePrevention.CANCEL_AGGRESSOR) {
                    taker.stop();
                    return;
                }
                prevent(taker, maker);
            } else {
                trade(taker, maker, level);
            }
        }
    }

    /**
     * Whether the whole of an order could be traded at once, without touching anything. An order of the same owner does
     * not count where it would be cancelled, and ends the count where it would end or shrink the incoming one. Looks at
     * levels alone unless self-trade prevention asks for single orders, and then only if the levels hold enough.
     */
    boolean isFillable(final Aggressor taker) {
        if (!hasLots(taker)) {
            return false;
        }
        if (taker.prevention() == SelfTradePrevention.NONE) {
            return true;
        }
        final BookSide against = taker.against();
        final OrderLists queues = levels.queues();
        long missing = taker.openLots();
        int level = against.best();
        while (level != LevelPool.NONE && against.key(levels.priceTicks(level)) <= taker.limitKey()) {
            for (int maker = queues.head(level); maker != OrderPool.NONE; maker = queues.next(maker)) {
                if (!isOwn(taker, maker)) {
                    missing -= orders.openLots(maker);
                    if (missing <= 0) {
                        return true;
                    }
                } else if (taker.prevention() != SelfTradePrevention.CANCEL_RESTING) {
                    return false;
                }
            }
            level = against.behind(level);
        }
        return false;
    }

    private boolean hasLots(final Aggressor taker) {
        final BookSide against = taker.against();
        long missing = taker.openLots();
        int level = against.best();
        while (level != LevelPool.NONE && against.key(levels.priceTicks(level)) <= taker.limitKey()) {
            missing -= levels.openLots(level);
            if (missing <= 0) {
                return true;
            }
            level = against.behind(level);
        }
        return false;
    }

    private boolean isOwn(final Aggressor taker, final int maker) {
        return taker.prevention() != SelfTradePrevention.NONE && orders.ownerId(maker) == taker.ownerId();
    }

    private void trade(final Aggressor taker, final int maker, final int level) {
        final long makerLots = orders.openLots(maker);
        final long lots = Math.min(taker.openLots(), makerLots);
        taker.fill(lots);
        trades++;
        outputs.execution(
                taker,
                orders.sessionId(maker),
                orders.orderId(maker),
                trades,
                levels.priceTicks(level),
                lots,
                makerLots - lots);
        resting.reduce(maker, lots);
    }

    private void prevent(final Aggressor taker, final int maker) {
        final long makerLots = orders.openLots(maker);
        final long sessionId = orders.sessionId(maker);
        final long orderId = orders.orderId(maker);
        if (taker.prevention() == SelfTradePrevention.CANCEL_RESTING) {
            outputs.cancelled(sessionId, orderId, taker.symbolId(), makerLots, Reason.SELF_TRADE);
            resting.remove(maker);
            return;
        }
        final long lots = Math.min(taker.openLots(), makerLots);
        taker.decrement(lots);
        outputs.reduced(sessionId, orderId, taker.symbolId(), lots, makerLots - lots, Reason.SELF_TRADE);
        resting.reduce(maker, lots);
    }
}
