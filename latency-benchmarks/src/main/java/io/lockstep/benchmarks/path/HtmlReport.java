package io.lockstep.benchmarks.path;

import io.lockstep.benchmarks.path.subject.Subjects;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** One page that holds everything it shows: a plot of percentiles for each load, the tables, the environment. */
final class HtmlReport {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 380;
    private static final int LEFT = 70;
    private static final int BOTTOM = 40;
    private static final int TOP = 15;
    private static final int RIGHT = 190;

    /** Plots end at 99.99 %: one in ten thousand. */
    private static final double NINES = 4;

    private static final int STEPS_EACH_NINE = 12;
    private static final String[] COLOURS = {
        "#4e79a7", "#f28e2b", "#e15759", "#76b7b2", "#59a14f", "#edc948", "#b07aa1", "#ff9da7", "#9c755f", "#bab0ac",
        "#1b9e77", "#d95f02", "#7570b3", "#e7298a", "#66a61e"
    };

    private final Environment environment;
    private final Report report;

    HtmlReport(final Environment environment, final Report report) {
        this.environment = environment;
        this.report = report;
    }

    String text() {
        final StringBuilder text = new StringBuilder("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<title>Lockstep: latency of the path</title><style>"
                + "body{font:15px/1.45 system-ui,sans-serif;margin:2em auto;max-width:60em;color:#222}"
                + "table{border-collapse:collapse;margin:1em 0}td,th{padding:.2em .8em;text-align:right;"
                + "border-bottom:1px solid #ddd}td:first-child,th:first-child{text-align:left}"
                + "svg{background:#fafafa;border:1px solid #ddd}svg text{font:12px system-ui,sans-serif}"
                + "dt{font-weight:600;float:left;width:11em}dd{margin-left:12em;overflow-wrap:anywhere}"
                + "</style></head><body><h1>Latency of the path</h1>"
                + "<p>From the time a message was meant to be sent to its answer, under an open load. Rounds are"
                + " interleaved; ratios are of paired rounds, to the bare chain. A run that was not delivered when it"
                + " was due has no figures. This is loopback on few cores: read the ratios, not the microseconds.</p>");
        for (final CellResults cell : report.cells()) {
            text.append("<h2>").append(escaped(cell.cell().toString())).append("</h2>\n");
            plot(text, cell);
            table(text, cell);
        }
        if (!report.held().isEmpty()) {
            text.append("<h2>Highest rate held</h2><table><tr><th>subject</th><th>messages a second</th></tr>");
            report.held().forEach((subject, rate) -> text.append("<tr><td>")
                    .append(escaped(subject))
                    .append("</td><td>")
                    .append(rate)
                    .append("</td></tr>"));
            text.append("</table>");
        }
        text.append("<h2>Environment</h2><dl>");
        environment.facts().forEach((name, value) -> text.append("<dt>")
                .append(escaped(name))
                .append("</dt><dd>")
                .append(escaped(value))
                .append("</dd>"));
        return text.append("</dl></body></html>\n").toString();
    }

    private static void plot(final StringBuilder text, final CellResults cell) {
        double least = Double.MAX_VALUE;
        double most = 0;
        for (final String subject : cell.subjects()) {
            if (cell.delivered(subject) > 0) {
                final Histogram merged = cell.merged(subject);
                least = Math.min(least, merged.getValueAtPercentile(1) / 1e3);
                most = Math.max(most, merged.getValueAtPercentile(99.99) / 1e3);
            }
        }
        if (most == 0) {
            text.append("<p>No subject delivered this load.</p>");
            return;
        }
        final double low = Math.floor(Math.log10(Math.max(least, 0.1)));
        final double high = Math.ceil(Math.log10(most));
        text.append(String.format(
                Locale.ROOT, "<svg width=\"%d\" height=\"%d\" role=\"img\">", WIDTH, HEIGHT));
        axes(text, low, high);
        final List<String> subjects = cell.subjects();
        for (int i = 0; i < subjects.size(); i++) {
            line(text, cell, subjects.get(i), i, low, high);
        }
        text.append("</svg>\n");
    }

    private static void axes(final StringBuilder text, final double low, final double high) {
        for (double decade = low; decade <= high; decade++) {
            final double y = y(decade, low, high);
            text.append(String.format(
                    Locale.ROOT,
                    "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/>"
                            + "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s us</text>",
                    LEFT, WIDTH - RIGHT, y, y, LEFT - 6, y + 4, decade < 0 ? "0.1" : (long) Math.pow(10, decade) + ""));
        }
        final String[] names = {"0", "90 %", "99 %", "99.9 %", "99.99 %"};
        for (int nine = 0; nine <= NINES; nine++) {
            text.append(String.format(
                    Locale.ROOT,
                    "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\" stroke=\"#eee\"/>"
                            + "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>",
                    x(nine), x(nine), TOP, HEIGHT - BOTTOM, x(nine), HEIGHT - BOTTOM + 18, names[nine]));
        }
    }

    private static void line(
            final StringBuilder text,
            final CellResults cell,
            final String subject,
            final int number,
            final double low,
            final double high) {
        final String colour = COLOURS[number % COLOURS.length];
        final int legendY = TOP + 12 + number * 17;
        final boolean isDelivered = cell.delivered(subject) > 0;
        text.append(String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\" fill=\"%s\">%s%s</text>",
                WIDTH - RIGHT + 12, legendY, colour, escaped(subject), isDelivered ? "" : " (failed)"));
        if (!isDelivered) {
            return;
        }
        final Histogram merged = cell.merged(subject);
        text.append("<polyline fill=\"none\" stroke-width=\"1.6\" stroke=\"").append(colour).append("\" points=\"");
        for (int step = 0; step <= NINES * STEPS_EACH_NINE; step++) {
            final double nines = (double) step / STEPS_EACH_NINE;
            final double micros = merged.getValueAtPercentile(100 * (1 - Math.pow(10, -nines))) / 1e3;
            text.append(String.format(
                    Locale.ROOT, "%.1f,%.1f ", x(nines), y(Math.log10(Math.max(micros, 0.01)), low, high)));
        }
        text.append("\"/>");
    }

    private static double x(final double nines) {
        return LEFT + (WIDTH - LEFT - RIGHT) * nines / NINES;
    }

    private static double y(final double decade, final double low, final double high) {
        final double share = (decade - low) / Math.max(1, high - low);
        return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * Math.max(0, Math.min(1, share));
    }

    private static void table(final StringBuilder text, final CellResults cell) {
        text.append("<table><tr><th>subject</th><th>runs</th>");
        for (final double percentile : CellResults.PERCENTILES) {
            text.append("<th>").append(CellResults.percentileName(percentile)).append(" us</th>");
        }
        text.append("<th>p50 ratio</th><th>p99 ratio</th><th>B/msg</th>");
        text.append(cell.hasBursts() ? "<th>drain us</th><th>longest</th></tr>\n" : "</tr>\n");
        for (final String subject : cell.subjects()) {
            text.append("<tr><td>").append(escaped(subject)).append("</td><td>").append(cell.delivered(subject));
            text.append('/').append(cell.runs(subject).size()).append("</td>");
            for (final double percentile : CellResults.PERCENTILES) {
                text.append("<td>").append(Report.figure(cell.median(subject, percentile), "%.1f")).append("</td>");
            }
            for (final double percentile : new double[] {50, 99}) {
                final double ratio = cell.ratio(subject, Subjects.CHAIN, percentile).median();
                text.append("<td>").append(Report.figure(ratio, "%.2f")).append("</td>");
            }
            text.append("<td>").append(Report.figure(cell.bytesPerMessage(subject), "%.2f")).append("</td>");
            if (cell.hasBursts()) {
                for (final double percentile : new double[] {50, 100}) {
                    text.append("<td>").append(Report.figure(cell.drain(subject, percentile), "%.1f"));
                    text.append("</td>");
                }
            }
            text.append("</tr>\n");
        }
        text.append("</table>\n");
    }

    private static String escaped(final String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
