package io.lockstep.benchmarks.path;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** What the rounds of one cell gave, by subject. A run that was not delivered counts as one, but has no percentiles. */
final class CellResults {
    /** Percentiles of reports; 100 is the maximum. */
    static final double[] PERCENTILES = {50, 90, 99, 99.9, 99.99, 100};

    private final Cell cell;
    private final Map<String, List<RunResult>> bySubject = new LinkedHashMap<>();

    CellResults(final Cell cell) {
        this.cell = cell;
    }

    Cell cell() {
        return cell;
    }

    void add(final String subject, final RunResult result) {
        bySubject.computeIfAbsent(subject, name -> new ArrayList<>()).add(result);
    }

    List<String> subjects() {
        return List.copyOf(bySubject.keySet());
    }

    List<RunResult> runs(final String subject) {
        return List.copyOf(bySubject.getOrDefault(subject, List.of()));
    }

    long delivered(final String subject) {
        return runs(subject).stream().filter(RunResult::isDelivered).count();
    }

    /** Whether no subject delivered the load in any round. */
    boolean hasNothing() {
        return subjects().stream().allMatch(subject -> delivered(subject) == 0);
    }

    /** Every delivered round's values together. */
    Histogram merged(final String subject) {
        final Histogram merged = new Histogram(3);
        runs(subject).stream().filter(RunResult::isDelivered).forEach(run -> merged.add(run.latency()));
        return merged;
    }

    /** Median over the delivered rounds, in microseconds; not a number if no round was delivered. */
    double median(final String subject, final double percentile) {
        return median(runs(subject).stream()
                .filter(RunResult::isDelivered)
                .mapToDouble(run -> micros(run, percentile))
                .toArray());
    }

    /** The same of the time that bursts took to drain; not a number without bursts. */
    double drain(final String subject, final double percentile) {
        return median(runs(subject).stream()
                .filter(run -> run.isDelivered() && run.drain() != null)
                .mapToDouble(run -> run.drain().getValueAtPercentile(percentile) / 1e3)
                .toArray());
    }

    /** What hot threads allocated over all delivered rounds; not a number if nobody counted. */
    double bytesPerMessage(final String subject) {
        return garbage(subject).bytesPerMessage();
    }

    /** What hot threads allocated over all delivered rounds, by thread. */
    Garbage garbage(final String subject) {
        long messages = 0;
        final Map<String, Long> bytes = new TreeMap<>();
        for (final RunResult run : runs(subject)) {
            if (run.isDelivered()) {
                messages += run.garbage().messages();
                run.garbage().bytesByThread().forEach((name, count) -> bytes.merge(name, count, Long::sum));
            }
        }
        return new Garbage(messages, bytes);
    }

    /** Whether the load comes in bursts. */
    boolean hasBursts() {
        return cell.load().kind() == LoadSpec.Kind.BURSTS;
    }

    /** Ratios to another subject's run of the same round, over the rounds that both delivered. */
    Ratio ratio(final String subject, final String base, final double percentile) {
        final List<RunResult> runs = runs(subject);
        final List<RunResult> others = runs(base);
        final List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < Math.min(runs.size(), others.size()); round++) {
            if (runs.get(round).isDelivered() && others.get(round).isDelivered()) {
                ratios.add(micros(runs.get(round), percentile) / micros(others.get(round), percentile));
            }
        }
        final double[] values = ratios.stream().mapToDouble(Double::doubleValue).toArray();
        return new Ratio(
                median(values),
                Arrays.stream(values).min().orElse(Double.NaN),
                Arrays.stream(values).max().orElse(Double.NaN),
                values.length);
    }

    static String percentileName(final double percentile) {
        if (percentile == 100) {
            return "max";
        }
        return "p" + (percentile == Math.rint(percentile) ? Long.toString((long) percentile) : "" + percentile);
    }

    private static double micros(final RunResult run, final double percentile) {
        return run.latency().getValueAtPercentile(percentile) / 1e3;
    }

    private static double median(final double[] values) {
        if (values.length == 0) {
            return Double.NaN;
        }
        Arrays.sort(values);
        final int middle = values.length / 2;
        return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }

    /**
     * Ratios of paired rounds.
     *
     * @param median of them
     * @param least of them
     * @param most of them
     * @param rounds that are in it
     */
    record Ratio(double median, double least, double most, int rounds) {}
}
