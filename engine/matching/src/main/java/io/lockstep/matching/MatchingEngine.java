package io.lockstep.matching;

import io.lockstep.codecs.HotPath;
import io.lockstep.codecs.exchange.CancelOrderDecoder;
import io.lockstep.codecs.exchange.MassCancelDecoder;
import io.lockstep.codecs.exchange.NewOrderDecoder;
import io.lockstep.codecs.exchange.OrderType;
import io.lockstep.codecs.exchange.Reason;
import io.lockstep.codecs.exchange.ReduceOrderDecoder;
import io.lockstep.codecs.exchange.RejectCode;
import io.lockstep.codecs.exchange.ReplaceOrderDecoder;
import io.lockstep.codecs.exchange.SelfTradePrevention;
import io.lockstep.codecs.exchange.Side;
import io.lockstep.codecs.exchange.TimeInForce;
import io.lockstep.codecs.exchange.YesNo;

/**
 * The rules of the exchange: which commands are refused, what each of the others does, and its one answer. A command is
 * checked in full before anything is changed.
 */
@HotPath
final class MatchingEngine {
    private static final int ALL_SYMBOLS = 0;

    private final Books books;
    private final OrderPool orders;
    private final LevelPool levels;
    private final RestingOrders resting;
    private final Matcher matcher;
    private final BookChanges changes;
    private final ExchangeOutputs outputs;
    private final Aggressor aggressor = new Aggressor();
    private long rejects;

    MatchingEngine(final MatchingContext context, final ExchangeOutputs outputs) {
        this.outputs = outputs;
        orders = new OrderPool(context.maxOrders());
        levels = new LevelPool(orders, context.maxLevels());
        changes = new BookChanges(levels, context.maxLevels(), outputs);
        resting = new RestingOrders(context, orders, levels, changes);
        matcher = new Matcher(orders, levels, resting, outputs);
        books = new Books(context, levels);
    }

    void onNewOrder(final long sessionId, final NewOrderDecoder command) {
        final RejectCode fault = admit(sessionId, command);
        if (fault != null) {
            reject(sessionId, command.orderId(), NewOrderDecoder.TEMPLATE_ID, fault, 0);
            return;
        }
        matcher.match(aggressor);
        if (command.timeInForce() != TimeInForce.GTC) {
            aggressor.drop();
        } else if (aggressor.mayRest()) {
            resting.add(aggressor);
        }
        outputs.accepted(aggressor);
        changes.tell();
    }

    void onCancelOrder(final long sessionId, final CancelOrderDecoder command) {
        final int order = resting.find(sessionId, command.orderId());
        if (order == OrderPool.NONE) {
            reject(sessionId, command.orderId(), CancelOrderDecoder.TEMPLATE_ID, RejectCode.UNKNOWN_ORDER, 0);
            return;
        }
        cancel(order, Reason.REQUEST);
        changes.tell();
    }

    void onReduceOrder(final long sessionId, final ReduceOrderDecoder command) {
        final int order = resting.find(sessionId, command.orderId());
        final long cutLots = command.cutLots();
        if (order == OrderPool.NONE || cutLots < 1) {
            final RejectCode fault =
                    order == OrderPool.NONE ? RejectCode.UNKNOWN_ORDER : RejectCode.QUANTITY_OUT_OF_RANGE;
            reject(sessionId, command.orderId(), ReduceOrderDecoder.TEMPLATE_ID, fault, 0);
            return;
        }
        final long openLots = orders.openLots(order);
        final long cut = Math.min(cutLots, openLots);
        final int symbolId = resting.book(order).symbol().id();
        outputs.reduced(sessionId, command.orderId(), symbolId, cut, openLots - cut, Reason.REQUEST);
        resting.reduce(order, cut);
        changes.tell();
    }

    void onReplaceOrder(final long sessionId, final ReplaceOrderDecoder command) {
        final int order = resting.find(sessionId, command.orderId());
        final RejectCode fault = order == OrderPool.NONE ? RejectCode.UNKNOWN_ORDER : admit(order, command);
        if (fault != null) {
            reject(sessionId, command.orderId(), ReplaceOrderDecoder.TEMPLATE_ID, fault, 0);
            return;
        }
        final boolean keepsPriority = keepsPriority(order, command);
        if (keepsPriority) {
            final long cutLots = orders.openLots(order) - command.openLots();
            if (cutLots > 0) {
                resting.reduce(order, cutLots);
            }
        } else {
            resting.dequeue(order);
            matcher.match(aggressor);
            if (aggressor.mayRest()) {
                resting.requeue(order, aggressor);
            } else {
                resting.forget(order);
            }
        }
        outputs.replaced(aggressor, keepsPriority);
        changes.tell();
    }

    void onMassCancel(final long sessionId, final MassCancelDecoder command) {
        final int symbolId = command.symbolId();
        if (symbolId != ALL_SYMBOLS && books.find(symbolId) == null) {
            reject(sessionId, 0, MassCancelDecoder.TEMPLATE_ID, RejectCode.UNKNOWN_SYMBOL, 0);
            return;
        }
        final int count = cancelAll(sessionId, symbolId, Reason.MASS_CANCEL);
        outputs.massCancelled(sessionId, symbolId, count);
        changes.tell();
    }

    void onSessionClosed(final long sessionId) {
        cancelAll(sessionId, ALL_SYMBOLS, Reason.SESSION_CLOSED);
        changes.tell();
    }

    void reject(
            final long sessionId, final long orderId, final int templateId, final RejectCode code, final int detail) {
        rejects++;
        outputs.rejected(sessionId, orderId, templateId, code, detail);
    }

    long stateHash() {
        long hash = resting.hash();
        hash = StateHash.scatter(hash + resting.lastPriority());
        hash = StateHash.scatter(hash + matcher.trades());
        hash = StateHash.scatter(hash + rejects);
        return StateHash.scatter(hash + orders.count());
    }

    long trades() {
        return matcher.trades();
    }

    long rejects() {
        return rejects;
    }

    int orders() {
        return orders.count();
    }

    int levels() {
        return levels.count();
    }

    BookAudit audit() {
        return new BookAudit(books, orders, levels, resting);
    }

    /** Sets up the incoming order and answers why it is refused, or null. */
    private RejectCode admit(final long sessionId, final NewOrderDecoder command) {
        final OrderBook book = books.find(command.symbolId());
        if (book == null) {
            return RejectCode.UNKNOWN_SYMBOL;
        }
        final boolean isLimit = command.orderType() == OrderType.LIMIT;
        final boolean isPostOnly = command.postOnly() == YesNo.YES;
        final TimeInForce timeInForce = command.timeInForce();
        final boolean isLasting = timeInForce == TimeInForce.GTC;
        if (isLasting ? !isLimit : isPostOnly) {
            return RejectCode.BAD_COMBINATION;
        }
        final RejectCode fault = range(book.symbol(), isLimit, command.priceTicks(), command.quantityLots());
        if (fault != null) {
            return fault;
        }
        if (resting.find(sessionId, command.orderId()) != OrderPool.NONE) {
            return RejectCode.DUPLICATE_ORDER_ID;
        }
        final boolean isBuy = command.side() == Side.BUY;
        aggressor.owner(sessionId, command.orderId(), command.ownerId(), command.selfTradePrevention());
        if (isLimit) {
            aggressor.limit(book, isBuy, command.priceTicks(), command.quantityLots());
        } else {
            aggressor.market(book, isBuy, command.quantityLots());
        }
        if (isPostOnly && aggressor.isMarketable()) {
            return RejectCode.POST_ONLY_WOULD_TRADE;
        }
        if (timeInForce == TimeInForce.FOK && !matcher.isFillable(aggressor)) {
            return RejectCode.NOT_FILLABLE;
        }
        return isLasting ? room(sessionId, command.priceTicks()) : null;
    }

    /** Sets up a resting order as it would come anew and answers why that is refused, or null. */
    private RejectCode admit(final int order, final ReplaceOrderDecoder command) {
        final OrderBook book = resting.book(order);
        final long priceTicks = command.priceTicks();
        final RejectCode fault = range(book.symbol(), true, priceTicks, command.openLots());
        if (fault != null) {
            return fault;
        }
        final SelfTradePrevention prevention = command.selfTradePrevention();
        aggressor.owner(orders.sessionId(order), orders.orderId(order), orders.ownerId(order), prevention);
        final boolean isBuy = resting.side(order).isBuy();
        aggressor.limit(book, isBuy, priceTicks, command.openLots());
        if (command.postOnly() == YesNo.YES && aggressor.isMarketable()) {
            return RejectCode.POST_ONLY_WOULD_TRADE;
        }
        final boolean freesLevel = levels.queues().count(orders.level(order)) == 1;
        if (levels.isFull() && !freesLevel && aggressor.side().find(priceTicks) == LevelPool.NONE) {
            return RejectCode.TOO_MANY_LEVELS;
        }
        return null;
    }

    private static RejectCode range(
            final Symbol symbol, final boolean isLimit, final long priceTicks, final long lots) {
        if (isLimit && (priceTicks < symbol.minPriceTicks() || priceTicks > symbol.maxPriceTicks())) {
            return RejectCode.PRICE_OUT_OF_RANGE;
        }
        return lots < symbol.minLots() || lots > symbol.maxLots() ? RejectCode.QUANTITY_OUT_OF_RANGE : null;
    }

    /** Whether an order may come to rest; asked before it trades, since afterwards it is too late to refuse it. */
    private RejectCode room(final long sessionId, final long priceTicks) {
        if (orders.isFull()) {
            return RejectCode.TOO_MANY_ORDERS;
        }
        final SessionOrders sessions = resting.sessions();
        final int slot = sessions.slot(sessionId);
        if (sessions.isFull(slot)) {
            return slot == 0 ? RejectCode.TOO_MANY_SESSIONS : RejectCode.TOO_MANY_SESSION_ORDERS;
        }
        final boolean needsLevel = levels.isFull() && aggressor.side().find(priceTicks) == LevelPool.NONE;
        return needsLevel ? RejectCode.TOO_MANY_LEVELS : null;
    }

    private boolean keepsPriority(final int order, final ReplaceOrderDecoder command) {
        return command.priceTicks() == resting.priceTicks(order) && command.openLots() <= orders.openLots(order);
    }

    private int cancelAll(final long sessionId, final int symbolId, final Reason reason) {
        final SessionOrders sessions = resting.sessions();
        int order = sessions.first(sessions.slot(sessionId));
        int count = 0;
        while (order != OrderPool.NONE) {
            final int next = sessions.next(order);
            if (symbolId == ALL_SYMBOLS || resting.book(order).symbol().id() == symbolId) {
                cancel(order, reason);
                count++;
            }
            order = next;
        }
        return count;
    }

    private void cancel(final int order, final Reason reason) {
        final int symbolId = resting.book(order).symbol().id();
        outputs.cancelled(orders.sessionId(order), orders.orderId(order), symbolId, orders.openLots(order), reason);
        resting.remove(order);
    }
}
