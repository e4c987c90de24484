package io.lockstep.core.epoch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.codecs.protocol.MessageHeaderDecoder;
import io.lockstep.codecs.protocol.SealedDecoder;
import io.lockstep.core.fixture.Messages;
import org.junit.jupiter.api.Test;

class SealRoundTest {
    private static final long CANDIDATE = 41;

    private final Messages messages = new Messages();
    private final SealRound round = new SealRound(CANDIDATE, ArchiveSet.of(1, 2, 3));

    @Test
    void anEmptyLogEndsBeforeGenesis() {
        sealed(1, CANDIDATE, 0, 0, 0);
        assertFalse(round.isDecided());
        sealed(2, CANDIDATE, 0, 0, 0);

        assertTrue(round.isDecided());
        assertFalse(round.isComplete());
        assertEquals(LogEnd.GENESIS, round.end());
        assertEquals(-1, round.holder());
    }

    @Test
    void endsAtTheLargestPosition() {
        sealed(1, CANDIDATE, 3, 640, 20);
        sealed(3, CANDIDATE, 3, 704, 22);

        assertTrue(round.isDecided());
        assertEquals(new LogEnd(3, 704, 22, 22_000), round.end());
        assertEquals(3, round.holder());
    }

    @Test
    void ahigherEpochBeatsALargerPosition() {
        sealed(1, CANDIDATE, 3, 64_000, 200);
        sealed(2, CANDIDATE, 4, 96, 180);

        assertEquals(new LogEnd(4, 96, 180, 180_000), round.end());
        assertEquals(2, round.holder());
    }

    @Test
    void countsEachArchiveOnceAndOnlyItsOwn() {
        sealed(1, CANDIDATE, 3, 640, 20);
        sealed(1, CANDIDATE, 3, 704, 22);
        sealed(9, CANDIDATE, 3, 704, 22);
        sealed(2, CANDIDATE + 1, 3, 704, 22);

        assertFalse(round.isDecided());
        assertEquals(640, round.end().position());
    }

    @Test
    void isCompleteWhenAllHaveAnswered() {
        sealed(1, CANDIDATE, 3, 640, 20);
        sealed(2, CANDIDATE, 2, 640, 10);
        sealed(3, CANDIDATE, 3, 640, 20);

        assertTrue(round.isComplete());
        assertEquals(1, round.holder());
    }

    @Test
    void nonsenseEndsNothing() {
        sealed(1, CANDIDATE, -1, Long.MAX_VALUE, 7);
        sealed(2, CANDIDATE, 0, -5, 7);

        assertEquals(LogEnd.GENESIS, round.end());
    }

    private void sealed(
            final int archive, final long candidate, final long epoch, final long position, final long sequence) {
        round.onSealed(new SealedDecoder()
                .wrapAndApplyHeader(
                        messages.sealed(archive, candidate, epoch, position, sequence), 0, new MessageHeaderDecoder()));
    }
}
