package io.lockstep.benchmarks.path;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A worker that runs one subject: a virtual machine with the flags of this one, so that all have the same. */
final class WorkerProcess implements AutoCloseable {
    private static final long STOP_TIMEOUT_S = 10;

    private final Process process;
    private final BufferedWriter requests;
    private final BufferedReader results;

    private WorkerProcess(final Process process) {
        this.process = process;
        this.requests = process.outputWriter();
        this.results = process.inputReader();
    }

    static WorkerProcess start(final int port, final String multicastGroup, final Path orders) throws IOException {
        return start(BenchWorker.class, port, multicastGroup, orders);
    }

    static WorkerProcess start(
            final Class<?> main, final int port, final String multicastGroup, final Path orders) throws IOException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        command.add(Integer.toString(port));
        command.add(multicastGroup);
        if (orders != null) {
            command.add(orders.toString());
        }
        return new WorkerProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    RunResult run(final RunRequest request) throws IOException {
        return ask(request.toString())
                .map(RunResult::parse)
                .orElseGet(() -> RunResult.failed("the worker's process has ended"));
    }

    /** Sends a line and takes the line that answers it; none if the process has ended. */
    Optional<String> ask(final String line) throws IOException {
        requests.write(line);
        requests.newLine();
        requests.flush();
        return Optional.ofNullable(results.readLine());
    }

    @Override
    public void close() {
        try {
            requests.close();
            if (!process.waitFor(STOP_TIMEOUT_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (final IOException e) {
            process.destroyForcibly(); // it has ended before
        } catch (final InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
