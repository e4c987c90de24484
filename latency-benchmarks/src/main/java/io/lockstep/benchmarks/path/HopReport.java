package io.lockstep.benchmarks.path;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** Where each microsecond went, as a table for people and as JSON for machines. */
final class HopReport {
    private static final int DATE_LENGTH = "2026-01-01".length();
    private static final double[] COSTS = {50, 99};

    private final Environment environment;
    private final List<HopResults> results;

    HopReport(final Environment environment, final List<HopResults> results) {
        this.environment = environment;
        this.results = results;
    }

    Environment environment() {
        return environment;
    }

    List<HopResults> results() {
        return results;
    }

    String text() {
        final StringBuilder text = new StringBuilder();
        for (final HopResults cell : results) {
            for (final String subject : cell.subjects()) {
                table(text, cell, subject);
            }
        }
        text.append(String.format(
                Locale.ROOT,
                "%nwhat taking the times costs: medians of rounds without and with, ratios of paired rounds%n"));
        for (final HopResults cell : results) {
            for (final String subject : cell.subjects()) {
                text.append(String.format(Locale.ROOT, "%-20s %-18s", cell.cell(), subject));
                for (final double percentile : COSTS) {
                    final CellResults.Ratio cost = cell.cost(subject, percentile);
                    text.append(String.format(
                            Locale.ROOT,
                            "  %s %s ▶ %s us, %.2f (%.2f-%.2f)",
                            CellResults.percentileName(percentile),
                            Report.figure(cell.median(subject, false, percentile), "%.1f"),
                            Report.figure(cell.median(subject, true, percentile), "%.1f"),
                            cost.median(),
                            cost.least(),
                            cost.most()));
                }
                text.append('\n');
            }
        }
        return text.toString();
    }

    private void table(final StringBuilder text, final HopResults cell, final String subject) {
        final HopTable table = cell.table(subject);
        text.append(String.format(
                Locale.ROOT,
                "%n%s, %s on %s cores: %d commands, %d with a time overwritten; microseconds, and parts of the whole%n",
                cell.cell(),
                subject,
                environment.cores(),
                table.commands(),
                table.incomplete()));
        text.append(String.format(
                Locale.ROOT,
                "%-34s %9s %9s %9s  %12s %12s%n",
                "leg",
                "p50",
                "p99",
                "max",
                "around p50",
                "beyond p99"));
        for (final Leg leg : Leg.values()) {
            final Histogram times = table.times(leg);
            if (times.getTotalCount() > 0) {
                text.append(String.format(
                        Locale.ROOT,
                        "%-34s %9.2f %9.2f %9.1f  %12s %12s%n",
                        leg.label(),
                        micros(times, 50),
                        micros(times, 99),
                        micros(times, 100),
                        percent(table.shareOfMiddle(leg)),
                        percent(table.shareOfTail(leg))));
            }
        }
    }

    String json() {
        final StringBuilder text = new StringBuilder("{\n  \"environment\": {");
        String separator = "\n";
        for (final var fact : environment.facts().entrySet()) {
            text.append(separator).append("    ").append(Report.quoted(fact.getKey())).append(": ");
            text.append(Report.quoted(fact.getValue()));
            separator = ",\n";
        }
        text.append("\n  },\n  \"hops\": [");
        separator = "\n";
        for (final HopResults cell : results) {
            for (final String subject : cell.subjects()) {
                text.append(separator).append(json(cell, subject));
                separator = ",\n";
            }
        }
        return text.append("\n  ]\n}\n").toString();
    }

    private static String json(final HopResults cell, final String subject) {
        final HopTable table = cell.table(subject);
        final StringBuilder text = new StringBuilder("    {\"load\": ");
        text.append(Report.quoted(cell.cell().load().toString()));
        text.append(", \"lengthBytes\": ").append(cell.cell().length());
        text.append(", \"subject\": ").append(Report.quoted(subject));
        text.append(", \"commands\": ").append(table.commands());
        text.append(", \"incomplete\": ").append(table.incomplete()).append(", \"legs\": [");
        String separator = "\n";
        for (final Leg leg : Leg.values()) {
            final Histogram times = table.times(leg);
            if (times.getTotalCount() > 0) {
                text.append(separator).append("      {\"leg\": ").append(Report.quoted(leg.name()));
                text.append(String.format(
                        Locale.ROOT,
                        ", \"p50\": %.3f, \"p99\": %.3f, \"max\": %.3f, \"shareAroundP50\": %s,"
                                + " \"shareBeyondP99\": %s}",
                        micros(times, 50),
                        micros(times, 99),
                        micros(times, 100),
                        number(table.shareOfMiddle(leg)),
                        number(table.shareOfTail(leg))));
                separator = ",\n";
            }
        }
        text.append("\n    ], \"cost\": {");
        String comma = "";
        for (final double percentile : COSTS) {
            final CellResults.Ratio cost = cell.cost(subject, percentile);
            text.append(comma).append(Report.quoted(CellResults.percentileName(percentile)));
            text.append(": {\"without\": ").append(number(cell.median(subject, false, percentile)));
            text.append(", \"with\": ").append(number(cell.median(subject, true, percentile)));
            text.append(", \"ratio\": ").append(number(cost.median()));
            text.append(", \"least\": ").append(number(cost.least()));
            text.append(", \"most\": ").append(number(cost.most()));
            text.append(", \"rounds\": ").append(cost.rounds()).append('}');
            comma = ", ";
        }
        return text.append("}}").toString();
    }

    /** Writes everything into a new folder, whose name git ignores unless a machine is named, and returns it. */
    Path write(final Path parent, final String machine) throws IOException {
        final String time = environment.facts().get("time").replace(":", "").replace("Z", "");
        final Path folder = parent.resolve(
                machine == null ? "local-" + time + "-hops" : time.substring(0, DATE_LENGTH) + "-" + machine + "-hops");
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("command.txt"), environment.facts().get("command") + "\n");
        final StringBuilder facts = new StringBuilder();
        environment.facts().forEach((name, value) -> facts.append(name).append(": ").append(value).append('\n'));
        Files.writeString(folder.resolve("environment.txt"), facts);
        Files.writeString(folder.resolve("summary.md"), "```\n" + text().strip() + "\n```\n");
        Files.writeString(folder.resolve("results.json"), json());
        Files.writeString(folder.resolve("report.html"), new HopPage(this).text());
        return folder;
    }

    static double micros(final Histogram times, final double percentile) {
        return times.getValueAtPercentile(percentile) / 1e3;
    }

    static String percent(final double share) {
        return Report.figure(share * 100, "%.1f %%");
    }

    private static String number(final double value) {
        return Double.isNaN(value) ? "null" : String.format(Locale.ROOT, "%.4f", value);
    }
}
