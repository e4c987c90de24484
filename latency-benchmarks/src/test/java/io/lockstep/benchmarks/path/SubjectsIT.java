package io.lockstep.benchmarks.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.benchmarks.path.subject.Subject;
import io.lockstep.benchmarks.path.subject.SubjectOptions;
import io.lockstep.benchmarks.path.subject.Subjects;
import io.lockstep.matching.flow.SyntheticFlow;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every subject answers every message of a small load, once and in order; when, is not asked here. */
class SubjectsIT {
    private static final long DEADLINE_NS = 60_000_000_000L;

    @TempDir
    private Path directory;

    static List<String> names() {
        return Subjects.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void answersEveryMessage(final String name) {
        answersEveryMessage(name, 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"chain", "lockstep-sight", "lockstep-quorum-3"})
    void answersEveryMessageWhileDatagramsAreLost(final String name) {
        assertTrue(answersEveryMessage(name, 2) > 0, "nothing was lost");
    }

    @Test
    void refusesALossThatItWouldNotHave() {
        final SubjectOptions options = new SubjectOptions(directory, 26_900, "239.71.59.1", "fused", "backoff", 1, 0);
        final LoadClient load = new LoadClient(LoadShape.constant(10, 0, 1), MessageSource.indexed(64));

        assertThrows(IllegalArgumentException.class, () -> Subjects.launch("cluster-1", options, load));
    }

    private long answersEveryMessage(final String name, final double lossPercent) {
        final LoadShape shape = LoadShape.constant(2_000, 0.2, 0.3);
        final MessageSource source = Subjects.EXCHANGE.equals(name)
                ? new FlowMessages(new SyntheticFlow(1, shape.count()), shape.count())
                : MessageSource.indexed(64);
        final LoadClient load = new LoadClient(shape, source);
        final int number = Subjects.names().indexOf(name);
        final SubjectOptions options = new SubjectOptions(
                directory, 27_000 + number * 60, "239.71." + (60 + number) + ".1", "fused", "backoff", lossPercent, 0);

        final long dropped;
        try (Subject subject = Subjects.launch(name, options, load)) {
            final long deadline = System.nanoTime() + DEADLINE_NS;
            while (!load.isDone() && subject.failure() == null && System.nanoTime() - deadline < 0) {
                LockSupport.parkNanos(1_000_000);
            }

            dropped = subject.droppedDatagrams();
            assertNull(subject.failure());
            assertTrue(load.isDone(), "answered " + load.answered() + " of " + shape.count());
        }
        assertEquals(0, load.result().wrong());
        assertEquals(shape.count() - shape.measuredFrom(), load.result().latency().getTotalCount());
        return dropped;
    }
}
