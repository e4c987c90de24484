package io.lockstep.benchmarks.path;

import io.lockstep.benchmarks.path.subject.Subjects;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** The figures of a run as a table for people and as JSON for machines. */
final class Report {
    private final Environment environment;
    private final List<CellResults> cells;
    private final Map<String, Integer> held;

    /**
     * A report.
     *
     * @param environment that was measured in
     * @param cells of the table
     * @param held highest rate of each subject; empty if they were not looked for
     */
    Report(final Environment environment, final List<CellResults> cells, final Map<String, Integer> held) {
        this.environment = environment;
        this.cells = cells;
        this.held = held;
    }

    Map<String, Integer> held() {
        return held;
    }

    List<CellResults> cells() {
        return cells;
    }

    static String inShort(final RunResult result) {
        if (!result.isDelivered()) {
            return "FAILED: " + result.text();
        }
        final Histogram latency = result.latency();
        return String.format(
                Locale.ROOT,
                "p50 %.1f us, p99 %.1f us, p99.9 %.1f us, max %.1f us",
                latency.getValueAtPercentile(50) / 1e3,
                latency.getValueAtPercentile(99) / 1e3,
                latency.getValueAtPercentile(99.9) / 1e3,
                latency.getMaxValue() / 1e3);
    }

    String text() {
        final StringBuilder text = new StringBuilder();
        for (final CellResults cell : cells) {
            text.append(String.format(
                    Locale.ROOT,
                    "%n%s on %s cores: microseconds from intended send to answer, medians of rounds; ratios to %s%n",
                    cell.cell(),
                    environment.cores(),
                    Subjects.CHAIN));
            text.append(String.format(
                    Locale.ROOT,
                    "%-21s %5s %9s %9s %9s %9s  %20s %20s  %6s%s%n",
                    "subject",
                    "runs",
                    "p50",
                    "p99",
                    "p99.9",
                    "max",
                    "p50 ratio (range)",
                    "p99 ratio (range)",
                    "B/msg",
                    cell.hasBursts() ? "  drain p50, max" : ""));
            for (final String subject : cell.subjects()) {
                row(text, cell, subject);
            }
        }
        allocations(text);
        if (!held.isEmpty()) {
            text.append(String.format(
                    Locale.ROOT, "%nhighest rate held, messages a second; ratio to %s%n", Subjects.CHAIN));
            held.forEach((subject, rate) -> text.append(
                    String.format(Locale.ROOT, "%-21s %9d  %s%n", subject, rate, figure(heldRatio(rate), "%.2f"))));
        }
        return text.toString();
    }

    /** By thread, where that is no more than a line for each subject. */
    private void allocations(final StringBuilder text) {
        if (cells.size() != 1) {
            return;
        }
        text.append(String.format(Locale.ROOT, "%nbytes allocated by hot threads while messages were measured%n"));
        for (final CellResults cell : cells) {
            for (final String subject : cell.subjects()) {
                final Garbage garbage = cell.garbage(subject);
                text.append(String.format(
                        Locale.ROOT,
                        "%-28s %-21s %9d messages: %s%n",
                        cell.cell(),
                        subject,
                        garbage.messages(),
                        garbage.bytesByThread()));
            }
        }
    }

    private double heldRatio(final int rate) {
        final Integer base = held.get(Subjects.CHAIN);
        return base == null || base == 0 ? Double.NaN : (double) rate / base;
    }

    private static void row(final StringBuilder text, final CellResults cell, final String subject) {
        text.append(String.format(
                Locale.ROOT,
                "%-21s %2d/%-2d %9s %9s %9s %9s  %20s %20s  %6s%s%n",
                subject,
                cell.delivered(subject),
                cell.runs(subject).size(),
                figure(cell.median(subject, 50), "%.1f"),
                figure(cell.median(subject, 99), "%.1f"),
                figure(cell.median(subject, 99.9), "%.1f"),
                figure(cell.median(subject, 100), "%.1f"),
                ratio(cell.ratio(subject, Subjects.CHAIN, 50)),
                ratio(cell.ratio(subject, Subjects.CHAIN, 99)),
                figure(cell.bytesPerMessage(subject), "%.2f"),
                cell.hasBursts()
                        ? "  " + figure(cell.drain(subject, 50), "%.1f") + ", "
                                + figure(cell.drain(subject, 100), "%.1f")
                        : ""));
    }

    static String figure(final double value, final String format) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
    }

    private static String ratio(final CellResults.Ratio ratio) {
        return ratio.rounds() == 0
                ? "-"
                : String.format(Locale.ROOT, "%.2f (%.2f-%.2f)", ratio.median(), ratio.least(), ratio.most());
    }

    String json() {
        final StringBuilder text = new StringBuilder("{\n  \"environment\": {");
        String separator = "\n";
        for (final var fact : environment.facts().entrySet()) {
            text.append(separator).append("    ").append(quoted(fact.getKey())).append(": ");
            text.append(quoted(fact.getValue()));
            separator = ",\n";
        }
        text.append("\n  },\n  \"base\": ").append(quoted(Subjects.CHAIN)).append(",\n  \"cells\": [");
        separator = "\n";
        for (final CellResults cell : cells) {
            text.append(separator).append(json(cell));
            separator = ",\n";
        }
        text.append("\n  ],\n  \"heldPerSecond\": {");
        separator = "\n";
        for (final var entry : held.entrySet()) {
            text.append(separator).append("    ").append(quoted(entry.getKey())).append(": ").append(entry.getValue());
            separator = ",\n";
        }
        text.append("\n  },\n  \"heldRatios\": {");
        separator = "\n";
        for (final var entry : held.entrySet()) {
            text.append(separator).append("    ").append(quoted(entry.getKey())).append(": ");
            text.append(number(heldRatio(entry.getValue())));
            separator = ",\n";
        }
        return text.append("\n  }\n}\n").toString();
    }

    private static String json(final CellResults cell) {
        final StringBuilder text = new StringBuilder("    {\"load\": ");
        text.append(quoted(cell.cell().load().toString()));
        text.append(", \"lengthBytes\": ").append(cell.cell().length());
        text.append(", \"lossPercent\": ").append(cell.cell().lossPercent()).append(", \"subjects\": [");
        String separator = "\n";
        for (final String subject : cell.subjects()) {
            text.append(separator).append("      {\"name\": ").append(quoted(subject));
            text.append(", \"runs\": ").append(cell.runs(subject).size());
            text.append(", \"delivered\": ").append(cell.delivered(subject));
            text.append(", \"microseconds\": {");
            String comma = "";
            for (final double percentile : CellResults.PERCENTILES) {
                text.append(comma).append(quoted(CellResults.percentileName(percentile))).append(": ");
                text.append(number(cell.median(subject, percentile)));
                comma = ", ";
            }
            text.append("}, \"drainMicroseconds\": {\"p50\": ").append(number(cell.drain(subject, 50)));
            text.append(", \"max\": ").append(number(cell.drain(subject, 100)));
            text.append("}, \"bytesPerMessage\": ").append(number(cell.bytesPerMessage(subject)));
            text.append(", \"bytesByThread\": {");
            comma = "";
            for (final var thread : cell.garbage(subject).bytesByThread().entrySet()) {
                text.append(comma).append(quoted(thread.getKey())).append(": ").append(thread.getValue());
                comma = ", ";
            }
            text.append("}, \"ratios\": {");
            comma = "";
            for (final double percentile : new double[] {50, 99, 99.9}) {
                final CellResults.Ratio ratio = cell.ratio(subject, Subjects.CHAIN, percentile);
                text.append(comma).append(quoted(CellResults.percentileName(percentile)));
                text.append(": {\"median\": ").append(number(ratio.median()));
                text.append(", \"least\": ").append(number(ratio.least()));
                text.append(", \"most\": ").append(number(ratio.most()));
                text.append(", \"rounds\": ").append(ratio.rounds()).append('}');
                comma = ", ";
            }
            text.append("}}");
            separator = ",\n";
        }
        return text.append("\n    ]}").toString();
    }

    private static String number(final double value) {
        return Double.isNaN(value) ? "null" : String.format(Locale.ROOT, "%.3f", value);
    }

    static String quoted(final String text) {
        final StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            final char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
