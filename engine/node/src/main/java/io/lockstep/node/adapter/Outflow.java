package io.lockstep.node.adapter;

/** Told that something waits to be sent, by whoever has put it into a publication. One thread. */
@FunctionalInterface
public interface Outflow {
    /** For publications whose driver another thread runs: it finds what is there by itself. */
    Outflow ELSEWHERE = () -> {};

    /** A publication has taken a message. */
    void onOffered();
}
