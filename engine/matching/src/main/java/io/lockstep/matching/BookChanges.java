package io.lockstep.matching;

import io.lockstep.codecs.HotPath;

/**
 * The levels that one command has changed, each once, in the order in which they were first touched; told to everyone
 * when the command is done. A level that is the best one then, or would be better, is told by the top of the book.
 */
@HotPath
final class BookChanges {
    private final LevelPool levels;
    private final ExchangeOutputs outputs;
    private final BookSide[] sides;
    private final long[] prices;
    private int count;

    BookChanges(final LevelPool levels, final int maxLevels, final ExchangeOutputs outputs) {
        this.levels = levels;
        this.outputs = outputs;
        // A command can touch every level there is, and open one more where a replaced order comes to rest.
        sides = new BookSide[maxLevels + 2];
        prices = new long[maxLevels + 2];
    }

    /** Notes that a level changes; call it before the level is closed. */
    void touch(final int level) {
        if (levels.touch(level)) {
            return;
        }
        final BookSide side = levels.side(level);
        final long price = levels.priceTicks(level);
        // The level may have been closed and opened again: an order that grows and is alone on its level.
        if (count > 0 && sides[count - 1] == side && prices[count - 1] == price) {
            return;
        }
        sides[count] = side;
        prices[count] = price;
        count++;
    }

    /** Tells everyone, and forgets. */
    void tell() {
        for (int i = 0; i < count; i++) {
            final BookSide side = sides[i];
            final OrderBook book = side.book();
            if (book.noteTop()) {
                outputs.bookTop(book);
            }
            final int level = side.find(prices[i]);
            if (level != LevelPool.NONE) {
                levels.untouch(level);
            }
            if (side.key(prices[i]) > side.bestKey()) {
                final long lots = level == LevelPool.NONE ? 0 : levels.openLots(level);
                outputs.levelChanged(book.symbol().id(), side.isBuy(), prices[i], lots);
            }
        }
        count = 0;
    }
}
