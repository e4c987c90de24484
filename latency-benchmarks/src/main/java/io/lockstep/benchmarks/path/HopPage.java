package io.lockstep.benchmarks.path;

import java.util.Locale;
import org.HdrHistogram.Histogram;

/** One page that holds everything it shows: a bar of each subject's way, the tables, the cost, the environment. */
final class HopPage {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 34;
    private static final String[] COLOURS = {
        "#bab0ac", "#4e79a7", "#edc948", "#76b7b2", "#f28e2b", "#59a14f", "#b07aa1", "#e15759", "#9c755f"
    };

    private final HopReport report;

    HopPage(final HopReport report) {
        this.report = report;
    }

    String text() {
        final StringBuilder text = new StringBuilder("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<title>Lockstep: hop by hop</title><style>"
                + "body{font:15px/1.45 system-ui,sans-serif;margin:2em auto;max-width:60em;color:#222}"
                + "table{border-collapse:collapse;margin:1em 0}td,th{padding:.2em .8em;text-align:right;"
                + "border-bottom:1px solid #ddd}td:first-child,th:first-child{text-align:left}"
                + "i{display:inline-block;width:.8em;height:.8em;margin-right:.4em}"
                + "dt{font-weight:600;float:left;width:11em}dd{margin-left:12em;overflow-wrap:anywhere}"
                + "</style></head><body><h1>Hop by hop</h1>"
                + "<p>From the time a message was meant to be sent to its release. Percentiles of legs do not add up;"
                + " the bars show the parts of the whole for commands around the median, and below them for the"
                + " slowest one in a hundred.</p>");
        for (final HopResults cell : report.results()) {
            for (final String subject : cell.subjects()) {
                text.append("<h2>").append(escaped(cell.cell() + ", " + subject)).append("</h2>\n");
                bar(text, cell.table(subject), false);
                bar(text, cell.table(subject), true);
                table(text, cell.table(subject));
                cost(text, cell, subject);
            }
        }
        text.append("<h2>Environment</h2><dl>");
        report.environment().facts().forEach((name, value) -> text.append("<dt>")
                .append(escaped(name))
                .append("</dt><dd>")
                .append(escaped(value))
                .append("</dd>"));
        return text.append("</dl></body></html>\n").toString();
    }

    private static void bar(final StringBuilder text, final HopTable table, final boolean isTail) {
        text.append(String.format(Locale.ROOT, "<svg width=\"%d\" height=\"%d\" role=\"img\">", WIDTH, HEIGHT));
        double x = 0;
        int number = 0;
        for (final Leg leg : Leg.values()) {
            if (leg.isOnWay()) {
                final double share = isTail ? table.shareOfTail(leg) : table.shareOfMiddle(leg);
                final double width = Double.isNaN(share) ? 0 : share * WIDTH;
                text.append(String.format(
                        Locale.ROOT,
                        "<rect x=\"%.1f\" y=\"2\" width=\"%.1f\" height=\"%d\" fill=\"%s\"><title>%s %s</title></rect>",
                        x,
                        width,
                        HEIGHT - 4,
                        COLOURS[number++],
                        escaped(leg.label()),
                        HopReport.percent(share)));
                x += width;
            }
        }
        text.append("</svg>\n");
    }

    private static void table(final StringBuilder text, final HopTable table) {
        text.append("<table><tr><th>leg</th><th>p50 us</th><th>p99 us</th><th>max us</th>"
                + "<th>around p50</th><th>beyond p99</th></tr>\n");
        int number = 0;
        for (final Leg leg : Leg.values()) {
            final String colour = leg.isOnWay() ? COLOURS[number++] : "transparent";
            final Histogram times = table.times(leg);
            if (times.getTotalCount() > 0) {
                text.append(String.format(
                        Locale.ROOT,
                        "<tr><td><i style=\"background:%s\"></i>%s</td><td>%.2f</td><td>%.2f</td><td>%.1f</td>"
                                + "<td>%s</td><td>%s</td></tr>%n",
                        colour,
                        escaped(leg.label()),
                        HopReport.micros(times, 50),
                        HopReport.micros(times, 99),
                        HopReport.micros(times, 100),
                        HopReport.percent(table.shareOfMiddle(leg)),
                        HopReport.percent(table.shareOfTail(leg))));
            }
        }
        text.append("</table>\n");
    }

    private static void cost(final StringBuilder text, final HopResults cell, final String subject) {
        text.append(String.format(
                Locale.ROOT,
                "<p>%d commands, %d with a time overwritten. With times taken, p50 is %s times as long, p99 %s.</p>%n",
                cell.table(subject).commands(),
                cell.table(subject).incomplete(),
                Report.figure(cell.cost(subject, 50).median(), "%.2f"),
                Report.figure(cell.cost(subject, 99).median(), "%.2f")));
    }

    private static String escaped(final String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
