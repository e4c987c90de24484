package io.lockstep.benchmarks.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class HeldRateTest {
    private static final RunResult DELIVERED = new RunResult(true, new Histogram(3), null, Garbage.UNKNOWN, "");

    private final List<Integer> tried = new ArrayList<>();

    @Test
    void comesCloseToTheHighestRateFromBelow() throws IOException {
        final int held = HeldRate.search(rate -> {
            tried.add(rate);
            return rate <= 500_000 ? DELIVERED : RunResult.failed("too fast");
        });

        assertTrue(held <= 500_000 && held > 470_000, "held=" + held + " tried=" + tried);
    }

    @Test
    void oneFailureIsForgiven() throws IOException {
        final int held = HeldRate.search(rate -> {
            tried.add(rate);
            return tried.size() % 2 == 0 && rate <= 100_000 ? DELIVERED : RunResult.failed("chance");
        });

        assertTrue(held > 90_000, "held=" + held + " tried=" + tried);
    }

    @Test
    void nothingHeldIsNothing() throws IOException {
        assertEquals(0, HeldRate.search(rate -> RunResult.failed("never")));
    }
}
