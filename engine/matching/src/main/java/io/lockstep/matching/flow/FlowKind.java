package io.lockstep.matching.flow;

/** What a row of an order flow asks for. */
public enum FlowKind {
    /** An order of the opening book; rests. */
    SEED,
    /** A limit order, good till cancelled. */
    NEW,
    /** Take the order out. */
    CANCEL,
    /** Cut the order's open quantity; it keeps its place. */
    REDUCE,
    /** A limit order that trades at once and drops the rest. */
    IOC
}
