package io.lockstep.archive.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.codecs.AllocationMeter;
import io.lockstep.codecs.protocol.ArchiveState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AckPaceTest {
    private static final long SPACING_NS = 20_000;
    private static final long INTERVAL_NS = 10_000_000;

    private final AckPace pace = new AckPace(SPACING_NS, INTERVAL_NS);
    private final List<Long> said = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(longs = {0, 1_000_000_000, -1_000_000_000, Long.MAX_VALUE - 10})
    void theFirstGoesAtOnceAndTheNextWhenTheSpacingIsOver(final long start) {
        cycle(start, 96);
        cycle(start, 192);
        cycle(start + SPACING_NS - 1, 288);
        assertEquals(List.of(96L), said);

        cycle(start + SPACING_NS, 384);
        assertEquals(List.of(96L, 384L), said, "one ack stands for all that came meanwhile");
    }

    @Test
    void afterAPauseAPositionIsSaidAtOnce() {
        cycle(0, 96);
        cycle(5 * SPACING_NS, 96);
        cycle(5 * SPACING_NS + 1, 192);

        assertEquals(List.of(96L, 192L), said);
    }

    @Test
    void theNewestPositionIsSaidInTheEndHoweverFastTheyCame() {
        long now = 0;
        for (long position = 96; position <= 96 * 1_000; position += 96) {
            cycle(now, position);
            now += 1_000;
        }
        assertEquals(1_000 / 20, said.size(), "one in each spacing");

        for (int i = 0; i < 20; i++) {
            cycle(now, 96_000);
            now += 1_000;
        }
        assertEquals(96_000, said.get(said.size() - 1));
        assertEquals(51, said.size(), "and once");
    }

    @Test
    void anotherStateIsSaidAtOnce() {
        cycle(0, 96);
        assertTrue(pace.isDue(1, 96, ArchiveState.STALLED), "though the position is the same");
        pace.sent(1, 96, ArchiveState.STALLED);

        assertFalse(pace.isDue(2, 96, ArchiveState.STALLED));
        assertTrue(pace.isDue(2, 96, ArchiveState.RECORDING));
    }

    @Test
    void whatIsKnownIsRepeatedNowAndThen() {
        cycle(0, 96);
        cycle(INTERVAL_NS - 1, 96);
        assertEquals(List.of(96L), said);

        cycle(INTERVAL_NS, 96);
        cycle(INTERVAL_NS + 1, 96);
        cycle(2 * INTERVAL_NS, 96);
        assertEquals(List.of(96L, 96L, 96L), said);
    }

    @Test
    void anotherEpochBeginsAtOnce() {
        cycle(0, 96);
        pace.begin();
        assertEquals(0, pace.position());

        cycle(1, 32);
        cycle(2, 64);
        assertEquals(List.of(96L, 32L), said);
    }

    @Test
    void anAckThatCouldNotBeSentIsStillDue() {
        assertTrue(pace.isDue(0, 96, ArchiveState.RECORDING));
        assertTrue(pace.isDue(1, 192, ArchiveState.RECORDING));
    }

    @Test
    void withoutSpacingEveryCycleMaySayAnother() {
        final AckPace every = new AckPace(0, INTERVAL_NS);
        every.sent(5, 96, ArchiveState.RECORDING);

        assertTrue(every.isDue(5, 192, ArchiveState.RECORDING));
        assertFalse(every.isDue(5, 96, ArchiveState.RECORDING));
    }

    @Test
    void allocatesNothing() {
        assertEquals(0, AllocationMeter.allocatedBytes(1_000_000, i -> {
            if (pace.isDue(i * 1_000L, i * 96L, ArchiveState.RECORDING)) {
                pace.sent(i * 1_000L, i * 96L, ArchiveState.RECORDING);
            }
        }));
    }

    private void cycle(final long nowNs, final long position) {
        if (pace.isDue(nowNs, position, ArchiveState.RECORDING)) {
            pace.sent(nowNs, position, ArchiveState.RECORDING);
            said.add(position);
        }
    }
}
