package io.lockstep.tools;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One run of the command line and what came of it.
 *
 * @param exitCode of the command
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error
 */
public record CommandRun(int exitCode, String out, String err) {
    private static final long DEADLINE_S = 60;

    /** Runs a command in this process. */
    public static CommandRun of(final Object... arguments) {
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final int exitCode = Lockstep.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(texts(arguments).toArray(String[]::new));
        return new CommandRun(exitCode, out.toString(), err.toString());
    }

    /**
     * Runs a command in a process of its own, its output in a pipe.
     *
     * @param scratch directory for a file
     * @param arguments of the command line
     */
    public static CommandRun ofProcess(final Path scratch, final Object... arguments)
            throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Lockstep.class.getName()));
        command.addAll(texts(arguments));
        final Path errors = Files.createTempFile(scratch, "err", ".txt");
        final Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        final String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (!process.waitFor(DEADLINE_S, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("the process closed its output and did not end: " + command);
        }
        return new CommandRun(process.exitValue(), out, Files.readString(errors));
    }

    /** Lines of the output. */
    public List<String> lines() {
        return out.lines().toList();
    }

    private static List<String> texts(final Object... arguments) {
        return Arrays.stream(arguments).map(Object::toString).toList();
    }
}
