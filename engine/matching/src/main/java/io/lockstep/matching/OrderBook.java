package io.lockstep.matching;

import io.lockstep.codecs.HotPath;

/** The book of one symbol: its two sides, and the best bid and offer that everybody was last told of. */
@HotPath
final class OrderBook {
    private final Symbol symbol;
    private final LevelPool levels;
    private final BookSide bids;
    private final BookSide asks;
    private long askTicks;
    private long askLots;
    private long bidTicks;
    private long bidLots;

    OrderBook(final Symbol symbol, final LevelPool levels, final PriceNodes nodes) {
        this.symbol = symbol;
        this.levels = levels;
        bids = new BookSide(this, true, levels, nodes);
        asks = new BookSide(this, false, levels, nodes);
    }

    Symbol symbol() {
        return symbol;
    }

    BookSide side(final boolean isBuy) {
        return isBuy ? bids : asks;
    }

    /** Takes note of the best bid and offer there are now, and answers whether they are others than before. */
    boolean noteTop() {
        final int ask = asks.best();
        final int bid = bids.best();
        final long newAskTicks = ask == LevelPool.NONE ? 0 : levels.priceTicks(ask);
        final long newAskLots = ask == LevelPool.NONE ? 0 : levels.openLots(ask);
        final long newBidTicks = bid == LevelPool.NONE ? 0 : levels.priceTicks(bid);
        final long newBidLots = bid == LevelPool.NONE ? 0 : levels.openLots(bid);
        if (newAskTicks == askTicks && newAskLots == askLots && newBidTicks == bidTicks && newBidLots == bidLots) {
            return false;
        }
        askTicks = newAskTicks;
        askLots = newAskLots;
        bidTicks = newBidTicks;
        bidLots = newBidLots;
        return true;
    }

    long askTicks() {
        return askTicks;
    }

    long askLots() {
        return askLots;
    }

    long bidTicks() {
        return bidTicks;
    }

    long bidLots() {
        return bidLots;
    }
}
