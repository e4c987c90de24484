package io.lockstep.benchmarks.rounds;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The table compares what ran in one round. */
final class RatioTableTest {
    @Test
    void ratiosAreTakenWithinARound() {
        final RatioTable table = new RatioTable();
        add(table, "Lockstep", 10, 100, 20);
        add(table, "Peer", 20, 150, 60);

        final List<String> lines = table.lines();

        assertEquals("B.m length=64 Lockstep 20.0 0.50", lines.get(1).replaceAll(" +", " "));
        assertEquals("B.m length=64 Peer 60.0 0.50 2.00 1.50 to 3.00", lines.get(2).replaceAll(" +", " "));
    }

    @Test
    void whatHasNoPeerHasNoRatio() {
        final RatioTable table = new RatioTable();
        add(table, "Lockstep", 3, 1);

        assertEquals("B.m length=64 Lockstep 2.0 0.50", table.lines().get(1).replaceAll(" +", " "));
        assertEquals("B.m,length=64,Lockstep,2,1.000,0.5000", table.samples().get(2));
    }

    private static void add(final RatioTable table, final String subject, final double... rounds) {
        for (int i = 0; i < rounds.length; i++) {
            table.add("B.m", "length=64", subject, new RatioTable.Sample(i + 1, rounds[i], 0.5));
        }
    }
}
