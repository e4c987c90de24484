package io.lockstep.benchmarks.path;

import io.lockstep.core.trace.Hop;
import io.lockstep.core.trace.Journey;
import java.util.EnumMap;
import java.util.Map;

/** A part of a command's way: those on the way itself make up the whole, the others go on beside it. */
enum Leg {
    DUE("due ▶ gateway in", true),
    INGRESS("gateway in ▶ sequencer in", true),
    STAMP("sequencer in ▶ stamped", true),
    LOG("stamped ▶ replica in", true),
    APPLY("replica in ▶ applied", true),
    EMIT("applied ▶ output out", true),
    OUTPUT("output out ▶ gateway out", true),
    QUORUM("gateway out ▶ archive acked", true),
    RELEASE("▶ released", true),
    WHOLE("whole: due ▶ released", false),
    RECORD("beside: stamped ▶ ack sent", false),
    ACKNOWLEDGE("beside: ack sent ▶ archive acked", false);

    private final String label;
    private final boolean isOnWay;

    Leg(final String label, final boolean isOnWay) {
        this.label = label;
        this.isOnWay = isOnWay;
    }

    String label() {
        return label;
    }

    /** Whether it goes on while the command is somewhere else. */
    boolean isBeside() {
        return !isOnWay && this != WHOLE;
    }

    boolean isOnWay() {
        return isOnWay;
    }

    /**
     * How long a command took for each leg of its way.
     *
     * @param journey complete; the acknowledgement may be missing where nothing waits for it
     * @param dueNs when its message was due
     * @param isHeld whether its output waits for the archives
     * @return nanoseconds; without the legs that are none of this command's
     */
    static Map<Leg, Long> times(final Journey journey, final long dueNs, final boolean isHeld) {
        final long stampedNs = journey.nanoTime(Hop.STAMPED);
        final long outNs = journey.nanoTime(Hop.GATEWAY_OUT);
        final long ackedNs = journey.nanoTime(Hop.ARCHIVE_ACKED);
        final Map<Leg, Long> times = new EnumMap<>(Leg.class);
        times.put(DUE, journey.nanoTime(Hop.GATEWAY_IN) - dueNs);
        times.put(INGRESS, between(journey, Hop.GATEWAY_IN, Hop.SEQUENCER_IN));
        times.put(STAMP, between(journey, Hop.SEQUENCER_IN, Hop.STAMPED));
        times.put(LOG, between(journey, Hop.STAMPED, Hop.REPLICA_IN));
        times.put(APPLY, between(journey, Hop.REPLICA_IN, Hop.APPLIED));
        times.put(EMIT, between(journey, Hop.APPLIED, Hop.OUTPUT_OUT));
        times.put(OUTPUT, between(journey, Hop.OUTPUT_OUT, Hop.GATEWAY_OUT));
        // An acknowledgement that is there before the output keeps nobody waiting.
        final long readyNs = isHeld && ackedNs - outNs > 0 ? ackedNs : outNs;
        if (isHeld) {
            times.put(QUORUM, readyNs - outNs);
        }
        times.put(RELEASE, journey.nanoTime(Hop.RELEASED) - readyNs);
        times.put(WHOLE, journey.nanoTime(Hop.RELEASED) - dueNs);
        if (journey.ackSentNs() != Hop.NO_TIME && ackedNs != Hop.NO_TIME) {
            times.put(RECORD, journey.ackSentNs() - stampedNs);
            times.put(ACKNOWLEDGE, ackedNs - journey.ackSentNs());
        }
        return times;
    }

    private static long between(final Journey journey, final Hop from, final Hop to) {
        return journey.nanoTime(to) - journey.nanoTime(from);
    }
}
