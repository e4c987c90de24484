package io.lockstep.core.simulation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The whole core under faults, by seed; rerun one by {@code -Dseed=}, or try more by {@code -Dseeds=}. In every run no
 * command is lost, doubled or reordered, no output is released that should not be, and once nothing fails any more
 * everything comes to its end.
 */
class CoreLoopPropertyTest {
    private static final int SEEDS = Integer.getInteger("seeds", 300);
    private static final int STEPS = 2_500;
    private static final int SETTLE_STEPS = 20_000;

    static LongStream seeds() {
        final Long seed = Long.getLong("seed");
        return seed == null ? LongStream.range(0, SEEDS) : LongStream.of(seed);
    }

    @ParameterizedTest(name = "-Dseed={0}")
    @MethodSource("seeds")
    void nothingIsLostDoubledOrReordered(final long seed) {
        try {
            run(seed);
        } catch (final AssertionError | RuntimeException e) {
            throw new AssertionError("run it again by -Dseed=" + seed, e);
        }
    }

    /** The first notice for a gateway was lost, a later one came: the first session never opened. */
    @ParameterizedTest
    @ValueSource(longs = {800, 2120})
    void aLostFirstNoticeIsNotPassedOver(final long seed) {
        run(seed);
    }

    @Test
    void runsAreNotEmpty() {
        long commands = 0;
        for (int seed = 0; seed < 10; seed++) {
            commands += run(seed);
        }
        assertTrue(commands > 1_000, "commands=" + commands);
    }

    private static long run(final long seed) {
        final CoreLoop loop = new CoreLoop(seed);
        loop.run(STEPS);
        loop.healAndSettle(SETTLE_STEPS);
        final CoreLoopCheck check = new CoreLoopCheck(loop);
        check.check();
        return check.sequenced();
    }
}
