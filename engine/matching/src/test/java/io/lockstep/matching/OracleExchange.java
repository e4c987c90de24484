package io.lockstep.matching;

import io.lockstep.codecs.ExchangeCheck;
import io.lockstep.codecs.exchange.CancelOrderDecoder;
import io.lockstep.codecs.exchange.MassCancelDecoder;
import io.lockstep.codecs.exchange.MessageHeaderDecoder;
import io.lockstep.codecs.exchange.NewOrderDecoder;
import io.lockstep.codecs.exchange.OrderState;
import io.lockstep.codecs.exchange.OrderType;
import io.lockstep.codecs.exchange.Reason;
import io.lockstep.codecs.exchange.ReduceOrderDecoder;
import io.lockstep.codecs.exchange.RejectCode;
import io.lockstep.codecs.exchange.ReplaceOrderDecoder;
import io.lockstep.codecs.exchange.SelfTradePrevention;
import io.lockstep.codecs.exchange.Side;
import io.lockstep.codecs.exchange.TimeInForce;
import io.lockstep.codecs.exchange.YesNo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;

/**
 * The exchange written so plainly that one can see it is right: what the fast one is held against. Everything is looked
 * for by looking at everything. Benchmarks of other modules use it too.
 */
public final class OracleExchange {
    private final MatchingContext bounds;
    private final Map<Integer, OracleBook> books = new LinkedHashMap<>();
    private final List<String> outputs = new ArrayList<>();
    private long lastStamp;
    private long lastTrade;

    /**
     * An exchange with empty books.
     *
     * @param context its symbols and bounds; concluded
     */
    public OracleExchange(final MatchingContext context) {
        bounds = context;
        for (final Symbol symbol : context.symbols()) {
            books.put(symbol.id(), new OracleBook(symbol, outputs));
        }
    }

    /** Closes a session; answers the outputs, in a list that the next call empties. */
    public List<String> close(final long session) {
        outputs.clear();
        cancelAll(session, 0, Reason.SESSION_CLOSED);
        return tell();
    }

    List<RestingOrder> depth() {
        final List<RestingOrder> found = new ArrayList<>();
        for (final OracleBook book : books.values()) {
            for (final OracleOrder order : book.inPriority()) {
                found.add(order.seen());
            }
        }
        return found;
    }

    /** Applies a command; answers the outputs, in a list that the next call empties. */
    public List<String> send(final long session, final DirectBuffer buffer, final int offset, final int length) {
        outputs.clear();
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        final int template = ExchangeCheck.INSTANCE.check(buffer, offset, length);
        switch (template) {
            case NewOrderDecoder.TEMPLATE_ID ->
                onNew(session, new NewOrderDecoder().wrapAndApplyHeader(buffer, offset, header));
            case CancelOrderDecoder.TEMPLATE_ID ->
                onCancel(session, new CancelOrderDecoder().wrapAndApplyHeader(buffer, offset, header));
            case ReduceOrderDecoder.TEMPLATE_ID ->
                onReduce(session, new ReduceOrderDecoder().wrapAndApplyHeader(buffer, offset, header));
            case ReplaceOrderDecoder.TEMPLATE_ID ->
                onReplace(session, new ReplaceOrderDecoder().wrapAndApplyHeader(buffer, offset, header));
            case MassCancelDecoder.TEMPLATE_ID ->
                onMassCancel(session, new MassCancelDecoder().wrapAndApplyHeader(buffer, offset, header));
            default -> {
                final RejectCode code = template < 0 ? RejectCode.MALFORMED : RejectCode.NOT_A_COMMAND;
                outputs.add(OutputText.rejected(session, 0, Math.max(0, template), code, Math.min(0, template)));
            }
        }
        return tell();
    }

    private void onNew(final long session, final NewOrderDecoder command) {
        final RejectCode fault = refuse(session, command);
        if (fault != null) {
            outputs.add(OutputText.rejected(session, command.orderId(), NewOrderDecoder.TEMPLATE_ID, fault, 0));
            return;
        }
        final OracleBook book = books.get(command.symbolId());
        final OracleOrder taker = taker(session, command);
        final OracleBook.Outcome outcome = book.match(taker, command.selfTradePrevention(), lastTrade + 1);
        lastTrade += outcome.trades();
        final boolean isDropped = command.timeInForce() != TimeInForce.GTC || outcome.isStopped();
        final boolean rests = taker.open > 0 && !isDropped;
        if (rests) {
            taker.stamp = ++lastStamp;
            book.rest(taker);
        }
        final long dropped = command.quantityLots() - outcome.filled() - (rests ? taker.open : 0);
        outputs.add(OutputText.accepted(
                session,
                taker.symbol,
                taker.id,
                state(rests, outcome.filled(), command.quantityLots()),
                outcome.filled(),
                rests ? taker.open : 0,
                dropped,
                reason(dropped, taker.open > 0 && !rests && !outcome.isStopped())));
    }

    private RejectCode refuse(final long session, final NewOrderDecoder command) {
        final OracleBook book = books.get(command.symbolId());
        if (book == null) {
            return RejectCode.UNKNOWN_SYMBOL;
        }
        final boolean isMarket = command.orderType() == OrderType.MARKET;
        final boolean isGtc = command.timeInForce() == TimeInForce.GTC;
        if ((isMarket && isGtc) || (command.postOnly() == YesNo.YES && (isMarket || !isGtc))) {
            return RejectCode.BAD_COMBINATION;
        }
        if (!isMarket && !book.allowsPrice(command.priceTicks())) {
            return RejectCode.PRICE_OUT_OF_RANGE;
        }
        if (!book.allowsLots(command.quantityLots())) {
            return RejectCode.QUANTITY_OUT_OF_RANGE;
        }
        if (find(session, command.orderId()) != null) {
            return RejectCode.DUPLICATE_ORDER_ID;
        }
        final OracleOrder taker = taker(session, command);
        if (command.postOnly() == YesNo.YES && book.wouldMeet(taker)) {
            return RejectCode.POST_ONLY_WOULD_TRADE;
        }
        if (command.timeInForce() == TimeInForce.FOK) {
            final OracleBook trial = book.copy(new ArrayList<>());
            final OracleBook.Outcome outcome = trial.match(taker, command.selfTradePrevention(), 1);
            if (outcome.filled() != command.quantityLots()) {
                return RejectCode.NOT_FILLABLE;
            }
        }
        return isGtc ? room(session, taker) : null;
    }

    private RejectCode room(final long session, final OracleOrder taker) {
        final List<OracleOrder> all = all();
        if (all.size() >= bounds.maxOrders()) {
            return RejectCode.TOO_MANY_ORDERS;
        }
        final long ofSession = all.stream().filter(o -> o.session == session).count();
        final long sessions = all.stream().map(o -> o.session).distinct().count();
        if (ofSession == 0 && sessions >= bounds.maxSessions()) {
            return RejectCode.TOO_MANY_SESSIONS;
        }
        if (ofSession >= bounds.maxSessionOrders()) {
            return RejectCode.TOO_MANY_SESSION_ORDERS;
        }
        return hasLevelFor(taker) ? null : RejectCode.TOO_MANY_LEVELS;
    }

    private boolean hasLevelFor(final OracleOrder taker) {
        int levels = 0;
        for (final OracleBook book : books.values()) {
            levels += book.levels();
        }
        return levels < bounds.maxLevels() || books.get(taker.symbol).hasLevel(taker.isBuy, taker.price);
    }

    private void onCancel(final long session, final CancelOrderDecoder command) {
        final OracleOrder order = find(session, command.orderId());
        if (order == null) {
            outputs.add(OutputText.rejected(
                    session, command.orderId(), CancelOrderDecoder.TEMPLATE_ID, RejectCode.UNKNOWN_ORDER, 0));
            return;
        }
        outputs.add(OutputText.cancelled(session, order.symbol, order.id, order.open, Reason.REQUEST));
        books.get(order.symbol).cut(order, order.open);
    }

    private void onReduce(final long session, final ReduceOrderDecoder command) {
        final OracleOrder order = find(session, command.orderId());
        if (order == null || command.cutLots() <= 0) {
            final RejectCode code = order == null ? RejectCode.UNKNOWN_ORDER : RejectCode.QUANTITY_OUT_OF_RANGE;
            outputs.add(OutputText.rejected(session, command.orderId(), ReduceOrderDecoder.TEMPLATE_ID, code, 0));
            return;
        }
        final long cut = Math.min(order.open, command.cutLots());
        books.get(order.symbol).cut(order, cut);
        outputs.add(OutputText.reduced(session, order.symbol, order.id, cut, order.open, Reason.REQUEST));
    }

    private void onReplace(final long session, final ReplaceOrderDecoder command) {
        final OracleOrder order = find(session, command.orderId());
        final RejectCode fault = order == null ? RejectCode.UNKNOWN_ORDER : refuse(order, command);
        if (fault != null) {
            outputs.add(OutputText.rejected(session, command.orderId(), ReplaceOrderDecoder.TEMPLATE_ID, fault, 0));
            return;
        }
        final OracleBook book = books.get(order.symbol);
        final long wanted = command.openLots();
        final boolean keeps = command.priceTicks() == order.price && wanted <= order.open;
        OracleBook.Outcome outcome = new OracleBook.Outcome(0, 0, false);
        if (keeps) {
            if (wanted < order.open) {
                book.cut(order, order.open - wanted);
            }
        } else {
            book.cut(order, order.open);
            order.price = command.priceTicks();
            order.open = wanted;
            outcome = book.match(order, command.selfTradePrevention(), lastTrade + 1);
            lastTrade += outcome.trades();
            if (order.open > 0 && !outcome.isStopped()) {
                order.stamp = ++lastStamp;
                book.rest(order);
            }
        }
        final boolean rests = order.open > 0 && !outcome.isStopped();
        final long dropped = wanted - outcome.filled() - (rests ? order.open : 0);
        outputs.add(OutputText.replaced(
                session,
                order.symbol,
                order.id,
                order.price,
                state(rests, outcome.filled(), wanted),
                outcome.filled(),
                rests ? order.open : 0,
                dropped,
                reason(dropped, false),
                keeps ? YesNo.YES : YesNo.NO));
    }

    private RejectCode refuse(final OracleOrder order, final ReplaceOrderDecoder command) {
        final OracleBook book = books.get(order.symbol);
        if (!book.allowsPrice(command.priceTicks())) {
            return RejectCode.PRICE_OUT_OF_RANGE;
        }
        if (!book.allowsLots(command.openLots())) {
            return RejectCode.QUANTITY_OUT_OF_RANGE;
        }
        final OracleOrder moved = order.copy();
        moved.price = command.priceTicks();
        if (command.postOnly() == YesNo.YES && book.wouldMeet(moved)) {
            return RejectCode.POST_ONLY_WOULD_TRADE;
        }
        return hasLevelFor(moved) || book.isAlone(order) ? null : RejectCode.TOO_MANY_LEVELS;
    }

    private void onMassCancel(final long session, final MassCancelDecoder command) {
        final int symbol = command.symbolId();
        if (symbol != 0 && !books.containsKey(symbol)) {
            outputs.add(OutputText.rejected(
                    session, 0, MassCancelDecoder.TEMPLATE_ID, RejectCode.UNKNOWN_SYMBOL, 0));
            return;
        }
        final int count = cancelAll(session, symbol, Reason.MASS_CANCEL);
        outputs.add(OutputText.massCancelled(session, symbol, count));
    }

    private int cancelAll(final long session, final int symbol, final Reason reason) {
        final List<OracleOrder> orders = all();
        orders.removeIf(o -> o.session != session || (symbol != 0 && o.symbol != symbol));
        orders.sort(Comparator.comparingLong(o -> o.stamp));
        for (final OracleOrder order : orders) {
            outputs.add(OutputText.cancelled(session, order.symbol, order.id, order.open, reason));
            books.get(order.symbol).cut(order, order.open);
        }
        return orders.size();
    }

    private List<String> tell() {
        // Levels are told in the order in which the command touched them, over all books.
        final List<OracleBook.Touch> touches = new ArrayList<>();
        for (final OracleBook book : books.values()) {
            touches.addAll(book.takeTouches());
        }
        touches.sort(Comparator.comparingLong(OracleBook.Touch::ordinal));
        for (final OracleBook.Touch touch : touches) {
            touch.book().tellTop();
            touch.book().tellLevel(touch);
        }
        return outputs;
    }

    private OracleOrder find(final long session, final long id) {
        for (final OracleBook book : books.values()) {
            final OracleOrder order = book.find(session, id);
            if (order != null) {
                return order;
            }
        }
        return null;
    }

    private List<OracleOrder> all() {
        final List<OracleOrder> all = new ArrayList<>();
        for (final OracleBook book : books.values()) {
            all.addAll(book.inPriority());
        }
        return all;
    }

    private static OracleOrder taker(final long session, final NewOrderDecoder command) {
        final OracleOrder taker = new OracleOrder();
        taker.session = session;
        taker.id = command.orderId();
        taker.owner = command.ownerId();
        taker.symbol = command.symbolId();
        taker.isBuy = command.side() == Side.BUY;
        taker.isMarket = command.orderType() == OrderType.MARKET;
        taker.price = command.priceTicks();
        taker.open = command.quantityLots();
        return taker;
    }

    private static OrderState state(final boolean rests, final long filled, final long wanted) {
        if (rests) {
            return OrderState.RESTING;
        }
        return filled == wanted ? OrderState.FILLED : OrderState.DROPPED;
    }

    private static Reason reason(final long dropped, final boolean isImmediate) {
        if (dropped == 0) {
            return Reason.NONE;
        }
        return isImmediate ? Reason.IMMEDIATE_OR_CANCEL : Reason.SELF_TRADE;
    }

    static boolean isOwn(final OracleOrder taker, final OracleOrder maker, final SelfTradePrevention prevention) {
        return prevention != SelfTradePrevention.NONE && taker.owner != 0 && taker.owner == maker.owner;
    }
}
