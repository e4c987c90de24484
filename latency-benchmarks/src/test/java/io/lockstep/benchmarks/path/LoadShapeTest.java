package io.lockstep.benchmarks.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadShapeTest {
    private static final long SECOND_NS = 1_000_000_000;

    @Test
    void aConstantRateIsMeasuredAfterItsWarmUp() {
        final LoadShape shape = LoadShape.constant(10_000, 2, 3);

        assertEquals(15_000, shape.measuredFrom(), "half a ramp's worth and a second at the rate");
        assertEquals(45_000, shape.count());
        assertEquals(2 * SECOND_NS, shape.dueNs(15_000));
        assertEquals(100_000, shape.dueNs(20_001) - shape.dueNs(20_000));
        for (int i = 1; i < shape.count(); i++) {
            assertTrue(shape.dueNs(i) > shape.dueNs(i - 1), "message " + i);
        }
    }

    @Test
    void burstsAreDueAtOnceAndAtIntervals() {
        final LoadShape shape = LoadShape.bursts(422, 500, 1, 2);

        assertEquals(6 * 422, shape.count());
        assertEquals(2 * 422, shape.measuredFrom());
        assertEquals(SECOND_NS, shape.dueNs(2 * 422));
        assertEquals(SECOND_NS, shape.dueNs(3 * 422 - 1));
        assertEquals(3 * SECOND_NS / 2, shape.dueNs(3 * 422));
    }

    @Test
    void recordedTimesAreSpedUpAndCutOff() {
        final long[] times = {5 * SECOND_NS, 6 * SECOND_NS, 9 * SECOND_NS, 60 * SECOND_NS};

        final LoadShape shape = LoadShape.recorded("recorded", times, 10, 1, 2);

        assertEquals(10_000, shape.measuredFrom());
        assertEquals(10_003, shape.count());
        assertEquals(SECOND_NS + SECOND_NS / 10, shape.dueNs(10_001));
        assertEquals(SECOND_NS + 4 * SECOND_NS / 10, shape.dueNs(10_002));
    }

    @Test
    void theBusiestStretchOfARecordIsMeasured() {
        final long[] times = {0, SECOND_NS, 30 * SECOND_NS, 31 * SECOND_NS, 32 * SECOND_NS, 50 * SECOND_NS};

        final LoadShape shape = LoadShape.recorded("recorded", times, 10, 0, 0.5);

        assertEquals(3, shape.count(), "of the five seconds from the thirtieth on");
        assertEquals(SECOND_NS / 5, shape.dueNs(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"constant:50000", "bursts:422x500", "recorded:10"})
    void aLoadIsReadAsItIsWritten(final String text) {
        assertEquals(text, LoadSpec.parse(text).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "constant", "constant:", "constant:0", "constant:x", "bursts:422", "bursts:1x0", "sine:3"})
    void whatIsNoLoadIsRefused(final String text) {
        final Exception refusal = assertThrows(IllegalArgumentException.class, () -> LoadSpec.parse(text));

        assertTrue(refusal.getMessage().contains("constant:RATE"), refusal.getMessage());
    }
}
