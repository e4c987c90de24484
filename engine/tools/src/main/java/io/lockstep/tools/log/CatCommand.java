package io.lockstep.tools.log;

import io.lockstep.archive.log.EntryText;
import io.lockstep.archive.log.LogCursor;
import io.lockstep.tools.console.ExitCode;
import io.lockstep.tools.console.Version;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the entries of a log. */
@Command(
        name = "cat",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Print the entries of a log, decoded, a line each.")
public final class CatCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "Directory of an archive.")
    private Path directory;

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    @Option(names = "--from", paramLabel = "SEQUENCE", defaultValue = "1", description = "First entry; 1 by default.")
    private long from;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "9223372036854775807",
            description = "How many entries; all by default.")
    private long count;

    /** Made by the command line. */
    public CatCommand() {}

    @Override
    public Integer call() {
        LogDirectory.require(directory);
        final EntryText text = new EntryText(new ExchangeBodyText());
        final PrintWriter out = spec.commandLine().getOut();
        final StringBuilder line = new StringBuilder();
        try (LogCursor cursor = LogCursor.open(directory)) {
            if (from > 1) {
                cursor.seekToSequence(from);
            }
            long left = count;
            int code = LogCursor.BUSY;
            while (left > 0 && !out.checkError() && code > LogCursor.END) {
                code = cursor.next();
                if (code == LogCursor.ENTRY) {
                    line.setLength(0);
                    if (json) {
                        text.appendJson(cursor.entry(), line);
                    } else {
                        text.appendLine(cursor.entry(), line);
                    }
                    out.println(line);
                    left--;
                }
            }
            out.flush();
            if (code == LogCursor.CORRUPT) {
                spec.commandLine().getErr().println("stopped: " + cursor.fault());
                return ExitCode.CHECK_FAILED;
            }
        }
        return ExitCode.OK;
    }
}
