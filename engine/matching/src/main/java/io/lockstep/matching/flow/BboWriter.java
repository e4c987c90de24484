package io.lockstep.matching.flow;

import io.lockstep.codecs.exchange.BookTopDecoder;
import io.lockstep.matching.Symbol;
import java.nio.file.Path;

/** Writes the best offer and bid after each command; price 0 and quantity 0 where a side is empty. */
public final class BboWriter implements AutoCloseable {
    /** The first line. */
    public static final String HEADER = "afterSeq,srcRow,askPx,askQty,bidPx,bidQty";

    private final RowWriter rows;
    private final Symbol symbol;
    private long askPrice1e4;
    private long askQuantity;
    private long bidPrice1e4;
    private long bidQuantity;

    /**
     * Opens the file and writes the first line.
     *
     * @param file to write, compressed if its name ends in {@code .gz}
     * @param symbol whose best prices are written
     */
    public BboWriter(final Path file, final Symbol symbol) {
        rows = new RowWriter(file, HEADER);
        this.symbol = symbol;
    }

    /** Takes the best prices to be written from now on, unless they are of another symbol. */
    public void onBookTop(final BookTopDecoder top) {
        if (top.symbolId() != symbol.id()) {
            return;
        }
        askPrice1e4 = top.askPriceTicks() * symbol.tickPrice1e4();
        askQuantity = top.askLots() * symbol.lotUnits();
        bidPrice1e4 = top.bidPriceTicks() * symbol.tickPrice1e4();
        bidQuantity = top.bidLots() * symbol.lotUnits();
    }

    /**
     * Writes the row of a command whose outputs have all been seen.
     *
     * @param seq in the flow
     * @param srcRow of the flow
     */
    public void afterCommand(final long seq, final long srcRow) {
        rows.put(seq)
                .put(srcRow)
                .put(askPrice1e4)
                .put(askQuantity)
                .put(bidPrice1e4)
                .put(bidQuantity)
                .endRow();
    }

    @Override
    public void close() {
        rows.close();
    }
}
