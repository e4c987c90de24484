package io.lockstep.matching;

import io.lockstep.codecs.HotPath;

/**
 * Everything that rests: orders on their levels, in their sessions and by their ids, and the hash over them. Each
 * change passes through here, so that these never disagree.
 */
@HotPath
final class RestingOrders {
    private final OrderPool orders;
    private final OrderMap ids;
    private final LevelPool levels;
    private final SessionOrders sessions;
    private final BookChanges changes;
    private long lastPriority;
    private long hash;

    RestingOrders(
            final MatchingContext context, final OrderPool orders, final LevelPool levels, final BookChanges changes) {
        this.orders = orders;
        this.levels = levels;
        this.changes = changes;
        ids = new OrderMap(orders, context.maxOrders(), context.hashSeed());
        sessions = new SessionOrders(orders, context.maxSessions(), context.maxSessionOrders());
    }

    /** The handle of an order, or {@link OrderPool#NONE}. */
    int find(final long sessionId, final long orderId) {
        return ids.find(sessionId, orderId);
    }

    SessionOrders sessions() {
        return sessions;
    }

    OrderBook book(final int order) {
        return side(order).book();
    }

    BookSide side(final int order) {
        return levels.side(orders.level(order));
    }

    long priceTicks(final int order) {
        return levels.priceTicks(orders.level(order));
    }

    /** Puts a new order at the end of its level. */
    void add(final Aggressor order) {
        final int handle = orders.take(order.sessionId(), order.orderId(), order.ownerId());
        sessions.add(handle);
        ids.add(handle);
        enqueue(handle, order.side(), order.priceTicks(), order.openLots());
    }

    /** Takes an order off its level but keeps its name; {@link #requeue} or {@link #forget} must follow. */
    void dequeue(final int order) {
        final int level = orders.level(order);
        hash -= hashOf(order, level);
        changes.touch(level);
        levels.addLots(level, -orders.openLots(order));
        final OrderLists queues = levels.queues();
        queues.unlink(level, order);
        if (queues.count(level) == 0) {
            levels.side(level).close(level);
        }
    }

    /** Puts an order that was taken off its level at the end of another. */
    void requeue(final int order, final Aggressor replacement) {
        sessions.moveToEnd(order);
        enqueue(order, replacement.side(), replacement.priceTicks(), replacement.openLots());
    }

    /** Gives up an order that was taken off its level. */
    void forget(final int order) {
        sessions.remove(order);
        ids.remove(order);
        orders.give(order);
    }

    void remove(final int order) {
        dequeue(order);
        forget(order);
    }

    /** Cuts open quantity; the order keeps its place, and is gone if nothing is left. */
    void reduce(final int order, final long cutLots) {
        final long openLots = orders.openLots(order);
        if (cutLots >= openLots) {
            remove(order);
            return;
        }
        final int level = orders.level(order);
        changes.touch(level);
        hash -= hashOf(order, level);
        orders.openLots(order, openLots - cutLots);
        levels.addLots(level, -cutLots);
        hash += hashOf(order, level);
    }

    /** The sum of the hashes of all resting orders. */
    long hash() {
        return hash;
    }

    /** The priority given last. */
    long lastPriority() {
        return lastPriority;
    }

    long hashOf(final int order, final int level) {
        final BookSide side = levels.side(level);
        return StateHash.of(orders, order, side.book().symbol().id(), side.isBuy(), levels.priceTicks(level));
    }

    private void enqueue(final int order, final BookSide side, final long priceTicks, final long openLots) {
        final int level = side.findOrOpen(priceTicks);
        orders.level(order, level);
        orders.openLots(order, openLots);
        orders.priority(order, ++lastPriority);
        changes.touch(level);
        levels.addLots(level, openLots);
        levels.queues().append(level, order);
        hash += hashOf(order, level);
    }
}
