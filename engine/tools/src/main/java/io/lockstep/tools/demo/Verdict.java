package io.lockstep.tools.demo;

import io.lockstep.core.logic.StateMachine;
import io.lockstep.matching.ExchangeStateMachine;
import io.lockstep.matching.MatchingContext;
import io.lockstep.node.agent.ClusterBoard;
import io.lockstep.tools.flow.FlowEnd;
import io.lockstep.tools.flow.FlowProgram;
import io.lockstep.tools.flow.Flows;
import io.lockstep.tools.log.LogState;
import io.lockstep.tools.system.LocalSystem;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * What a demo came to: every command answered once and in order, and the same state on both replicas and in a third
 * that was rebuilt from an archive's log.
 *
 * @param sent commands sent
 * @param sequenced commands seen in the log
 * @param answered commands answered
 * @param lost commands without an answer
 * @param doubled commands answered, or standing in the log, twice
 * @param outOfOrder outputs released out of order
 * @param resends commands sent again because they were not seen in the log
 * @param droppedDatagrams on purpose, in this process
 * @param durationNs from the opening of the session to its end
 * @param latency from intended send to release
 * @param replicaHashes of each replica, by its id
 * @param archive whose log was replayed
 * @param replay of that log
 * @param problem what else went wrong, or empty
 */
record Verdict(
        long sent,
        long sequenced,
        long answered,
        long lost,
        long doubled,
        long outOfOrder,
        long resends,
        long droppedDatagrams,
        long durationNs,
        DemoLatency latency,
        Map<Integer, Long> replicaHashes,
        int archive,
        LogState.Result replay,
        String problem) {
    private static final double[] PERCENTILES = {50, 90, 99, 99.9, 99.99, 100};

    static Verdict of(
            final FlowProgram program,
            final FlowEnd end,
            final boolean settled,
            final ClusterBoard board,
            final DemoLatency latency,
            final Path directory,
            final long droppedDatagrams) {
        // A quorum holds the end, and one archive may have been behind when everything was stopped.
        int archive = 1;
        LogState.Result replay = replay(directory, archive);
        while (end != null && replay.fault() == null && replay.sequence() < end.sequence()
                && archive < LocalSystem.ARCHIVES) {
            replay = replay(directory, ++archive);
        }
        final Map<Integer, Long> hashes = new TreeMap<>();
        board.replicas().forEach((id, place) -> hashes.put(id, place.stateHash()));
        if (end == null) {
            return new Verdict(
                    program.sent(),
                    replay.commands(),
                    program.answered(),
                    program.sent() - program.answered(),
                    0,
                    0,
                    0,
                    droppedDatagrams,
                    0,
                    latency,
                    hashes,
                    archive,
                    replay,
                    "the flow did not come to its end");
        }
        final long twiceInLog = Math.max(0, replay.commands() - end.sent());
        return new Verdict(
                end.sent(),
                end.sequenced(),
                end.answered(),
                end.lost(),
                end.doubled() + twiceInLog,
                end.outOfOrder(),
                end.resends(),
                droppedDatagrams,
                end.durationNs(),
                latency,
                hashes,
                archive,
                replay,
                settled ? "" : "the replicas did not come to the end of the log");
    }

    private static LogState.Result replay(final Path directory, final int archive) {
        final StateMachine fresh = new ExchangeStateMachine(new MatchingContext().symbol(Flows.SYMBOL));
        return LogState.replay(directory.resolve("archive-" + archive), fresh, Long.MAX_VALUE);
    }

    boolean hashesEqual() {
        return replicaHashes.size() == LocalSystem.REPLICAS
                && replay.fault() == null
                && replicaHashes.values().stream().allMatch(hash -> hash == replay.stateHash());
    }

    boolean isFlawless() {
        return problem.isEmpty()
                && sequenced == sent
                && answered == sent
                && lost == 0
                && doubled == 0
                && outOfOrder == 0
                && replay.commands() == sent
                && hashesEqual();
    }

    double rate() {
        return durationNs == 0 ? 0 : answered * 1e9 / durationNs;
    }

    void print(final PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%nsent %d  sequenced %d  answered %d  lost %d  doubled %d  out of order %d%n",
                sent,
                sequenced,
                answered,
                lost,
                doubled,
                outOfOrder);
        out.printf(
                Locale.ROOT,
                "%.2f s, %.0f commands/s, %d sent again, %d datagrams dropped on purpose%n",
                durationNs / 1e9,
                rate(),
                resends,
                droppedDatagrams);
        final Histogram measured = latency.measured();
        out.printf(
                Locale.ROOT,
                "command -> release: p50 %.1f us, p99 %.1f us, p99.9 %.1f us, max %.1f us%s%n",
                measured.getValueAtPercentile(50) / 1e3,
                measured.getValueAtPercentile(99) / 1e3,
                measured.getValueAtPercentile(99.9) / 1e3,
                measured.getMaxValue() / 1e3,
                rampText());
        replicaHashes.forEach((id, hash) -> out.printf(Locale.ROOT, "replica %d       %016x%n", id, hash));
        out.printf(
                Locale.ROOT,
                "from archive %d  %016x  (%d entries replayed, %.0f/s)%n",
                archive,
                replay.stateHash(),
                replay.entries(),
                replay.rate());
        for (final String problemLine : problems()) {
            out.println("PROBLEM: " + problemLine);
        }
        out.println(isFlawless() ? "VERDICT: flawless" : "VERDICT: FAILED");
        out.flush();
    }

    String json() {
        final StringBuilder text = new StringBuilder("{\n");
        field(text, "flawless", Boolean.toString(isFlawless()));
        field(text, "sent", Long.toString(sent));
        field(text, "sequenced", Long.toString(sequenced));
        field(text, "answered", Long.toString(answered));
        field(text, "lost", Long.toString(lost));
        field(text, "doubled", Long.toString(doubled));
        field(text, "outOfOrder", Long.toString(outOfOrder));
        field(text, "resends", Long.toString(resends));
        field(text, "droppedDatagrams", Long.toString(droppedDatagrams));
        field(text, "durationSeconds", String.format(Locale.ROOT, "%.6f", durationNs / 1e9));
        field(text, "commandsPerSecond", String.format(Locale.ROOT, "%.0f", rate()));
        field(text, "hashesEqual", Boolean.toString(hashesEqual()));
        replicaHashes.forEach((id, hash) ->
                field(text, "replica" + id + "StateHash", String.format(Locale.ROOT, "\"%016x\"", hash)));
        field(text, "replayStateHash", String.format(Locale.ROOT, "\"%016x\"", replay.stateHash()));
        field(text, "replayEntries", Long.toString(replay.entries()));
        field(text, "rampCommands", Long.toString(latency.ramp().getTotalCount()));
        field(text, "rampLatencyMicroseconds", percentiles(latency.ramp()));
        text.append("  \"latencyMicroseconds\": ").append(percentiles(latency.measured()));
        return text.append("\n}\n").toString();
    }

    /** During the ramp the virtual machine compiles; whoever wants those times too finds them here. */
    private String rampText() {
        final Histogram ramp = latency.ramp();
        return ramp.getTotalCount() == 0 || !latency.isSteady()
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%n(not counting a ramp of %d commands: p50 %.1f us, max %.1f us)",
                        ramp.getTotalCount(),
                        ramp.getValueAtPercentile(50) / 1e3,
                        ramp.getMaxValue() / 1e3);
    }

    private static String percentiles(final Histogram histogram) {
        final StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < PERCENTILES.length; i++) {
            final String name = PERCENTILES[i] == 100 ? "max" : "p" + trimmed(PERCENTILES[i]);
            text.append(String.format(
                    Locale.ROOT,
                    "%s\"%s\": %.1f",
                    i == 0 ? "" : ", ",
                    name,
                    histogram.getValueAtPercentile(PERCENTILES[i]) / 1e3));
        }
        return text.append('}').toString();
    }

    private List<String> problems() {
        final List<String> problems = new ArrayList<>();
        if (!problem.isEmpty()) {
            problems.add(problem);
        }
        if (replay.fault() != null) {
            problems.add("the log is damaged: " + replay.fault());
        }
        if (replay.commands() != sent) {
            problems.add("the log of archive " + archive + " holds " + replay.commands() + " commands");
        }
        if (!hashesEqual()) {
            problems.add("the states differ");
        }
        return problems;
    }

    private static String trimmed(final double percentile) {
        return percentile == Math.rint(percentile) ? Long.toString((long) percentile) : Double.toString(percentile);
    }

    private static void field(final StringBuilder text, final String name, final String value) {
        text.append("  \"").append(name).append("\": ").append(value).append(",\n");
    }
}
