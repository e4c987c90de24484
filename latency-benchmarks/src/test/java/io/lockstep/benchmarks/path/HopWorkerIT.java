package io.lockstep.benchmarks.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lockstep under a small load with its hops taken; how long each takes is not asked here. */
class HopWorkerIT {
    @ParameterizedTest
    @CsvSource({"lockstep-sight, 26200, 239.71.191.1", "lockstep-quorum-3-2r, 26300, 239.71.192.1"})
    void findsTheHopsOfEveryCommand(final String subject, final int port, final String group) throws IOException {
        final RunRequest request = RunRequest.parse("subject=" + subject
                + " load=constant:2000 length=64 layout=fused idle=backoff loss=0 warmUp=0.2 seconds=0.3");
        final HopWorker worker = new HopWorker(port, group);

        final HopRun run = HopRun.parse(worker.run(request, true).toString());

        assertEquals(0, run.table().incomplete());
        assertEquals(600, run.table().commands());
        assertEquals(600, run.result().latency().getTotalCount());
        final long whole = run.table().times(Leg.WHOLE).getValueAtPercentile(50);
        final long latency = run.result().latency().getValueAtPercentile(50);
        assertTrue(Math.abs(latency - whole) < latency / 10, "latency " + latency + " but hops make " + whole);
        assertEquals(0, worker.run(request, false).table().commands());

        final HopResults results = new HopResults(new Cell(request.load(), 64));
        results.add(subject, true, run);
        final List<String> labels = new ArrayList<>();
        for (final Leg leg : Leg.values()) {
            if (run.table().times(leg).getTotalCount() > 0) {
                labels.add(leg.label());
            }
        }
        final HopReport report = new HopReport(Environment.look("test"), List.of(results));
        assertEquals(subject.contains("quorum") ? 12 : 11, labels.size());
        labels.forEach(label -> assertTrue(report.text().contains(label), label));
        labels.forEach(label -> assertTrue(new HopPage(report).text().contains(label), label));
        assertTrue(report.json().contains("\"leg\": \"ACKNOWLEDGE\""), report.json());
    }
}
