package io.lockstep.matching;

import io.lockstep.codecs.HotPath;

/** All price levels of all books, named by a handle from 1; taken at the start and never grown. */
@HotPath
final class LevelPool {
    /** The handle of no level. */
    static final int NONE = PriceIndex.NONE;

    private final OrderLists queues;
    private final long[] prices;
    private final long[] openLots;
    private final BookSide[] sides;
    private final boolean[] touched;
    private final int[] freed;
    private int free;

    LevelPool(final OrderPool orders, final int capacity) {
        queues = new OrderLists(orders, OrderPool.QUEUE_LINK, capacity);
        prices = new long[capacity + 1];
        openLots = new long[capacity + 1];
        sides = new BookSide[capacity + 1];
        touched = new boolean[capacity + 1];
        freed = new int[capacity];
        for (int level = capacity; level > 0; level--) {
            freed[free++] = level;
        }
    }

    boolean isFull() {
        return free == 0;
    }

    int count() {
        return freed.length - free;
    }

    int take(final BookSide side, final long priceTicks) {
        if (free == 0) {
            throw new IllegalStateException("no level left of " + freed.length);
        }
        final int level = freed[--free];
        sides[level] = side;
        prices[level] = priceTicks;
        openLots[level] = 0;
        touched[level] = false;
        return level;
    }

    void give(final int level) {
        sides[level] = null;
        freed[free++] = level;
    }

    /** The orders of each level, first come first. */
    OrderLists queues() {
        return queues;
    }

    BookSide side(final int level) {
        return sides[level];
    }

    long priceTicks(final int level) {
        return prices[level];
    }

    /** The sum of what its orders have open. */
    long openLots(final int level) {
        return openLots[level];
    }

    void addLots(final int level, final long lots) {
        openLots[level] += lots;
    }

    /** Marks a level as changed by this command and answers whether it already was. */
    boolean touch(final int level) {
        final boolean was = touched[level];
        touched[level] = true;
        return was;
    }

    void untouch(final int level) {
        touched[level] = false;
    }
}
