package io.lockstep.simulator;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.core.takeover.BrokenCores;
import io.lockstep.core.takeover.BrokenCores.Variant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The simulator notices each broken rule within a minute; one that it does not is a hole in it. */
class BrokenVariantTest {
    private static final long FIRST_SEED = 1;

    @ParameterizedTest
    @EnumSource(Variant.class)
    void isNoticedWithinAMinute(final Variant variant) {
        final long startNs = System.nanoTime();
        long seed = FIRST_SEED;
        SimulationFailure failure = null;
        while (failure == null && System.nanoTime() - startNs < TimeUnit.MINUTES.toNanos(1)) {
            failure = new Trial(seed++, new BrokenCores(variant)).run();
        }
        assertTrue(failure != null, variant + " survived " + (seed - FIRST_SEED) + " seeds");
        System.out.printf(
                "%s: seed %d after %d ms: %s%n",
                variant,
                seed - 1,
                (System.nanoTime() - startNs) / 1_000_000,
                failure.getMessage().lines().findFirst().orElse(""));
    }
}
