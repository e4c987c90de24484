package io.lockstep.benchmarks.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.benchmarks.path.subject.Subject;
import io.lockstep.benchmarks.path.subject.SubjectOptions;
import io.lockstep.benchmarks.path.subject.Subjects;
import io.lockstep.matching.flow.SyntheticFlow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A hundred thousand messages and more through the whole path leave no garbage on its threads. What is left is the
 * JDK's: a socket that hears from another address than before makes that address anew, which Aeron's status messages
 * and heartbeats bring about at a rate of their own, whatever the load. So a window may have something for its time,
 * and hardly anything for its messages; the best window counts, since the compiler is done when it is done.
 */
class PathAllocationIT {
    private static final int RATE = 20_000;
    private static final int WINDOW = 20_000;
    private static final int WINDOWS = 7;
    private static final long BYTES_EACH_SECOND = 30_000;

    /** The smallest object has 16 bytes: one for a hundred messages is too many. */
    private static final double BYTES_EACH_MESSAGE = 0.15;

    private static final long DEADLINE_NS = 120_000_000_000L;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"lockstep-quorum-3, 0", Subjects.EXCHANGE + ", 1"})
    void messagesLeaveNoGarbageOnHotThreads(final String name, final int number) {
        final LoadShape shape = LoadShape.constant(RATE, 4, (double) (WINDOWS * WINDOW + WINDOW / 2) / RATE);
        final MessageSource source = Subjects.EXCHANGE.equals(name)
                ? new FlowMessages(new SyntheticFlow(1, shape.count()), shape.count())
                : MessageSource.indexed(64);
        final LoadClient load = new LoadClient(shape, source);
        final SubjectOptions options = new SubjectOptions(
                directory, 26_700 + number * 60, "239.71." + (57 + number) + ".1", "fused", "yield", 0, 0);
        final List<Window> windows = new ArrayList<>();

        try (Subject subject = Subjects.launch(name, options, load)) {
            final long deadline = System.nanoTime() + DEADLINE_NS;
            for (int i = 0; i < WINDOWS; i++) {
                await(subject, load, shape.measuredFrom() + i * WINDOW, deadline);
                final long start = System.nanoTime();
                final HotThreads hot = HotThreads.look(subject, load);
                await(subject, load, shape.measuredFrom() + (i + 1) * WINDOW, deadline);
                windows.add(new Window(hot.sinceThen(), System.nanoTime() - start));
            }
        }

        System.out.println(name + ": " + windows);
        assertTrue(windows.stream().anyMatch(Window::isClean), windows::toString);
        assertEquals(
                Set.of("lockstep-archives", "lockstep-fused"),
                windows.get(0).garbage().bytesByThread().keySet());
    }

    private static void await(final Subject subject, final LoadClient load, final int count, final long deadlineNs) {
        while (load.progress() < count && subject.failure() == null && System.nanoTime() - deadlineNs < 0) {
            LockSupport.parkNanos(1_000_000);
        }
        assertNull(subject.failure());
        assertTrue(load.progress() >= count, "answered " + load.progress() + " of " + count);
    }

    private record Window(Garbage garbage, long lengthNs) {
        boolean isClean() {
            final double most = BYTES_EACH_SECOND * (lengthNs / 1e9) + BYTES_EACH_MESSAGE * garbage.messages();
            return garbage.messages() > 0
                    && garbage.bytesByThread().values().stream().allMatch(bytes -> bytes <= most);
        }
    }
}
