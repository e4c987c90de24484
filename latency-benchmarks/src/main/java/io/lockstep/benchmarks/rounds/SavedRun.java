package io.lockstep.benchmarks.rounds;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** A folder of a run: the command, what it ran on, the table, and everything measured. */
final class SavedRun {
    private final Path folder;

    SavedRun(final Path results, final String machine, final String subject) {
        folder = results.resolve(LocalDate.now(ZoneOffset.UTC) + "-" + machine + "-" + subject);
    }

    /** Writes the files, over those of a run of the same day; answers where they are. */
    Path write(final String command, final String environment, final RatioTable table) throws IOException {
        Files.createDirectories(folder);
        Files.write(folder.resolve("command.txt"), List.of(command));
        Files.write(folder.resolve("environment.txt"), List.of(environment));
        Files.write(folder.resolve("samples.csv"), table.samples());
        final String summary = "# " + folder.getFileName() + "\n\n```\n" + String.join("\n", table.lines()) + "\n```\n";
        Files.writeString(folder.resolve("summary.md"), summary);
        return folder;
    }
}
