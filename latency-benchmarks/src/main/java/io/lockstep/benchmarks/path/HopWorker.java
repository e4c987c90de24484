package io.lockstep.benchmarks.path;

import io.lockstep.benchmarks.path.subject.Subject;
import io.lockstep.benchmarks.path.subject.SubjectOptions;
import io.lockstep.benchmarks.path.subject.Subjects;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.agrona.IoUtil;

/**
 * A process that runs Lockstep with or without times of hops whenever it is told to, and does nothing in between.
 * Requests come as lines on standard input, results go as lines to standard output.
 */
final class HopWorker {
    /** At the end of a request: take times. */
    static final String TRACED = " hops=true";

    private static final int HOP_CAPACITY = 1 << 19;
    private static final int LOOK_INTERVAL_MS = 1_000;
    private static final long LAST_NOTE_NS = 500_000_000;
    private static final long LOOK_AGAIN_NS = 1_000_000;
    private static final long START_SECONDS = 20;
    private static final double GRACE_SECONDS = 3;

    private final int port;
    private final String multicastGroup;

    HopWorker(final int port, final String multicastGroup) {
        this.port = port;
        this.multicastGroup = multicastGroup;
    }

    /**
     * Serves requests until standard input ends.
     *
     * @param arguments first port and first multicast group
     */
    public static void main(final String[] arguments) throws IOException {
        final HopWorker worker = new HopWorker(Integer.parseInt(arguments[0]), arguments[1]);
        // What the subject's parts print must not stand among the results.
        final PrintStream results = System.out;
        System.setOut(System.err);
        final BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = requests.readLine(); line != null; line = requests.readLine()) {
            HopRun run;
            try {
                run = worker.run(RunRequest.parse(line), line.endsWith(TRACED));
            } catch (final RuntimeException e) {
                run = HopRun.failed(e.toString());
            }
            results.println(run);
            results.flush();
        }
    }

    HopRun run(final RunRequest request, final boolean isTraced) throws IOException {
        final LoadShape shape = request.load().shape(request.warmUpSeconds(), request.seconds(), null);
        final LoadClient load = new LoadClient(shape, MessageSource.indexed(request.length()));
        final Path directory = Files.createTempDirectory("lockstep-hops-");
        final SubjectOptions options = new SubjectOptions(
                directory, port, multicastGroup, request.layout(), request.idle(), 0, isTraced ? HOP_CAPACITY : 0);
        final double seconds =
                START_SECONDS + GRACE_SECONDS + shape.dueNs(shape.count() - 1) / 1e9;
        try (Subject subject = Subjects.launch(request.subject(), options, load)) {
            final long deadline = System.nanoTime() + (long) (seconds * 1e9);
            boolean isDone = false;
            while (!isDone && subject.failure() == null && System.nanoTime() - deadline < 0) {
                isDone = load.awaitDone(LOOK_INTERVAL_MS);
            }
            if (subject.failure() != null) {
                return HopRun.failed(subject.failure().toString());
            }
            final boolean isHeld = !request.subject().startsWith(HopCommand.AT_SIGHT);
            final HopTable table = isDone ? table(subject, load, shape, isHeld) : new HopTable();
            return new HopRun(RunResult.of(load.result(), Garbage.UNKNOWN), table);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a load ran", e);
        } finally {
            IoUtil.delete(directory.toFile(), true);
        }
    }

    /** An archive notes its acknowledgement after it has sent it, so that the very last may come after the answer. */
    private static HopTable table(
            final Subject subject, final LoadClient load, final LoadShape shape, final boolean isHeld) {
        final long deadline = System.nanoTime() + LAST_NOTE_NS;
        while (true) {
            final HopTable table = HopTable.of(subject.hops().journeys(), load, shape.measuredFrom(), isHeld);
            if (table.incomplete() == 0 || System.nanoTime() - deadline >= 0) {
                return table;
            }
            LockSupport.parkNanos(LOOK_AGAIN_NS);
        }
    }
}
