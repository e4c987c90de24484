package io.lockstep.benchmarks.path;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the rounds of one load gave: for each subject its hops, and its latency with and without taking their times. */
final class HopResults {
    private static final String TRACED = " with times";

    private final CellResults latencies;
    private final Map<String, HopTable> tables = new LinkedHashMap<>();

    HopResults(final Cell cell) {
        this.latencies = new CellResults(cell);
    }

    Cell cell() {
        return latencies.cell();
    }

    void add(final String subject, final boolean isTraced, final HopRun run) {
        latencies.add(isTraced ? subject + TRACED : subject, run.result());
        if (isTraced && run.result().isDelivered()) {
            tables.computeIfAbsent(subject, name -> new HopTable()).add(run.table());
        }
    }

    /** Those with a table. */
    List<String> subjects() {
        return new ArrayList<>(tables.keySet());
    }

    HopTable table(final String subject) {
        return tables.get(subject);
    }

    /** Median over the delivered rounds, in microseconds; not a number if no round was delivered. */
    double median(final String subject, final boolean isTraced, final double percentile) {
        return latencies.median(isTraced ? subject + TRACED : subject, percentile);
    }

    /** What taking times costs: latency with them to latency without, of the same rounds. */
    CellResults.Ratio cost(final String subject, final double percentile) {
        return latencies.ratio(subject + TRACED, subject, percentile);
    }
}
