package io.lockstep.benchmarks.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.benchmarks.path.subject.Subjects;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class CellResultsTest {
    private final CellResults results = new CellResults(new Cell(LoadSpec.constant(10_000), 64));

    @Test
    void ratiosAreOfPairedRoundsAndTheMedianOfThem() {
        round(Subjects.CHAIN, 10, "a", 20);
        round(Subjects.CHAIN, 20, "a", 30);
        round(Subjects.CHAIN, 10, "a", 40);

        final CellResults.Ratio ratio = results.ratio("a", Subjects.CHAIN, 50);

        assertEquals(2, ratio.median(), 0.01);
        assertEquals(1.5, ratio.least(), 0.01);
        assertEquals(4, ratio.most(), 0.01);
        assertEquals(30, results.median("a", 50), 0.1);
    }

    @Test
    void aRoundThatWasNotDeliveredHasNoFigures() {
        round(Subjects.CHAIN, 10, "a", 20);
        results.add(Subjects.CHAIN, delivered(10));
        results.add("a", new RunResult(false, delivered(1).latency(), null, Garbage.UNKNOWN, "late"));

        assertEquals(1, results.delivered("a"));
        assertEquals(20, results.median("a", 50), 0.1);
        assertEquals(1, results.ratio("a", Subjects.CHAIN, 50).rounds());
        assertFalse(results.hasNothing());
        assertTrue(new CellResults(results.cell()).hasNothing());
    }

    @Test
    void aResultIsReadAsItIsWritten() {
        final RunResult read = RunResult.parse(delivered(17).toString());

        assertTrue(read.isDelivered());
        assertEquals(17, read.latency().getValueAtPercentile(50) / 1e3, 0.1);
        assertNull(read.drain());
        assertEquals(0.5, read.garbage().bytesPerMessage());
        assertEquals(Map.of("one", 300L, "two", 200L), read.garbage().bytesByThread());
        final RunResult failed = RunResult.parse(RunResult.failed("no\tway\nout").toString());
        assertFalse(failed.isDelivered());
        assertEquals("no way out", failed.text());
    }

    @Test
    void theReportNamesEverySubjectAndFigureAndIsWellFormed() {
        round(Subjects.CHAIN, 10, "a", 20);
        final Environment environment = Environment.look("scripts/bench \"x\"");
        final Report report = new Report(environment, List.of(results), Map.of(Subjects.CHAIN, 1_000, "a", 250));

        assertTrue(report.text().contains("2.00 (2.00-2.00)"), report.text());
        assertTrue(report.text().contains("250  0.25"), report.text());
        assertTrue(report.json().contains("\"name\": \"a\""), report.json());
        assertTrue(report.json().contains("\"a\": 250"), report.json());
        assertTrue(report.json().contains("\\\"x\\\""), report.json());
        final String page = new HtmlReport(environment, report).text();
        assertTrue(page.contains("<td>2.00</td>") && page.contains("&quot;x&quot;"), page);
        assertFalse(page.contains("NaN") || page.contains("http"), "a page for itself");
    }

    @Test
    void burstsSayHowLongTheyTookToDrain() {
        final CellResults bursts = new CellResults(new Cell(LoadSpec.parse("bursts:4x500"), 64));
        for (final int micros : new int[] {300, 500, 400}) {
            final RunResult result = delivered(20);
            final Histogram drain = new Histogram(3);
            drain.recordValue(micros * 1_000L);
            drain.recordValue(2_000 * 1_000L);
            bursts.add("a", RunResult.parse(
                    new RunResult(true, result.latency(), drain, result.garbage(), "").toString()));
        }

        assertEquals(400, bursts.drain("a", 50), 1);
        final Environment environment = Environment.look("x");
        final Report report = new Report(environment, List.of(bursts), Map.of());
        assertTrue(report.text().contains("0.50  400.1, 2000.9"), report.text());
        assertTrue(report.json().contains("{\"p50\": 400.127, \"max\": 2000.895}"), report.json());
        assertTrue(new HtmlReport(environment, report).text().contains("<td>400.1</td><td>2000.9</td>"));
        assertTrue(Double.isNaN(results.drain("a", 50)), "no bursts, no drain");
    }

    @Test
    void aLossHasItsOwnPlaceInTheTable() {
        final CellResults lossy = new CellResults(new Cell(LoadSpec.constant(10_000), 64, 0.1));
        lossy.add("a", delivered(20));
        final Report report = new Report(Environment.look("x"), List.of(lossy), Map.of());

        assertTrue(report.text().contains("constant:10000 64 B, 0.1 % loss on"), report.text());
        assertTrue(report.json().contains("\"lossPercent\": 0.1"), report.json());
        assertTrue(report.json().contains("\"bytesPerMessage\": 0.5"), report.json());
        assertTrue(report.json().contains("\"bytesByThread\": {\"one\": 300, \"two\": 200}"), report.json());
        assertTrue(report.text().contains("1000 messages: {one=300, two=200}"), report.text());
        final RunRequest request = new RunRequest("a", LoadSpec.constant(10_000), 64, 0.1, "fused", "yield", 1, 2);
        assertEquals(request, RunRequest.parse(request.toString()));
    }

    private void round(final String base, final long baseMicros, final String other, final long otherMicros) {
        results.add(base, delivered(baseMicros));
        results.add(other, delivered(otherMicros));
    }

    private static RunResult delivered(final long micros) {
        final Histogram histogram = new Histogram(3);
        histogram.recordValueWithCount(micros * 1_000, 100);
        return new RunResult(true, histogram, null, new Garbage(1_000, Map.of("one", 300L, "two", 200L)), "");
    }
}
