package io.lockstep.matching;

import io.lockstep.codecs.HotPath;

/**
 * Doubly linked lists of orders whose links stand in the orders themselves: the queue of each price level, and the
 * orders of each session. Every operation costs the same however long the list is.
 */
@HotPath
final class OrderLists {
    private final OrderPool orders;
    private final int link;
    private final int[] heads;
    private final int[] tails;
    private final int[] counts;

    OrderLists(final OrderPool orders, final int link, final int maxLists) {
        this.orders = orders;
        this.link = link;
        heads = new int[maxLists + 1];
        tails = new int[maxLists + 1];
        counts = new int[maxLists + 1];
    }

    int head(final int list) {
        return heads[list];
    }

    int count(final int list) {
        return counts[list];
    }

    int next(final int order) {
        return orders.next(link, order);
    }

    void append(final int list, final int order) {
        final int tail = tails[list];
        orders.link(link, order, tail, OrderPool.NONE);
        if (tail == OrderPool.NONE) {
            heads[list] = order;
        } else {
            orders.next(link, tail, order);
        }
        tails[list] = order;
        counts[list]++;
    }

    void unlink(final int list, final int order) {
        final int previous = orders.previous(link, order);
        final int next = orders.next(link, order);
        if (previous == OrderPool.NONE) {
            heads[list] = next;
        } else {
            orders.next(link, previous, next);
        }
        if (next == OrderPool.NONE) {
            tails[list] = previous;
        } else {
            orders.previous(link, next, previous);
        }
        counts[list]--;
    }
}
