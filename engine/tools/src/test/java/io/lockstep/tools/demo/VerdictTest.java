package io.lockstep.tools.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.archive.log.Fault;
import io.lockstep.tools.Json;
import io.lockstep.tools.log.LogState;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static final Map<Integer, Long> SAME = Map.of(1, 0xabcL, 2, 0xabcL);
    private static final LogState.Result REPLAY = replay(9, 0xabc, null);
    private static final String FLAWLESS = "VERDICT: flawless\n";
    private static final String FAILED = "VERDICT: FAILED\n";

    @Test
    void isFlawlessWhereNothingIsMissingAndTheStatesAreOne() {
        final Verdict verdict = verdict(9, 9, 9, 0, 0, 0, SAME, REPLAY, "");

        assertTrue(verdict.isFlawless());
        assertTrue(printed(verdict).endsWith(FLAWLESS), printed(verdict));
        assertFalse(printed(verdict).contains("PROBLEM"), printed(verdict));
        assertEquals(true, Json.object(verdict.json()).get("flawless"));
    }

    @Test
    void failsForEachThingThatIsWrong() {
        assertFailed(verdict(9, 8, 9, 0, 0, 0, SAME, REPLAY, ""), "sequenced 8");
        assertFailed(verdict(9, 9, 8, 0, 0, 0, SAME, REPLAY, ""), "answered 8");
        assertFailed(verdict(9, 9, 9, 1, 0, 0, SAME, REPLAY, ""), "lost 1");
        assertFailed(verdict(9, 9, 9, 0, 1, 0, SAME, REPLAY, ""), "doubled 1");
        assertFailed(verdict(9, 9, 9, 0, 0, 1, SAME, REPLAY, ""), "out of order 1");
        assertFailed(verdict(9, 9, 9, 0, 0, 0, SAME, REPLAY, "the sky fell"), "PROBLEM: the sky fell");
        assertFailed(
                verdict(9, 9, 9, 0, 0, 0, SAME, replay(8, 0xabc, null), ""),
                "PROBLEM: the log of archive 1 holds 8 commands");
    }

    @Test
    void failsWhereOneStateDiffers() {
        assertFailed(verdict(9, 9, 9, 0, 0, 0, Map.of(1, 0xabcL, 2, 0xabdL), REPLAY, ""), "the states differ");
        assertFailed(verdict(9, 9, 9, 0, 0, 0, Map.of(1, 0xabcL), REPLAY, ""), "the states differ");
        assertFailed(verdict(9, 9, 9, 0, 0, 0, SAME, replay(9, 0xabd, null), ""), "the states differ");
    }

    @Test
    void failsWhereTheLogIsDamaged() {
        final Fault fault = new Fault(Fault.Kind.DAMAGED, 0, "0-0.rec", 1, 7, 320, 320, "a bit is flipped");

        assertFailed(verdict(9, 9, 9, 0, 0, 0, SAME, replay(9, 0xabc, fault), ""), "the log is damaged: DAMAGED");
    }

    @Test
    void writesWhatItHoldsForMachines() {
        final Map<String, Object> json =
                Json.object(verdict(9, 8, 7, 2, 1, 3, Map.of(1, 0xabcL, 2, -1L), REPLAY, "").json());

        assertEquals(false, json.get("flawless"));
        assertEquals(9L, json.get("sent"));
        assertEquals(8L, json.get("sequenced"));
        assertEquals(7L, json.get("answered"));
        assertEquals(2L, json.get("lost"));
        assertEquals(1L, json.get("doubled"));
        assertEquals(3L, json.get("outOfOrder"));
        assertEquals(4L, json.get("resends"));
        assertEquals(5L, json.get("droppedDatagrams"));
        assertEquals(2.5, json.get("durationSeconds"));
        assertEquals(3L, json.get("commandsPerSecond"));
        assertEquals(false, json.get("hashesEqual"));
        assertEquals("0000000000000abc", json.get("replica1StateHash"));
        assertEquals("ffffffffffffffff", json.get("replica2StateHash"));
        assertEquals("0000000000000abc", json.get("replayStateHash"));
        assertEquals(20L, json.get("replayEntries"));
    }

    @Test
    void tellsTheRampApartUnlessThereWasNothingElse() {
        final DemoLatency both = new DemoLatency(histogram(10, 20), histogram(500, 600, 700));
        final DemoLatency onlyRamp = new DemoLatency(histogram(), histogram(500));

        final Verdict verdict = new Verdict(9, 9, 9, 0, 0, 0, 0, 0, 1, both, SAME, 1, REPLAY, "");
        final Map<String, Object> json = Json.object(verdict.json());
        assertEquals(20.0, (double) ((Map<?, ?>) json.get("latencyMicroseconds")).get("max"), 0.1);
        assertEquals(700.0, (double) ((Map<?, ?>) json.get("rampLatencyMicroseconds")).get("max"), 0.5);
        assertEquals(3L, json.get("rampCommands"));
        final String text = printed(verdict);
        assertTrue(text.contains("max 20.0 us\n(not counting a ramp of 3 commands: p50 600"), text);

        final Verdict ramp = new Verdict(9, 9, 9, 0, 0, 0, 0, 0, 1, onlyRamp, SAME, 1, REPLAY, "");
        assertTrue(printed(ramp).contains("max 500") && !printed(ramp).contains("a ramp"), printed(ramp));
    }

    @Test
    void aRunThatNeverBeganIsNoFaultOfArithmetic() {
        final LogState.Result nothing = new LogState.Result(0, 0, 0, 0, 0, 0, null);
        final Verdict verdict = new Verdict(0, 0, 0, 0, 0, 0, 0, 0, 0, latency(), Map.of(), 1, nothing, "no end");

        assertFailed(verdict, "PROBLEM: no end");
        assertEquals(0L, Json.object(verdict.json()).get("commandsPerSecond"));
    }

    private static void assertFailed(final Verdict verdict, final String told) {
        assertFalse(verdict.isFlawless(), verdict.toString());
        assertTrue(printed(verdict).contains(told), told + " is not in: " + printed(verdict));
        assertTrue(printed(verdict).endsWith(FAILED), printed(verdict));
        assertEquals(false, Json.object(verdict.json()).get("flawless"));
    }

    private static String printed(final Verdict verdict) {
        final StringWriter text = new StringWriter();
        verdict.print(new PrintWriter(text));
        return text.toString();
    }

    private static LogState.Result replay(final long commands, final long stateHash, final Fault fault) {
        return new LogState.Result(1, 20, 20, commands, stateHash, 1_000, fault);
    }

    private static Verdict verdict(
            final long sent,
            final long sequenced,
            final long answered,
            final long lost,
            final long doubled,
            final long outOfOrder,
            final Map<Integer, Long> hashes,
            final LogState.Result replay,
            final String problem) {
        return new Verdict(
                sent,
                sequenced,
                answered,
                lost,
                doubled,
                outOfOrder,
                4,
                5,
                2_500_000_000L,
                latency(),
                hashes,
                1,
                replay,
                problem);
    }

    private static DemoLatency latency() {
        return new DemoLatency();
    }

    private static Histogram histogram(final long... micros) {
        final Histogram histogram = new Histogram(3);
        for (final long value : micros) {
            histogram.recordValue(value * 1_000);
        }
        return histogram;
    }
}
