package io.lockstep.benchmarks.micro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.codecs.protocol.SequencedEntryDecoder;
import io.lockstep.core.sequencer.IngressCode;
import io.lockstep.matching.flow.DirectMatch;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Each benchmark runs, and does what it says it measures. Nothing is timed. */
@Timeout(120)
class MicroBenchmarksTest {
    @Test
    void everyBenchmarkRunsOnceWithEachParameter() throws RunnerException {
        System.setProperty("jmh.ignoreLock", "true"); // A benchmark elsewhere on the machine is no matter here.
        final Options once = new OptionsBuilder()
                .include("io\\.lockstep\\.benchmarks\\.micro\\..*")
                .mode(Mode.SingleShotTime)
                .forks(0)
                .warmupIterations(0)
                .measurementIterations(1)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();

        final Collection<RunResult> results = new Runner(once).run();

        final Set<String> names = new TreeSet<>();
        for (final RunResult result : results) {
            final String name = result.getParams().getBenchmark();
            names.add(name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1));
        }
        assertEquals(
                new TreeSet<>(Arrays.asList(
                        "AckBenchmark.commitTracker",
                        "AckBenchmark.quorum",
                        "EntryBenchmark.check",
                        "EntryBenchmark.checkAndVerify",
                        "EntryBenchmark.write",
                        "ExchangeBenchmark.apply",
                        "RingBenchmark.oneToOne",
                        "RingPipelineBenchmark.disruptor",
                        "RingPipelineBenchmark.entryRing",
                        "SequencerBenchmark.duplicate",
                        "SequencerBenchmark.stamp")),
                names);
    }

    @ParameterizedTest
    @ValueSource(strings = {"EntryRing", "OneToOneRingBuffer", "Disruptor"})
    void everyEntryCrossesTheRing(final String subject) throws InterruptedException {
        final RingBenchmark benchmark = new RingBenchmark();
        benchmark.subject = subject;
        benchmark.length = 64;
        benchmark.start();

        try {
            assertEquals(RingBenchmark.BURST, benchmark.oneToOne());
            assertEquals(2L * RingBenchmark.BURST, benchmark.oneToOne());
        } finally {
            benchmark.stop();
        }
    }

    @Test
    void everyEntryPassesThreeConsumers() throws Exception {
        final RingPipelineBenchmark benchmark = new RingPipelineBenchmark();
        benchmark.length = 64;
        benchmark.start();

        for (int i = 1; i <= 100; i++) { // several laps
            assertEquals((6L * i - 3) * RingPipelineBenchmark.BURST, benchmark.entryRing());
            assertEquals(6L * i * RingPipelineBenchmark.BURST, benchmark.disruptor());
        }
    }

    @Test
    void entriesAreWhole() {
        final EntryBenchmark benchmark = new EntryBenchmark();
        benchmark.bodyLength = 256;
        benchmark.start();

        assertEquals(SequencedEntryDecoder.TEMPLATE_ID, benchmark.check());
        assertTrue(benchmark.checkAndVerify());
    }

    @Test
    void acknowledgementsMoveTheCommitPosition() {
        final AckBenchmark benchmark = new AckBenchmark();
        benchmark.archives = 3;
        benchmark.start();

        long quorum = 0;
        for (int i = 0; i < 10; i++) {
            final long reached = benchmark.quorum();
            assertTrue(i == 0 || reached > quorum, "reached=" + reached);
            quorum = reached;
        }
        assertTrue(benchmark.commitTracker() == 0 && benchmark.commitTracker() > 0);
    }

    @Test
    void commandsAreStampedAndCopiesDropped() {
        final SequencerBenchmark benchmark = new SequencerBenchmark();
        benchmark.bodyLength = 64;
        benchmark.start();

        for (int i = 0; i < 100; i++) {
            assertEquals(IngressCode.STAMPED, benchmark.stamp());
            assertEquals(IngressCode.DUPLICATE, benchmark.duplicate());
        }
    }

    @Test
    void everyRunOfTheFlowIsAlike() {
        final ExchangeBenchmark benchmark = new ExchangeBenchmark();
        benchmark.start();
        benchmark.rewind();
        final DirectMatch.Result first = benchmark.apply();
        benchmark.rewind();
        final DirectMatch.Result second = benchmark.apply();

        assertEquals(ExchangeBenchmark.COMMANDS, first.commands());
        assertTrue(first.trades() > 1000 && first.restingOrders() > 0, first.toString());
        assertEquals(0, second.rejects());
        assertEquals(first.restingOrders(), second.restingOrders());
        assertEquals(2 * first.trades(), second.trades());
        assertEquals(2 * first.outputs(), second.outputs());
    }
}
