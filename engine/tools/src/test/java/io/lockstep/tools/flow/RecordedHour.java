package io.lockstep.tools.flow;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the recorded order flow lies, which is not part of the project; tests that need it are skipped without it. */
final class RecordedHour {
    private static final String FOLDER = "aapl-2012-06-21";

    private RecordedHour() {}

    static Path file(final String name) {
        final Path file = folder().resolve(FOLDER).resolve(name);
        assumeTrue(Files.isReadable(file), () -> "no recorded flow at " + file + "; set LOCKSTEP_DATA to its folder");
        return file;
    }

    private static Path folder() {
        final String named = System.getProperty("LOCKSTEP_DATA", System.getenv("LOCKSTEP_DATA"));
        if (named != null) {
            return Path.of(named);
        }
        Path root = Path.of("").toAbsolutePath();
        while (root.getParent() != null && !Files.isDirectory(root.resolve("multicast-transport"))) {
            root = root.getParent();
        }
        return root.resolve("../shared/data").normalize();
    }
}
