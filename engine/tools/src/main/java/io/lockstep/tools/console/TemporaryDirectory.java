package io.lockstep.tools.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.IoUtil;

/** A directory of one run, removed at its end, also where the process is interrupted. */
public final class TemporaryDirectory implements AutoCloseable {
    private final Path path;
    private final Thread hook;

    private TemporaryDirectory(final Path path) {
        this.path = path;
        this.hook = new Thread(() -> remove(path), "remove-" + path.getFileName());
    }

    /** Makes a directory where the system keeps such things. */
    public static TemporaryDirectory create() {
        try {
            final TemporaryDirectory directory = new TemporaryDirectory(Files.createTempDirectory("lockstep-"));
            Runtime.getRuntime().addShutdownHook(directory.hook);
            return directory;
        } catch (final IOException e) {
            throw new UncheckedIOException("no temporary directory can be made", e);
        }
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    @Override
    public void close() {
        remove(path);
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (final IllegalStateException e) {
            return; // the process is ending, and the hook runs anyway
        }
    }

    private static void remove(final Path path) {
        IoUtil.delete(path.toFile(), true);
    }
}
