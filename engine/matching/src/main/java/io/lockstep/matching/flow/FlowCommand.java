package io.lockstep.matching.flow;

import io.lockstep.codecs.exchange.Side;

/** One row of an order flow; reused, so that a flow of any length costs no garbage. */
public final class FlowCommand {
    /** The flag of a row that has none. */
    public static final char NO_FLAG = ' ';

    private long seq;
    private long srcRow;
    private long tsNs;
    private FlowKind kind;
    private Side side;
    private long orderId;
    private long quantity;
    private long price1e4;
    private char flag = NO_FLAG;

    /**
     * Sets where and when this row is.
     *
     * @param rowSeq from 1, ascending
     * @param rowSrcRow row of the data that it comes from
     * @param rowTsNs intended time, in nanoseconds since midnight
     * @return this
     */
    public FlowCommand at(final long rowSeq, final long rowSrcRow, final long rowTsNs) {
        seq = rowSeq;
        srcRow = rowSrcRow;
        tsNs = rowTsNs;
        return this;
    }

    /**
     * Sets what this row asks for, without a flag.
     *
     * @param rowKind what to do
     * @param rowSide of the order
     * @param rowOrderId of the order
     * @param rowQuantity in units, such as shares
     * @param rowPrice1e4 in 1/10,000 of the currency
     * @return this
     */
    public FlowCommand ask(
            final FlowKind rowKind,
            final Side rowSide,
            final long rowOrderId,
            final long rowQuantity,
            final long rowPrice1e4) {
        kind = rowKind;
        side = rowSide;
        orderId = rowOrderId;
        quantity = rowQuantity;
        price1e4 = rowPrice1e4;
        flag = NO_FLAG;
        return this;
    }

    /** Sets the flag. */
    public FlowCommand flag(final char rowFlag) {
        flag = rowFlag;
        return this;
    }

    public long seq() {
        return seq;
    }

    public long srcRow() {
        return srcRow;
    }

    /** Intended time, in nanoseconds since midnight. */
    public long tsNs() {
        return tsNs;
    }

    public FlowKind kind() {
        return kind;
    }

    public Side side() {
        return side;
    }

    public long orderId() {
        return orderId;
    }

    /** In units, such as shares; not lots. */
    public long quantity() {
        return quantity;
    }

    /** In 1/10,000 of the currency; not ticks. */
    public long price1e4() {
        return price1e4;
    }

    /** A remark of the data's maker that changes nothing; {@link #NO_FLAG} if there is none. */
    public char flag() {
        return flag;
    }
}
