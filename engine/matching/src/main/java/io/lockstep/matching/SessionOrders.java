package io.lockstep.matching;

import io.lockstep.codecs.HotPath;
import org.agrona.collections.Long2LongHashMap;

/**
 * The resting orders of each session, the oldest in priority first. A session takes a slot with its first resting order
 * and gives it back with its last, so sessions that hold no order cost nothing.
 */
@HotPath
final class SessionOrders {
    private static final int NONE = 0;

    private final OrderPool orders;
    private final OrderLists lists;
    private final Long2LongHashMap slots;
    private final int maxSessionOrders;
    private final int[] freed;
    private int free;

    SessionOrders(final OrderPool orders, final int maxSessions, final int maxSessionOrders) {
        this.orders = orders;
        this.maxSessionOrders = maxSessionOrders;
        lists = new OrderLists(orders, OrderPool.SESSION_LINK, maxSessions);
        slots = new Long2LongHashMap(maxSessions * 2, 0.5f, NONE);
        freed = new int[maxSessions];
        for (int slot = maxSessions; slot > 0; slot--) {
            freed[free++] = slot;
        }
    }

    /** The slot of a session, or 0 if it has no resting order. */
    int slot(final long sessionId) {
        return (int) slots.get(sessionId);
    }

    boolean isFull(final int slot) {
        return slot == NONE ? free == 0 : lists.count(slot) >= maxSessionOrders;
    }

    int count(final int slot) {
        return lists.count(slot);
    }

    /** The oldest order of a slot; none of slot 0. */
    int first(final int slot) {
        return lists.head(slot);
    }

    int next(final int order) {
        return lists.next(order);
    }

    void add(final int order) {
        final long sessionId = orders.sessionId(order);
        int slot = slot(sessionId);
        if (slot == NONE) {
            slot = freed[--free];
            slots.put(sessionId, slot);
        }
        orders.sessionSlot(order, slot);
        lists.append(slot, order);
    }

    void moveToEnd(final int order) {
        final int slot = orders.sessionSlot(order);
        lists.unlink(slot, order);
        lists.append(slot, order);
    }

    void remove(final int order) {
        final int slot = orders.sessionSlot(order);
        lists.unlink(slot, order);
        if (lists.count(slot) == 0) {
            slots.remove(orders.sessionId(order));
            freed[free++] = slot;
        }
    }
}
