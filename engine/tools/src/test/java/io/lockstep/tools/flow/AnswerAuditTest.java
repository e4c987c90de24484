package io.lockstep.tools.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class AnswerAuditTest {
    /** Answers no command: something everybody may know. */
    private static final long NONE = 0;

    private final AnswerAudit audit = new AnswerAudit();

    @Test
    void findsNothingInAPerfectFlow() {
        for (int command = 1; command <= 100; command++) {
            final long input = 10 + command * 2L;
            assertTrue(audit.onOutput(input, 0, command), "first answer to " + command);
            assertFalse(audit.onOutput(input, 1, command), "second output of " + command);
            assertFalse(audit.onOutput(input, 2, NONE), "news of " + command);
        }

        assertFound(100, 0, 0, 0);
    }

    @Test
    void entriesThatAnswerNothingOfThisSessionMayComeBetween() {
        audit.onOutput(5, 0, 1);
        audit.onOutput(6, 0, NONE);
        audit.onOutput(9, 0, 2);

        assertFound(2, 0, 0, 0);
    }

    @Test
    void countsEachCommandThatIsPassedOverAsLost() {
        audit.onOutput(5, 0, 1);
        audit.onOutput(8, 0, 4);
        audit.onOutput(9, 0, 5);

        assertFound(5, 2, 0, 0);
    }

    @Test
    void countsTheFirstCommandsAsLostToo() {
        audit.onOutput(5, 0, 3);

        assertFound(3, 2, 0, 0);
    }

    @Test
    void countsAnAnswerByAnotherEntryAsDoubled() {
        audit.onOutput(5, 0, 1);

        assertFalse(audit.onOutput(6, 0, 1));

        assertFound(1, 0, 1, 0);
    }

    @Test
    void countsAnAnswerToAnEarlierCommandAsDoubled() {
        audit.onOutput(5, 0, 1);
        audit.onOutput(6, 0, 2);

        assertFalse(audit.onOutput(7, 0, 1));

        assertFound(2, 0, 1, 0);
    }

    @Test
    void countsAnOutputReleasedTwiceAsOutOfOrder() {
        audit.onOutput(5, 0, 1);
        audit.onOutput(5, 0, 1);

        assertFound(1, 0, 0, 1);
    }

    @Test
    void countsOutputsOfOneEntryThatAreSwapped() {
        audit.onOutput(5, 1, 1);
        audit.onOutput(5, 0, 1);

        assertFound(1, 0, 0, 1);
    }

    @Test
    void countsOutputsOfTwoEntriesThatAreSwapped() {
        audit.onOutput(6, 0, NONE);
        audit.onOutput(5, 0, NONE);

        assertFound(0, 0, 0, 1);
    }

    @Test
    void seesTwoCommandsThatAreSwapped() {
        audit.onOutput(5, 0, 1);
        audit.onOutput(7, 0, 3);
        audit.onOutput(6, 0, 2);

        assertFound(3, 1, 1, 1);
    }

    private void assertFound(final long answered, final long lost, final long doubled, final long outOfOrder) {
        assertEquals(answered, audit.answered(), "answered");
        assertEquals(lost, audit.lost(), "lost");
        assertEquals(doubled, audit.doubled(), "doubled");
        assertEquals(outOfOrder, audit.outOfOrder(), "out of order");
    }
}
