package io.lockstep.tools.flow;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.core.client.SessionEnd;
import org.junit.jupiter.api.Test;

class FlowEndTest {
    @Test
    void isFlawlessOnlyIfEachCommandWasAnsweredOnceAndInOrder() {
        assertTrue(end(SessionEnd.CLOSED, 9, 9, 9, 0, 0, 0).isFlawless());
        assertTrue(end(SessionEnd.CLOSED, 0, 0, 0, 0, 0, 0).isFlawless());

        assertFalse(end(SessionEnd.FENCED, 9, 9, 9, 0, 0, 0).isFlawless(), "taken over");
        assertFalse(end(SessionEnd.CLOSED, 9, 8, 9, 0, 0, 0).isFlawless(), "not sequenced");
        assertFalse(end(SessionEnd.CLOSED, 9, 9, 8, 0, 0, 0).isFlawless(), "not answered");
        assertFalse(end(SessionEnd.CLOSED, 9, 9, 9, 1, 0, 0).isFlawless(), "lost");
        assertFalse(end(SessionEnd.CLOSED, 9, 9, 9, 0, 1, 0).isFlawless(), "doubled");
        assertFalse(end(SessionEnd.CLOSED, 9, 9, 9, 0, 0, 1).isFlawless(), "out of order");
    }

    private static FlowEnd end(
            final SessionEnd reason,
            final long sent,
            final long sequenced,
            final long answered,
            final long lost,
            final long doubled,
            final long outOfOrder) {
        return new FlowEnd(reason, sent, sequenced, answered, lost, doubled, outOfOrder, 3, 50, 1_000);
    }
}
