package io.lockstep.matching;

import java.util.ArrayList;
import java.util.List;

/**
 * Looks through everything that rests, slowly, and finds where the parts disagree with each other: levels with their
 * orders, sessions with their orders, ids with orders, the kept hash with the orders themselves. For tests and tools.
 */
final class BookAudit {
    private final Books books;
    private final OrderPool orders;
    private final LevelPool levels;
    private final RestingOrders resting;

    BookAudit(final Books books, final OrderPool orders, final LevelPool levels, final RestingOrders resting) {
        this.books = books;
        this.orders = orders;
        this.levels = levels;
        this.resting = resting;
    }

    /** Every resting order, book by book, bids before offers, best price first, first come first. */
    List<RestingOrder> orders() {
        final List<RestingOrder> found = new ArrayList<>();
        for (int i = 0; i < books.size(); i++) {
            addOrders(found, books.at(i).side(true));
            addOrders(found, books.at(i).side(false));
        }
        return found;
    }

    /**
     * Checks all rules.
     *
     * @throws IllegalStateException that names the first one that does not hold
     */
    void check() {
        long hash = 0;
        int levelCount = 0;
        int orderCount = 0;
        for (int i = 0; i < books.size(); i++) {
            final OrderBook book = books.at(i);
            require(book.side(true).bestKey() == BookSide.NO_KEY
                    || book.side(false).bestKey() == BookSide.NO_KEY
                    || levels.priceTicks(book.side(true).best())
                            < levels.priceTicks(book.side(false).best()), "book is crossed", i);
            for (final boolean isBuy : new boolean[] {true, false}) {
                final BookSide side = book.side(isBuy);
                long lastKey = -1;
                for (int level = side.best(); level != LevelPool.NONE; level = side.behind(level)) {
                    final long key = side.key(levels.priceTicks(level));
                    require(key > lastKey, "levels are out of order", level);
                    require(side.find(levels.priceTicks(level)) == level, "level is not found by its price", level);
                    require(levels.side(level) == side, "level is of another side", level);
                    lastKey = key;
                    hash += checkLevel(level);
                    levelCount++;
                    orderCount += levels.queues().count(level);
                }
            }
        }
        require(levelCount == levels.count(), "levels are lost", levels.count() - levelCount);
        require(orderCount == orders.count(), "orders are lost", orders.count() - orderCount);
        require(hash == resting.hash(), "hash is not that of the orders", hash);
    }

    private long checkLevel(final int level) {
        final OrderLists queues = levels.queues();
        require(queues.count(level) > 0, "level is empty", level);
        long hash = 0;
        long lots = 0;
        long lastPriority = 0;
        int count = 0;
        int previous = OrderPool.NONE;
        for (int order = queues.head(level); order != OrderPool.NONE; order = queues.next(order)) {
            require(orders.openLots(order) > 0, "order has nothing open", order);
            require(orders.level(order) == level, "order is of another level", order);
            require(orders.priority(order) > lastPriority, "orders are out of order", order);
            require(orders.previous(OrderPool.QUEUE_LINK, order) == previous, "order is linked wrongly", order);
            require(resting.find(orders.sessionId(order), orders.orderId(order)) == order, "id is lost", order);
            require(isInSession(order), "order is not in its session", order);
            lots += orders.openLots(order);
            hash += resting.hashOf(order, level);
            lastPriority = orders.priority(order);
            previous = order;
            count++;
        }
        require(count == queues.count(level), "level counts wrongly", level);
        require(lots == levels.openLots(level), "level sums wrongly", level);
        return hash;
    }

    /** Whether the session's list leads through this order, by looking at its neighbours. */
    private boolean isInSession(final int order) {
        final SessionOrders sessions = resting.sessions();
        final int slot = sessions.slot(orders.sessionId(order));
        final int previous = orders.previous(OrderPool.SESSION_LINK, order);
        final int next = orders.next(OrderPool.SESSION_LINK, order);
        return slot == orders.sessionSlot(order)
                && (previous == OrderPool.NONE
                        ? sessions.first(slot) == order
                        : sessions.next(previous) == order && orders.priority(previous) < orders.priority(order))
                && (next == OrderPool.NONE || orders.previous(OrderPool.SESSION_LINK, next) == order);
    }

    private void addOrders(final List<RestingOrder> found, final BookSide side) {
        for (int level = side.best(); level != LevelPool.NONE; level = side.behind(level)) {
            final OrderLists queues = levels.queues();
            for (int order = queues.head(level); order != OrderPool.NONE; order = queues.next(order)) {
                found.add(new RestingOrder(
                        side.book().symbol().id(),
                        side.isBuy(),
                        levels.priceTicks(level),
                        orders.sessionId(order),
                        orders.orderId(order),
                        orders.openLots(order)));
            }
        }
    }

    private static void require(final boolean holds, final String fault, final long value) {
        if (!holds) {
            throw new IllegalStateException("exchange: " + fault + ": " + value);
        }
    }
}
