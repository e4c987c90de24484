package io.lockstep.benchmarks.path;

import io.lockstep.core.trace.Hop;
import io.lockstep.core.trace.Journey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * Where the time of commands went, leg by leg. Percentiles of legs do not add up to that of the whole, so their shares
 * are taken from commands alike: those whose whole time is around the median, and the slowest one in a hundred.
 */
final class HopTable {
    private static final long HIGHEST_NS = 60_000_000_000L;
    private static final double MIDDLE_FROM = 0.45;
    private static final double MIDDLE_TO = 0.55;
    private static final double TAIL_FROM = 0.99;

    private final Map<Leg, Histogram> legs = new EnumMap<>(Leg.class);
    private final Map<Leg, Double> middles = new EnumMap<>(Leg.class);
    private final Map<Leg, Double> tails = new EnumMap<>(Leg.class);
    private int commands;
    private int incomplete;
    private int runs;

    /** A table of nothing, to which others are added. */
    HopTable() {
        for (final Leg leg : Leg.values()) {
            legs.put(leg, new Histogram(HIGHEST_NS, 3));
        }
    }

    /**
     * The table of one run.
     *
     * @param journeys of its commands
     * @param load that it ran, as the first and only client of its system
     * @param measuredFrom index of the first message that counts
     * @param isHeld whether outputs wait for archives
     */
    static HopTable of(
            final List<Journey> journeys, final LoadClient load, final int measuredFrom, final boolean isHeld) {
        final HopTable table = new HopTable();
        final List<Map<Leg, Long>> all = new ArrayList<>();
        for (final Journey journey : journeys) {
            final int index = (int) journey.clientSequence() - 1; // a new client's sequences begin at 1
            if (!isKnown(journey, isHeld)) {
                table.incomplete++;
            } else if (index >= measuredFrom) {
                all.add(Leg.times(journey, load.dueNs(index), isHeld));
            }
        }
        table.fill(all);
        return table;
    }

    /** Takes another table in; the shares of each run count alike. */
    void add(final HopTable other) {
        commands += other.commands;
        incomplete += other.incomplete;
        runs += other.runs;
        other.legs.forEach((leg, times) -> legs.get(leg).add(times));
        other.middles.forEach((leg, share) -> middles.merge(leg, share, Double::sum));
        other.tails.forEach((leg, share) -> tails.merge(leg, share, Double::sum));
    }

    /** Commands in it. */
    int commands() {
        return commands;
    }

    /** Commands that are not in it, since one of their times was overwritten. */
    int incomplete() {
        return incomplete;
    }

    /** Nanoseconds of a leg; empty if it is none of these commands'. */
    Histogram times(final Leg leg) {
        return legs.get(leg);
    }

    /** Part of the whole that a leg on the way makes up for commands around the median; not a number for others. */
    double shareOfMiddle(final Leg leg) {
        return leg.isBeside() ? Double.NaN : middles.getOrDefault(leg, 0.0) / runs;
    }

    /** The same for the slowest one in a hundred. */
    double shareOfTail(final Leg leg) {
        return leg.isBeside() ? Double.NaN : tails.getOrDefault(leg, 0.0) / runs;
    }

    static HopTable parse(final String text) {
        final HopTable table = new HopTable();
        final String[] parts = text.split(";", -1);
        final String[] counts = parts[0].split(",", -1);
        table.commands = Integer.parseInt(counts[0]);
        table.incomplete = Integer.parseInt(counts[1]);
        table.runs = Integer.parseInt(counts[2]);
        for (int i = 1; i < parts.length; i++) {
            final String[] values = parts[i].split(",", -1);
            final Leg leg = Leg.valueOf(values[0]);
            table.middles.put(leg, Double.parseDouble(values[1]));
            table.tails.put(leg, Double.parseDouble(values[2]));
            table.legs.put(leg, RunResult.decoded(values[3]));
        }
        return table;
    }

    /** As it goes from a worker's process to the one that asked. */
    @Override
    public String toString() {
        final StringBuilder text = new StringBuilder();
        text.append(commands).append(',').append(incomplete).append(',').append(runs);
        legs.forEach((leg, times) -> text.append(';')
                .append(leg.name())
                .append(',')
                .append(middles.getOrDefault(leg, 0.0))
                .append(',')
                .append(tails.getOrDefault(leg, 0.0))
                .append(',')
                .append(RunResult.encoded(times)));
        return text.toString();
    }

    /** Of what is not held, the last may be released before they are acknowledged. */
    private static boolean isKnown(final Journey journey, final boolean isHeld) {
        return Arrays.stream(Hop.values())
                .filter(hop -> isHeld || hop != Hop.ARCHIVE_ACKED)
                .noneMatch(hop -> journey.nanoTime(hop) == Hop.NO_TIME);
    }

    private void fill(final List<Map<Leg, Long>> all) {
        if (all.isEmpty()) {
            return;
        }
        commands = all.size();
        runs = 1;
        for (final Map<Leg, Long> times : all) {
            times.forEach((leg, nanos) -> legs.get(leg).recordValue(Math.min(HIGHEST_NS, nanos)));
        }
        all.sort((a, b) -> Long.compare(a.get(Leg.WHOLE), b.get(Leg.WHOLE)));
        final int from = (int) (MIDDLE_FROM * commands);
        shares(all.subList(from, Math.max(from + 1, (int) (MIDDLE_TO * commands))), middles);
        shares(all.subList((int) (TAIL_FROM * commands), commands), tails);
    }

    private static void shares(final List<Map<Leg, Long>> some, final Map<Leg, Double> shares) {
        final double whole = some.stream().mapToLong(times -> times.get(Leg.WHOLE)).sum();
        for (final Leg leg : Leg.values()) {
            shares.put(leg, some.stream().mapToLong(times -> times.getOrDefault(leg, 0L)).sum() / whole);
        }
    }
}
