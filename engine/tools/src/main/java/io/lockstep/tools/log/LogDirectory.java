package io.lockstep.tools.log;

import io.lockstep.tools.console.UsageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A directory that is given as an archive's. */
final class LogDirectory {
    private LogDirectory() {}

    /** Refuses what cannot be an archive's directory. */
    static void require(final Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new UsageException(directory + " is no directory; give the directory of one archive");
        }
        try (Stream<Path> files = Files.list(directory)) {
            if (files.noneMatch(LogDirectory::isOfArchive)) {
                throw new UsageException(directory + " holds neither recordings nor a catalogue; give the directory of"
                        + " one archive, such as lockstep-data/archive-1");
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(directory + " cannot be read", e);
        }
    }

    private static boolean isOfArchive(final Path file) {
        final String name = file.getFileName().toString();
        return name.endsWith(".rec") || name.equals("archive.catalog");
    }
}
