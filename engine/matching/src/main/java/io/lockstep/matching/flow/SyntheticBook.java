package io.lockstep.matching.flow;

import java.util.Arrays;

/**
 * The book that a synthetic session keeps while it makes up its rows, so that it cancels what rests and trades against
 * what is there. Prices are offsets into a fixed window; orders are slots of a fixed pool.
 */
final class SyntheticBook {
    /** How many ticks the window has. */
    static final int WINDOW = 1 << 12;

    /** How many orders may rest. */
    static final int MAX_ORDERS = 1 << 13;

    /** No order and no price. */
    static final int NONE = -1;

    private final int[] heads = new int[WINDOW];
    private final int[] tails = new int[WINDOW];
    private final int[] lots = new int[WINDOW];
    private final int[] nexts = new int[MAX_ORDERS];
    private final int[] previouses = new int[MAX_ORDERS];
    private final int[] prices = new int[MAX_ORDERS];
    private final int[] quantities = new int[MAX_ORDERS];
    private final boolean[] buys = new boolean[MAX_ORDERS];
    private final long[] ids = new long[MAX_ORDERS];
    private final int[] live = new int[MAX_ORDERS];
    private final int[] places = new int[MAX_ORDERS];
    private int count;
    private int bestBid = NONE;
    private int bestAsk = WINDOW;

    SyntheticBook() {
        Arrays.fill(heads, NONE);
        Arrays.fill(tails, NONE);
        for (int slot = 0; slot < MAX_ORDERS; slot++) {
            live[slot] = slot;
            places[slot] = slot;
        }
    }

    int count() {
        return count;
    }

    /** The highest bid, or {@link #NONE}. */
    int bestBid() {
        return bestBid;
    }

    /** The lowest offer, or {@link #WINDOW}. */
    int bestAsk() {
        return bestAsk;
    }

    boolean isEmpty(final boolean isBuy) {
        return isBuy ? bestBid == NONE : bestAsk == WINDOW;
    }

    int lotsAt(final int price) {
        return lots[price];
    }

    /** Quantity of the order that trades first at a price. */
    int firstLots(final int price) {
        return quantities[heads[price]];
    }

    /** The next price with orders behind one, or the price itself if it is the last. */
    int behind(final boolean isBuy, final int price) {
        final int step = isBuy ? -1 : 1;
        for (int next = price + step; next >= 0 && next < WINDOW; next += step) {
            if (heads[next] != NONE) {
                return next;
            }
        }
        return price;
    }

    /** The slot of a resting order, by its place among all; the places of late ones are high. */
    int slot(final int place) {
        return live[place];
    }

    long id(final int slot) {
        return ids[slot];
    }

    boolean isBuy(final int slot) {
        return buys[slot];
    }

    int price(final int slot) {
        return prices[slot];
    }

    int quantity(final int slot) {
        return quantities[slot];
    }

    void add(final long id, final boolean isBuy, final int price, final int quantity) {
        final int slot = live[count++];
        ids[slot] = id;
        buys[slot] = isBuy;
        prices[slot] = price;
        quantities[slot] = quantity;
        lots[price] += quantity;
        nexts[slot] = NONE;
        previouses[slot] = tails[price];
        if (tails[price] == NONE) {
            heads[price] = slot;
        } else {
            nexts[tails[price]] = slot;
        }
        tails[price] = slot;
        if (isBuy) {
            bestBid = Math.max(bestBid, price);
        } else {
            bestAsk = Math.min(bestAsk, price);
        }
    }

    void cut(final int slot, final int quantity) {
        quantities[slot] -= quantity;
        lots[prices[slot]] -= quantity;
        if (quantities[slot] == 0) {
            remove(slot);
        }
    }

    /** Trades from the best price up to a limit and answers what is left. */
    int take(final boolean isBuy, final int limit, final int quantity) {
        int left = quantity;
        while (left > 0 && (isBuy ? bestAsk <= limit : bestBid >= limit) && !isEmpty(!isBuy)) {
            final int slot = heads[isBuy ? bestAsk : bestBid];
            final int traded = Math.min(left, quantities[slot]);
            left -= traded;
            cut(slot, traded);
        }
        return left;
    }

    private void remove(final int slot) {
        final int price = prices[slot];
        final int next = nexts[slot];
        final int previous = previouses[slot];
        if (previous == NONE) {
            heads[price] = next;
        } else {
            nexts[previous] = next;
        }
        if (next == NONE) {
            tails[price] = previous;
        } else {
            previouses[next] = previous;
        }
        count--;
        final int place = places[slot];
        final int last = live[count];
        live[place] = last;
        places[last] = place;
        live[count] = slot;
        places[slot] = count;
        if (heads[price] == NONE) {
            findBest(buys[slot], price);
        }
    }

    private void findBest(final boolean isBuy, final int emptied) {
        if (isBuy && emptied == bestBid) {
            while (bestBid >= 0 && heads[bestBid] == NONE) {
                bestBid--;
            }
        } else if (!isBuy && emptied == bestAsk) {
            while (bestAsk < WINDOW && heads[bestAsk] == NONE) {
                bestAsk++;
            }
        }
    }
}
