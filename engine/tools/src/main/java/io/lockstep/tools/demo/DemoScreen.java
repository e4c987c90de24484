package io.lockstep.tools.demo;

import io.lockstep.codecs.exchange.Side;
import io.lockstep.node.agent.ClusterBoard;
import io.lockstep.tools.flow.FlowProgram;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Shows a system at work: redrawn in place on a terminal, a line a second anywhere else. */
final class DemoScreen {
    private static final long DRAW_INTERVAL_NS = 200_000_000;
    private static final long LINE_INTERVAL_NS = 1_000_000_000;
    private static final int BAR_WIDTH = 40;
    private static final int LADDER_LEVELS = 5;
    private static final double TICKS_PER_UNIT = 10_000;
    private static final String ESCAPE = "\u001b[";

    private final PrintWriter out;
    private final FlowProgram program;
    private final ClusterBoard board;
    private final TopOfBook top;
    private final DemoLatency latency;
    private final long total;
    private final boolean isTerminal = Terminal.isThere();
    private long nextNs;
    private long lastNs = System.nanoTime();
    private long lastAnswered;
    private int drawnLines;

    DemoScreen(
            final PrintWriter out,
            final FlowProgram program,
            final ClusterBoard board,
            final TopOfBook top,
            final DemoLatency latency,
            final long total) {
        this.out = out;
        this.program = program;
        this.board = board;
        this.top = top;
        this.latency = latency;
        this.total = total;
    }

    /** Called often; draws when it is time. */
    void show() {
        final long now = System.nanoTime();
        if (now - nextNs < 0) {
            return;
        }
        nextNs = now + (isTerminal ? DRAW_INTERVAL_NS : LINE_INTERVAL_NS);
        latency.take(program);
        final long answered = program.answered();
        final double rate = (answered - lastAnswered) * 1e9 / Math.max(1, now - lastNs);
        lastAnswered = answered;
        lastNs = now;
        if (isTerminal) {
            draw(answered, rate);
        } else {
            line(answered, rate);
        }
    }

    /** The last look at the finished run. */
    void end() {
        nextNs = System.nanoTime();
        show();
    }

    private void line(final long answered, final double rate) {
        out.printf(
                Locale.ROOT,
                "%3.0f%% %d/%d answered, %.0f/s, p50 %s p99 %s p99.9 %s max %s, replicas%s, archived %s%n",
                percent(answered),
                answered,
                total,
                rate,
                micros(50),
                micros(99),
                micros(99.9),
                micros(100),
                replicas(),
                archived());
        out.flush();
    }

    private void draw(final long answered, final double rate) {
        final StringBuilder frame = new StringBuilder();
        if (drawnLines > 0) {
            frame.append(ESCAPE).append(drawnLines).append('A');
        }
        final int filled = (int) (BAR_WIDTH * percent(answered) / 100);
        add(frame, String.format(
                Locale.ROOT,
                "[%s%s] %3.0f%%  %,d of %,d  %,.0f/s",
                "#".repeat(filled),
                "-".repeat(BAR_WIDTH - filled),
                percent(answered),
                answered,
                total,
                rate));
        add(
                frame,
                "command -> release  p50 " + micros(50) + "  p99 " + micros(99) + "  p99.9 " + micros(99.9)
                        + "  max " + micros(100));
        add(frame, "replicas" + replicas() + "   archived " + archived() + "   fills " + top.fills());
        final List<TopOfBook.Level> bids = top.best(Side.BUY, LADDER_LEVELS);
        final List<TopOfBook.Level> asks = top.best(Side.SELL, LADDER_LEVELS);
        add(frame, String.format(Locale.ROOT, "%12s %10s | %-10s %-12s", "lots", "bid", "ask", "lots"));
        for (int i = 0; i < LADDER_LEVELS; i++) {
            add(frame, String.format(
                    Locale.ROOT, "%23s | %-23s", bid(bids, i), ask(asks, i)));
        }
        drawnLines = (int) frame.chars().filter(c -> c == '\n').count();
        out.print(frame);
        out.flush();
    }

    private static void add(final StringBuilder frame, final String text) {
        frame.append(text).append(ESCAPE).append("K\n");
    }

    private static String bid(final List<TopOfBook.Level> levels, final int index) {
        return index >= levels.size()
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%12d %10.2f",
                        levels.get(index).lots(),
                        levels.get(index).priceTicks() / TICKS_PER_UNIT);
    }

    private static String ask(final List<TopOfBook.Level> levels, final int index) {
        return index >= levels.size()
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%-10.2f %-12d",
                        levels.get(index).priceTicks() / TICKS_PER_UNIT,
                        levels.get(index).lots());
    }

    private double percent(final long answered) {
        return total == 0 ? 100 : Math.min(100.0, answered * 100.0 / total);
    }

    private String micros(final double percentile) {
        return String.format(Locale.ROOT, "%.1fus", latency.measured().getValueAtPercentile(percentile) / 1e3);
    }

    private String replicas() {
        final StringBuilder text = new StringBuilder();
        final long committed = program.commitSequence();
        for (final Map.Entry<Integer, ClusterBoard.ReplicaPlace> entry :
                new TreeMap<>(board.replicas()).entrySet()) {
            final ClusterBoard.ReplicaPlace place = entry.getValue();
            text.append(' ')
                    .append(entry.getKey())
                    .append(":(")
                    .append(place.epoch())
                    .append(',')
                    .append(place.sequence())
                    .append(") lag ")
                    .append(Math.max(0, committed - place.sequence()));
        }
        return text.toString();
    }

    private String archived() {
        long most = 0;
        for (final ClusterBoard.ArchivePlace place : board.archives().values()) {
            most = Math.max(most, place.recordedPosition());
        }
        return String.format(Locale.ROOT, "%.1f MiB x %d", most / 1048576.0, board.archives().size());
    }
}
