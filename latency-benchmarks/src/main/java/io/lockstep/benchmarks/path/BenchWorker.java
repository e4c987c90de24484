package io.lockstep.benchmarks.path;

import io.lockstep.benchmarks.path.subject.Subject;
import io.lockstep.benchmarks.path.subject.SubjectOptions;
import io.lockstep.benchmarks.path.subject.Subjects;
import io.lockstep.matching.flow.FlowCommand;
import io.lockstep.matching.flow.FlowKind;
import io.lockstep.matching.flow.FlowSource;
import io.lockstep.matching.flow.SyntheticFlow;
import io.lockstep.tools.flow.Flows;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.agrona.IoUtil;

/**
 * A process that runs one subject whenever it is told to, and does nothing in between: what its virtual machine has
 * learnt stays, and nothing of it runs while others are measured. Requests come as lines on standard input, results go
 * as lines to standard output.
 */
public final class BenchWorker {
    private static final int LOOK_INTERVAL_MS = 1_000;
    private static final long START_SECONDS = 20;
    private static final double GRACE_SECONDS = 3;
    private static final int MAX_RECORDED = 2_000_000;

    private final int port;
    private final String multicastGroup;
    private final Path orders;
    private long[] recordedNs;

    private BenchWorker(final int port, final String multicastGroup, final Path orders) {
        this.port = port;
        this.multicastGroup = multicastGroup;
        this.orders = orders;
    }

    /**
     * Serves requests until standard input ends.
     *
     * @param arguments first port, first multicast group, and a flow file or nothing
     */
    public static void main(final String[] arguments) throws IOException {
        final BenchWorker worker = new BenchWorker(
                Integer.parseInt(arguments[0]), arguments[1], arguments.length > 2 ? Path.of(arguments[2]) : null);
        // What the subject's parts print must not stand among the results.
        final PrintStream results = System.out;
        System.setOut(System.err);
        final BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = requests.readLine(); line != null; line = requests.readLine()) {
            String answer;
            try {
                answer = worker.run(RunRequest.parse(line)).toString();
            } catch (final RuntimeException e) {
                answer = RunResult.failed(e.toString()).toString();
            }
            results.println(answer);
            results.flush();
        }
    }

    RunResult run(final RunRequest request) throws IOException {
        final LoadShape shape = request.load().shape(request.warmUpSeconds(), request.seconds(), recorded(request));
        final LoadClient load = new LoadClient(shape, source(request, shape.count()));
        final Path directory = Files.createTempDirectory("lockstep-bench-");
        final SubjectOptions options =
                new SubjectOptions(
                        directory, port, multicastGroup, request.layout(), request.idle(), request.lossPercent(), 0);
        final double seconds =
                START_SECONDS + GRACE_SECONDS + shape.dueNs(shape.count() - 1) / 1e9;
        final Throwable failure;
        Garbage garbage = Garbage.UNKNOWN;
        try (Subject subject = Subjects.launch(request.subject(), options, load)) {
            final long deadline = System.nanoTime() + (long) (seconds * 1e9);
            boolean isWarm = false;
            while (!isWarm && subject.failure() == null && System.nanoTime() - deadline < 0) {
                isWarm = load.awaitWarm(LOOK_INTERVAL_MS);
            }
            final HotThreads hot = isWarm ? HotThreads.look(subject, load) : null;
            boolean isDone = false;
            while (!isDone && subject.failure() == null && System.nanoTime() - deadline < 0) {
                isDone = load.awaitDone(LOOK_INTERVAL_MS);
            }
            garbage = hot == null ? garbage : hot.sinceThen();
            failure = subject.failure();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a load ran", e);
        } finally {
            IoUtil.delete(directory.toFile(), true);
        }
        return failure == null ? RunResult.of(load.result(), garbage) : RunResult.failed(failure.toString());
    }

    private MessageSource source(final RunRequest request, final int count) {
        if (!Subjects.EXCHANGE.equals(request.subject())) {
            return MessageSource.indexed(request.length());
        }
        try (FlowSource flow = new SyntheticFlow(1, count)) {
            return new FlowMessages(flow, count);
        }
    }

    /** The times of a flow; they are needed for recorded loads alone. */
    private long[] recorded(final RunRequest request) {
        if (request.load().kind() != LoadSpec.Kind.RECORDED || recordedNs != null) {
            return recordedNs;
        }
        try (FlowSource flow = orders == null ? new SyntheticFlow(1, MAX_RECORDED / 10) : Flows.open(orders)) {
            final FlowCommand row = new FlowCommand();
            final long[] times = new long[MAX_RECORDED];
            int count = 0;
            while (count < MAX_RECORDED && flow.next(row)) {
                if (row.kind() != FlowKind.SEED) { // the opening book, which nobody sent at that moment
                    times[count++] = row.tsNs();
                }
            }
            recordedNs = Arrays.copyOf(times, count);
        } catch (final UncheckedIOException e) {
            throw new IllegalArgumentException("orders " + orders + " cannot be read: " + e.getMessage(), e);
        }
        return recordedNs;
    }
}
