package io.lockstep.matching;

import io.lockstep.codecs.HotPath;

/**
 * The bids or the offers of one book. A price is turned into a key: how many ticks it is worse than the best price the
 * symbol allows on this side. So the best level is the one of the smallest key, whichever side it is.
 */
@HotPath
final class BookSide {
    /** The key behind all keys; what {@link #bestKey()} is while the side is empty. */
    static final long NO_KEY = Long.MAX_VALUE;

    private final OrderBook book;
    private final boolean isBuy;
    private final long origin;
    private final LevelPool levels;
    private final PriceIndex prices;
    private int best = LevelPool.NONE;
    private long bestKey = NO_KEY;

    BookSide(final OrderBook book, final boolean isBuy, final LevelPool levels, final PriceNodes nodes) {
        this.book = book;
        this.isBuy = isBuy;
        this.levels = levels;
        final Symbol symbol = book.symbol();
        origin = isBuy ? symbol.maxPriceTicks() : symbol.minPriceTicks();
        prices = new PriceIndex(nodes, symbol.maxPriceTicks() - symbol.minPriceTicks());
    }

    OrderBook book() {
        return book;
    }

    boolean isBuy() {
        return isBuy;
    }

    long key(final long priceTicks) {
        return isBuy ? origin - priceTicks : priceTicks - origin;
    }

    int best() {
        return best;
    }

    long bestKey() {
        return bestKey;
    }

    /** The next level behind one, or {@link LevelPool#NONE}. */
    int behind(final int level) {
        return prices.after(key(levels.priceTicks(level)));
    }

    /** The level of a price, or {@link LevelPool#NONE}. */
    int find(final long priceTicks) {
        return prices.find(key(priceTicks));
    }

    int findOrOpen(final long priceTicks) {
        final long key = key(priceTicks);
        int level = prices.find(key);
        if (level == LevelPool.NONE) {
            level = levels.take(this, priceTicks);
            prices.put(key, level);
            if (key < bestKey) {
                best = level;
                bestKey = key;
            }
        }
        return level;
    }

    void close(final int level) {
        final long key = key(levels.priceTicks(level));
        prices.remove(key);
        levels.give(level);
        if (level == best) {
            best = prices.after(key);
            bestKey = best == LevelPool.NONE ? NO_KEY : key(levels.priceTicks(best));
        }
    }
}
