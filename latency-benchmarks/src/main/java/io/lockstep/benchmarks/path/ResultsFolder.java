package io.lockstep.benchmarks.path;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Where the figures of a run stay: command, environment, summary, a table for machines, a page to look at, and the
 * values of each subject in HdrHistogram's text form.
 */
final class ResultsFolder {
    private static final double NANOS_PER_MICRO = 1e3;
    private static final int DATE_LENGTH = "2026-01-01".length();

    private final Path parent;
    private final String machine;
    private final Environment environment;
    private final Report report;

    /**
     * A folder that is not there yet.
     *
     * @param parent it comes to stand in
     * @param machine named where the run is to be kept; null for a name that git ignores
     * @param environment that was measured in
     * @param report of the figures
     */
    ResultsFolder(final Path parent, final String machine, final Environment environment, final Report report) {
        this.parent = parent;
        this.machine = machine;
        this.environment = environment;
        this.report = report;
    }

    /** Writes everything into a new folder and returns it. */
    Path write() throws IOException {
        final String time = environment.facts().get("time").replace(":", "").replace("Z", "");
        final Path folder = parent.resolve(
                machine == null ? "local-" + time + "-path" : time.substring(0, DATE_LENGTH) + "-" + machine + "-path");
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("command.txt"), environment.facts().get("command") + "\n");
        final StringBuilder facts = new StringBuilder();
        environment.facts().forEach((name, value) -> facts.append(name).append(": ").append(value).append('\n'));
        Files.writeString(folder.resolve("environment.txt"), facts);
        Files.writeString(folder.resolve("summary.md"), "```\n" + report.text().strip() + "\n```\n");
        Files.writeString(folder.resolve("results.json"), report.json());
        Files.writeString(folder.resolve("report.html"), new HtmlReport(environment, report).text());
        for (final CellResults cell : report.cells()) {
            for (final String subject : cell.subjects()) {
                histogram(folder, cell, subject);
            }
        }
        return folder;
    }

    private static void histogram(final Path folder, final CellResults cell, final String subject)
            throws IOException {
        if (cell.delivered(subject) == 0) {
            return;
        }
        final String name = (subject + "-" + cell.cell()).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        try (PrintStream out =
                new PrintStream(Files.newOutputStream(folder.resolve(name + ".hgrm")), false, StandardCharsets.UTF_8)) {
            cell.merged(subject).outputPercentileDistribution(out, NANOS_PER_MICRO);
        }
    }
}
