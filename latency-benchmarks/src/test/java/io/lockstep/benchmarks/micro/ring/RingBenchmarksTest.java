package io.lockstep.benchmarks.micro.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every entry passes every consumer of each ring, whatever the threads. */
@Timeout(120)
final class RingBenchmarksTest {
    @ParameterizedTest
    @CsvSource({
        "Lockstep, SINGLE, 2, 64, spin",
        "Lockstep, SINGLE, 2, 256, yield",
        "AgronaOneToOne, SINGLE, 2, 64, spin",
        "AgronaManyToOne, SINGLE, 2, 64, yield",
        "Disruptor, SINGLE, 2, 256, spin",
        "Disruptor, SINGLE, 2, 64, yield",
        "Lockstep, PIPELINE, 1, 64, yield",
        "Lockstep, PIPELINE, 2, 64, yield",
        "Lockstep, PIPELINE, 4, 64, yield",
        "AgronaOneToOne, PIPELINE, 1, 64, yield",
        "AgronaOneToOne, PIPELINE, 2, 64, yield",
        "AgronaOneToOne, PIPELINE, 4, 64, yield",
        "Disruptor, PIPELINE, 1, 64, yield",
        "Disruptor, PIPELINE, 2, 64, yield",
        "Disruptor, PIPELINE, 4, 64, yield",
        "Lockstep, DIAMOND, 1, 256, yield",
        "Lockstep, DIAMOND, 2, 64, yield",
        "Lockstep, DIAMOND, 4, 64, yield",
        "AgronaManyToOne, DIAMOND, 1, 64, yield",
        "AgronaManyToOne, DIAMOND, 2, 64, yield",
        "AgronaManyToOne, DIAMOND, 4, 64, yield",
        "Disruptor, DIAMOND, 1, 64, yield",
        "Disruptor, DIAMOND, 2, 64, yield",
        "Disruptor, DIAMOND, 4, 256, yield"
    })
    void everyEntryPassesEveryConsumer(
            final String subject, final Graph graph, final int threads, final int length, final String idle)
            throws InterruptedException {
        final RingRun run = new RingRun() {};
        run.length = length;
        run.start(subject, graph, threads, Waiting.isYielding(idle));

        try {
            for (long burst = 1; burst <= 2; burst++) {
                run.burst();
                for (int stage = 0; stage < graph.stages(); stage++) {
                    assertEquals(burst * RingRun.BURST * ReadSum.ofOnes(length), run.sum(stage), "stage " + stage);
                }
            }
        } finally {
            run.stop();
        }
    }
}
