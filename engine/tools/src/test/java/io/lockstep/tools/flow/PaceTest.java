package io.lockstep.tools.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long SECOND_NS = 1_000_000_000;

    @Test
    void aSteadyPaceIsTheRateFromTheFirstCommandOn() {
        final Pace pace = Pace.of(10_000);

        assertEquals(0, pace.dueNs(0));
        assertEquals(SECOND_NS, pace.dueNs(10_000));
        assertFalse(pace.isRamp(0));
        assertFalse(pace.isMax());
    }

    @Test
    void aRampSendsHalfOfWhatTheRateWouldAndGoesOnAtTheRate() {
        final Pace pace = Pace.ramped(10_000, 2);

        assertTrue(pace.isRamp(9_999));
        assertFalse(pace.isRamp(10_000));
        assertEquals(2 * SECOND_NS, pace.dueNs(10_000));
        assertEquals(3 * SECOND_NS, pace.dueNs(20_000));
        assertEquals(SECOND_NS, pace.dueNs(2_500), "a quarter of the ramp's commands in the first half of its time");
        for (int i = 1; i < 30_000; i++) {
            assertTrue(pace.dueNs(i) > pace.dueNs(i - 1), "command " + i + " is due after the one before");
        }
    }

    @Test
    void noRateIsAsFastAsCanBe() {
        assertTrue(Pace.ramped(0, 5).isMax());
        assertFalse(Pace.ramped(0, 5).isRamp(0));
    }
}
