package io.lockstep.node.trace;

import io.lockstep.core.trace.HopRing;
import io.lockstep.core.trace.HopTrace;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The rings of a process's agents, one for each that takes times; none if nobody does. Any thread. */
public final class HopRings {
    private final List<HopRing> rings = new CopyOnWriteArrayList<>();
    private final int capacity;

    private HopRings(final int capacity) {
        this.capacity = capacity;
    }

    /**
     * Rings of agents that take times.
     *
     * @param capacity of each, in records
     */
    public static HopRings ofCapacity(final int capacity) {
        return new HopRings(capacity);
    }

    /** No rings: times are not taken. */
    public static HopRings off() {
        return new HopRings(0);
    }

    /**
     * Taps for an agent, with a ring of their own.
     *
     * @param memberId of the sequencer, archive, replica or gateway that it runs, or runs a part of
     */
    public HopTaps taps(final int memberId) {
        if (capacity == 0) {
            return new HopTaps(null);
        }
        final HopRing ring = new HopRing(memberId, capacity);
        rings.add(ring);
        return new HopTaps(ring);
    }

    /** What the rings hold; best asked for when their agents have ended, but good at any time. */
    public List<HopTrace> traces() {
        return rings.stream().map(HopRing::trace).toList();
    }
}
