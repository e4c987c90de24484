package io.lockstep.matching;

import io.lockstep.codecs.HotPath;
import java.util.List;
import org.agrona.collections.Int2ObjectHashMap;

/** The books of all symbols, in the order in which the symbols were registered and by id. */
@HotPath
final class Books {
    private final OrderBook[] books;
    private final Int2ObjectHashMap<OrderBook> byId;

    Books(final MatchingContext context, final LevelPool levels) {
        final List<Symbol> symbols = context.symbols();
        final PriceNodes nodes = new PriceNodes(nodes(symbols, context.maxLevels()));
        books = new OrderBook[symbols.size()];
        byId = new Int2ObjectHashMap<>(symbols.size() * 2, 0.5f);
        for (int i = 0; i < books.length; i++) {
            books[i] = new OrderBook(symbols.get(i), levels, nodes);
            byId.put(symbols.get(i).id(), books[i]);
        }
    }

    /** The book of a symbol, or null. */
    OrderBook find(final int symbolId) {
        return byId.get(symbolId);
    }

    int size() {
        return books.length;
    }

    OrderBook at(final int index) {
        return books[index];
    }

    /**
     * The most nodes that {@code maxLevels} levels can need, wherever they lie: a root for each side, and at each step
     * below it no more nodes than there are levels and no more than 64 for each node of the step above.
     */
    private static int nodes(final List<Symbol> symbols, final int maxLevels) {
        long total = 0;
        long above = 0;
        for (int step = 0; step == 0 || above > 0; step++) {
            long here = 0;
            for (int i = 0; i < symbols.size(); i++) {
                final Symbol symbol = symbols.get(i);
                final int depth = PriceIndex.depth(symbol.maxPriceTicks() - symbol.minPriceTicks());
                if (depth > step) {
                    here += 2L * Math.min(maxLevels, 1L << Math.min(6 * step, 40));
                }
            }
            above = here;
            total += step == 0 ? here : Math.min(maxLevels, here);
        }
        if (total > Integer.MAX_VALUE >> 7) {
            throw new IllegalArgumentException("matching: too many levels for so many steps: nodes=" + total);
        }
        return (int) total;
    }
}
