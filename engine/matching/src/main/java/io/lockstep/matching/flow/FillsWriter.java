package io.lockstep.matching.flow;

import io.lockstep.codecs.exchange.ExecutionDecoder;
import io.lockstep.codecs.exchange.Recipient;
import io.lockstep.matching.Symbol;
import java.nio.file.Path;

/** Writes the trades of a run, one row each, in the order in which they came. */
public final class FillsWriter implements AutoCloseable {
    /** The first line. */
    public static final String HEADER = "seq,takerId,makerId,qty,price1e4";

    private final RowWriter rows;
    private final Symbol symbol;
    private long count;

    /**
     * Opens the file and writes the first line.
     *
     * @param file to write, compressed if its name ends in {@code .gz}
     * @param symbol whose trades are written
     */
    public FillsWriter(final Path file, final Symbol symbol) {
        rows = new RowWriter(file, HEADER);
        this.symbol = symbol;
    }

    /**
     * Writes a trade, unless this is the maker's copy of it or it is of another symbol.
     *
     * @param seq in the flow, of the command that traded
     * @param execution as it was put out
     */
    public void onExecution(final long seq, final ExecutionDecoder execution) {
        if (execution.recipient() == Recipient.MAKER || execution.symbolId() != symbol.id()) {
            return;
        }
        rows.put(seq)
                .put(execution.takerOrderId())
                .put(execution.makerOrderId())
                .put(execution.quantityLots() * symbol.lotUnits())
                .put(execution.priceTicks() * symbol.tickPrice1e4())
                .endRow();
        count++;
    }

    /** How many trades have been written. */
    public long count() {
        return count;
    }

    @Override
    public void close() {
        rows.close();
    }
}
