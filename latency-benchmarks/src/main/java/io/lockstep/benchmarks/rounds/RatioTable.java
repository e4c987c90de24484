package io.lockstep.benchmarks.rounds;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * The results of all rounds: medians, and the ratio to each peer within a round. What differs only in the parameter
 * {@code subject} is compared; the subject {@link #OURS} is what the others are held against.
 */
final class RatioTable {
    /** The subject that is not a peer. */
    static final String OURS = "Lockstep";

    private static final String SUBJECT = "subject";
    private static final String ALLOCATED = "gc.alloc.rate.norm";
    private static final String FORMAT = "%-37s %-21s %-16s %9s %10s %7s  %s";

    private final Map<Row, Map<String, List<Sample>>> rows = new LinkedHashMap<>();

    /** Adds the results of a round. */
    void add(final int round, final Collection<RunResult> results) {
        for (final RunResult result : results) {
            final BenchmarkParams params = result.getParams();
            final Result<?> allocated = result.getSecondaryResults().get(ALLOCATED);
            final StringJoiner others = new StringJoiner(" ");
            for (final String key : params.getParamsKeys()) {
                if (!key.equals(SUBJECT)) {
                    others.add(key + "=" + params.getParam(key));
                }
            }
            final String subject = params.getParamsKeys().contains(SUBJECT) ? params.getParam(SUBJECT) : OURS;
            add(
                    shortName(params.getBenchmark()),
                    others.toString(),
                    subject,
                    new Sample(
                            round,
                            result.getPrimaryResult().getScore(),
                            allocated == null ? Double.NaN : allocated.getScore()));
        }
    }

    void add(final String benchmark, final String parameters, final String subject, final Sample sample) {
        rows.computeIfAbsent(new Row(benchmark, parameters), row -> new LinkedHashMap<>())
                .computeIfAbsent(subject, name -> new ArrayList<>())
                .add(sample);
    }

    /** The table, a line for each benchmark and subject. */
    List<String> lines() {
        final List<String> lines = new ArrayList<>();
        lines.add(line("benchmark", "parameters", "subject", "ns/op", "B/op", "ratio", "in rounds"));
        rows.forEach((row, subjects) -> {
            final List<Sample> ours = subjects.get(OURS);
            subjects.forEach((subject, samples) -> {
                final double[] ratios = subject.equals(OURS) || ours == null ? new double[0] : ratios(samples, ours);
                lines.add(line(
                        row.benchmark(),
                        row.parameters(),
                        subject,
                        format("%.1f", median(samples.stream().mapToDouble(Sample::ns).toArray())),
                        format("%.2f", median(samples.stream().mapToDouble(Sample::bytes).toArray())),
                        ratios.length == 0 ? "" : format("%.2f", median(ratios)),
                        ratios.length < 2 ? "" : spread(ratios)));
            });
        });
        lines.add("ratio: the time of the subject by that of " + OURS + " in the same round, so above 1 " + OURS
                + " is faster; medians, smallest to largest");
        return lines;
    }

    /** Everything that was measured, as comma-separated values. */
    List<String> samples() {
        final List<String> lines = new ArrayList<>();
        lines.add("benchmark,parameters,subject,round,nsPerOperation,bytesPerOperation");
        rows.forEach((row, subjects) -> subjects.forEach((subject, samples) -> {
            for (final Sample sample : samples) {
                lines.add(String.join(
                        ",",
                        row.benchmark(),
                        row.parameters(),
                        subject,
                        Integer.toString(sample.round()),
                        format("%.3f", sample.ns()),
                        format("%.4f", sample.bytes())));
            }
        }));
        return lines;
    }

    private static double[] ratios(final List<Sample> peers, final List<Sample> ours) {
        return peers.stream()
                .flatMapToDouble(peer -> ours.stream()
                        .filter(our -> our.round() == peer.round())
                        .mapToDouble(our -> peer.ns() / our.ns()))
                .toArray();
    }

    private static String spread(final double... ratios) {
        return format("%.2f", Arrays.stream(ratios).min().orElseThrow()) + " to "
                + format("%.2f", Arrays.stream(ratios).max().orElseThrow());
    }

    private static double median(final double... values) {
        final double[] sorted = values.clone();
        Arrays.sort(sorted);
        final int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static String line(final Object... columns) {
        return format(FORMAT, columns).stripTrailing();
    }

    private static String format(final String format, final Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private static String shortName(final String benchmark) {
        return benchmark.substring(benchmark.lastIndexOf('.', benchmark.lastIndexOf('.') - 1) + 1);
    }

    /**
     * What is compared with each other.
     *
     * @param benchmark class and method
     * @param parameters all but the subject
     */
    private record Row(String benchmark, String parameters) {}

    /**
     * One fork.
     *
     * @param round it ran in
     * @param ns of one operation
     * @param bytes that one operation allocated
     */
    record Sample(int round, double ns, double bytes) {}
}
