package io.lockstep.matching.flow;

/** An order flow of one symbol, read row by row by one thread. */
public interface FlowSource extends AutoCloseable {
    /**
     * Reads the next row.
     *
     * @param into takes the row
     * @return false if there is none, and then {@code into} is as it was
     * @throws FlowException if the flow cannot be read on; says where and what to do
     */
    boolean next(FlowCommand into);

    @Override
    void close();
}
