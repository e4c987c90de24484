package io.lockstep.benchmarks.micro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.codecs.protocol.EntryKind;
import io.lockstep.codecs.protocol.SequencedEntryDecoder;
import io.lockstep.core.sequencer.IngressCode;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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
                .param("flow", "synthetic")
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
                        "CommandBenchmark.apply",
                        "EntryBenchmark.check",
                        "EntryBenchmark.checkAndVerify",
                        "EntryBenchmark.checkVerifyAndDecode",
                        "EntryBenchmark.write",
                        "FlowBenchmark.apply",
                        "OrderCodecBenchmark.checkAndDecode",
                        "OrderCodecBenchmark.encode",
                        "RingBenchmark.oneToOne",
                        "RingDiamondBenchmark.diamond",
                        "RingPipelineBenchmark.pipeline",
                        "SequencerBenchmark.duplicate",
                        "SequencerBenchmark.stamp",
                        "StateHashBenchmark.stateHash")),
                names);
    }

    @Test
    void entriesAreWhole() {
        final EntryBenchmark benchmark = new EntryBenchmark();
        benchmark.bodyLength = 256;
        benchmark.start();

        assertEquals(SequencedEntryDecoder.TEMPLATE_ID, benchmark.check());
        assertTrue(benchmark.checkAndVerify());
        final int ones = 6;
        assertEquals(
                ones + EntryKind.COMMAND.value() + SequencerBenchmark.CLUSTER + 256, benchmark.checkVerifyAndDecode());
    }

    @Test
    void ordersAreWhole() {
        final OrderCodecBenchmark benchmark = new OrderCodecBenchmark();

        final long first = benchmark.encode();
        assertEquals(first + 1, benchmark.encode());
        assertTrue(benchmark.checkAndDecode() > first);
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
}
