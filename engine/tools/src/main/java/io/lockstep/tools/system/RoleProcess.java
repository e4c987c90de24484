package io.lockstep.tools.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One role of a local system in a process of its own, started with this process's own Java, flags and class path. */
public final class RoleProcess implements AutoCloseable {
    private static final String MAIN_CLASS = "io.lockstep.tools.Lockstep";
    private static final long STOP_TIMEOUT_S = 10;

    private final String name;
    private final Process process;

    private RoleProcess(final String name, final Process process) {
        this.name = name;
        this.process = process;
    }

    /**
     * Starts a process.
     *
     * @param name of the role
     * @param properties its configuration
     * @param directory takes the configuration file; made if missing
     * @param lines takes each line the process writes, on a thread of its own
     * @throws IOException if it cannot be started
     */
    public static RoleProcess start(
            final String name, final Properties properties, final Path directory, final Consumer<String> lines)
            throws IOException {
        Files.createDirectories(directory);
        final Path file = directory.resolve(name + ".properties");
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties.store(writer, name);
        }
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(MAIN_CLASS);
        command.addAll(List.of("run", "--config", file.toString()));
        final Process process =
                new ProcessBuilder(command).redirectErrorStream(true).start();
        final Thread reader = new Thread(() -> read(process, lines), "output-of-" + name);
        reader.setDaemon(true);
        reader.start();
        return new RoleProcess(name, process);
    }

    public String name() {
        return name;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Ends the process at once, as a crash does, and waits until it is gone. */
    public void kill() {
        process.destroyForcibly();
        await(STOP_TIMEOUT_S);
    }

    /** Asks the process to end, and ends it if it does not. */
    @Override
    public void close() {
        process.destroy();
        if (!await(STOP_TIMEOUT_S)) {
            kill();
        }
    }

    private boolean await(final long seconds) {
        try {
            return process.waitFor(seconds, TimeUnit.SECONDS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void read(final Process process, final Consumer<String> lines) {
        try (BufferedReader reader = process.inputReader()) {
            String line = reader.readLine();
            while (line != null) {
                lines.accept(line);
                line = reader.readLine();
            }
        } catch (final IOException e) {
            lines.accept("output is lost: " + e.getMessage());
        }
    }
}
