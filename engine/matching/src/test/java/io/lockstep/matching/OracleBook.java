package io.lockstep.matching;

import io.lockstep.codecs.exchange.Reason;
import io.lockstep.codecs.exchange.Recipient;
import io.lockstep.codecs.exchange.SelfTradePrevention;
import io.lockstep.codecs.exchange.Side;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** One book of the plain exchange: a sorted map of prices on each side, a queue of orders at each price. */
final class OracleBook {
    private static long ordinals;

    private final Symbol symbol;
    private final List<String> outputs;
    private final TreeMap<Long, ArrayDeque<OracleOrder>> bids = new TreeMap<>(Comparator.reverseOrder());
    private final TreeMap<Long, ArrayDeque<OracleOrder>> asks = new TreeMap<>();
    private final Map<String, Touch> touches = new LinkedHashMap<>();
    private String lastTop;

    OracleBook(final Symbol symbol, final List<String> outputs) {
        this.symbol = symbol;
        this.outputs = outputs;
        lastTop = top();
    }

    boolean allowsPrice(final long price) {
        return price >= symbol.minPriceTicks() && price <= symbol.maxPriceTicks();
    }

    boolean allowsLots(final long lots) {
        return lots >= symbol.minLots() && lots <= symbol.maxLots();
    }

    int levels() {
        return bids.size() + asks.size();
    }

    boolean hasLevel(final boolean isBuy, final long price) {
        return side(isBuy).containsKey(price);
    }

    boolean isAlone(final OracleOrder order) {
        return side(order.isBuy).get(order.price).size() == 1;
    }

    OracleOrder find(final long session, final long id) {
        for (final OracleOrder order : inPriority()) {
            if (order.session == session && order.id == id) {
                return order;
            }
        }
        return null;
    }

    /** Bids, then offers; best price first, first come first. */
    List<OracleOrder> inPriority() {
        final List<OracleOrder> all = new ArrayList<>();
        final Collection<ArrayDeque<OracleOrder>> queues = new ArrayList<>(bids.values());
        queues.addAll(asks.values());
        for (final ArrayDeque<OracleOrder> queue : queues) {
            all.addAll(queue);
        }
        return all;
    }

    OracleBook copy(final List<String> copyOutputs) {
        final OracleBook copy = new OracleBook(symbol, copyOutputs);
        for (final OracleOrder order : inPriority()) {
            copy.rest(order.copy());
        }
        return copy;
    }

    boolean wouldMeet(final OracleOrder taker) {
        final NavigableMap<Long, ArrayDeque<OracleOrder>> against = side(!taker.isBuy);
        return !against.isEmpty() && isWithinLimit(taker, against.firstKey());
    }

    void rest(final OracleOrder order) {
        touch(order);
        side(order.isBuy).computeIfAbsent(order.price, p -> new ArrayDeque<>()).addLast(order);
    }

    void cut(final OracleOrder order, final long lots) {
        touch(order);
        order.open -= lots;
        if (order.open == 0) {
            final ArrayDeque<OracleOrder> queue = side(order.isBuy).get(order.price);
            queue.remove(order);
            if (queue.isEmpty()) {
                side(order.isBuy).remove(order.price);
            }
        }
    }

    Outcome match(final OracleOrder taker, final SelfTradePrevention prevention, final long firstTrade) {
        long trade = firstTrade;
        long filled = 0;
        while (taker.open > 0 && wouldMeet(taker)) {
            final OracleOrder maker =
                    side(!taker.isBuy).firstEntry().getValue().peekFirst();
            if (!OracleExchange.isOwn(taker, maker, prevention)) {
                final long lots = Math.min(taker.open, maker.open);
                taker.open -= lots;
                cut(maker, lots);
                filled += lots;
                trade(taker, maker, lots, trade++);
            } else if (prevention == SelfTradePrevention.CANCEL_RESTING) {
                outputs.add(OutputText.cancelled(
                        maker.session, maker.symbol, maker.id, maker.open, Reason.SELF_TRADE));
                cut(maker, maker.open);
            } else if (prevention == SelfTradePrevention.DECREMENT) {
                final long lots = Math.min(taker.open, maker.open);
                taker.open -= lots;
                cut(maker, lots);
                outputs.add(OutputText.reduced(
                        maker.session, maker.symbol, maker.id, lots, maker.open, Reason.SELF_TRADE));
            } else {
                return new Outcome(filled, trade - firstTrade, true);
            }
        }
        return new Outcome(filled, trade - firstTrade, false);
    }

    List<Touch> takeTouches() {
        final List<Touch> taken = new ArrayList<>(touches.values());
        touches.clear();
        return taken;
    }

    void tellTop() {
        if (!top().equals(lastTop)) {
            lastTop = top();
            outputs.add(lastTop);
        }
    }

    void tellLevel(final Touch touch) {
        final NavigableMap<Long, ArrayDeque<OracleOrder>> side = side(touch.isBuy());
        if (side.isEmpty()) {
            return;
        }
        final boolean isBehind = touch.isBuy() ? touch.price() < side.firstKey() : touch.price() > side.firstKey();
        if (isBehind) {
            outputs.add(OutputText.level(
                    symbol.id(),
                    touch.isBuy() ? Side.BUY : Side.SELL,
                    touch.price(),
                    lots(side.get(touch.price()))));
        }
    }

    private void trade(final OracleOrder taker, final OracleOrder maker, final long lots, final long trade) {
        final boolean isOne = taker.session == maker.session;
        final Side takerSide = taker.isBuy ? Side.BUY : Side.SELL;
        outputs.add(OutputText.execution(
                taker.session,
                isOne ? Recipient.BOTH : Recipient.TAKER,
                maker.symbol,
                trade,
                takerSide,
                taker.id,
                maker.id,
                lots,
                maker.price,
                taker.open,
                maker.open));
        if (!isOne) {
            outputs.add(OutputText.execution(
                    maker.session,
                    Recipient.MAKER,
                    maker.symbol,
                    trade,
                    takerSide,
                    taker.id,
                    maker.id,
                    lots,
                    maker.price,
                    taker.open,
                    maker.open));
        }
    }

    private void touch(final OracleOrder order) {
        touches.computeIfAbsent(
                order.isBuy + "@" + order.price, key -> new Touch(this, order.isBuy, order.price, ordinals++));
    }

    private String top() {
        return OutputText.top(
                symbol.id(),
                asks.isEmpty() ? 0 : asks.firstKey(),
                asks.isEmpty() ? 0 : lots(asks.firstEntry().getValue()),
                bids.isEmpty() ? 0 : bids.firstKey(),
                bids.isEmpty() ? 0 : lots(bids.firstEntry().getValue()));
    }

    private NavigableMap<Long, ArrayDeque<OracleOrder>> side(final boolean isBuy) {
        return isBuy ? bids : asks;
    }

    private static boolean isWithinLimit(final OracleOrder taker, final long price) {
        return taker.isMarket || (taker.isBuy ? price <= taker.price : price >= taker.price);
    }

    private static long lots(final Collection<OracleOrder> queue) {
        return queue == null ? 0 : queue.stream().mapToLong(o -> o.open).sum();
    }

    /**
     * What came of matching.
     *
     * @param filled lots
     * @param trades made
     * @param isStopped by self-trade prevention
     */
    record Outcome(long filled, long trades, boolean isStopped) {}

    /**
     * A level that a command changed.
     *
     * @param book of the level
     * @param isBuy side
     * @param price of the level
     * @param ordinal over all books, in time
     */
    record Touch(OracleBook book, boolean isBuy, long price, long ordinal) {}
}
