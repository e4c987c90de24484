package io.lockstep.benchmarks.micro;

import io.lockstep.matching.flow.FlowCommand;
import io.lockstep.matching.flow.FlowSource;

/** The first rows of a flow, kept in memory to be run again and again: making them costs more than reading them. */
final class KeptFlow implements FlowSource {
    private final FlowCommand[] rows;
    private int next;

    /**
     * Keeps the first rows of a flow.
     *
     * @param flow with at least that many rows
     * @param count of rows
     */
    KeptFlow(final FlowSource flow, final int count) {
        rows = new FlowCommand[count];
        for (int i = 0; i < count; i++) {
            rows[i] = new FlowCommand();
            if (!flow.next(rows[i])) {
                throw new IllegalArgumentException("the flow has " + i + " rows, not " + count);
            }
        }
    }

    @Override
    public boolean next(final FlowCommand into) {
        if (next == rows.length) {
            return false;
        }
        final FlowCommand row = rows[next++];
        into.at(row.seq(), row.srcRow(), row.tsNs())
                .ask(row.kind(), row.side(), row.orderId(), row.quantity(), row.price1e4())
                .flag(row.flag());
        return true;
    }

    /** Goes back to the first row. */
    void rewind() {
        next = 0;
    }

    @Override
    public void close() {
        // There is nothing to give back.
    }
}
