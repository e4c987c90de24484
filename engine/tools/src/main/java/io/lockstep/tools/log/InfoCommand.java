package io.lockstep.tools.log;

import io.lockstep.archive.log.LogVerifier;
import io.lockstep.archive.log.RecordingReport;
import io.lockstep.archive.log.VerifyReport;
import io.lockstep.tools.console.ExitCode;
import io.lockstep.tools.console.Version;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what a log holds. */
@Command(
        name = "info",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Print each recording of a log: epoch, sequences, positions, bytes.")
public final class InfoCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "Directory of an archive.")
    private Path directory;

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    /** Made by the command line. */
    public InfoCommand() {}

    @Override
    public Integer call() {
        LogDirectory.require(directory);
        final VerifyReport report = LogVerifier.verify(directory, progress -> {});
        final PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(ReportJson.info(report));
            out.flush();
        } else {
            print(report, out);
        }
        return ExitCode.OK;
    }

    static void print(final VerifyReport report, final PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%9s %-10s %6s %12s %12s %12s %14s %10s%n",
                "recording",
                "place",
                "epoch",
                "first",
                "last",
                "entries",
                "bytes",
                "void");
        for (final RecordingReport recording : report.recordings()) {
            out.printf(
                    Locale.ROOT,
                    "%9d %-10s %6s %12s %12s %12d %14d %10d%n",
                    recording.recordingId(),
                    recording.place().name().toLowerCase(Locale.ROOT),
                    known(recording.epoch()),
                    known(recording.firstSequence()),
                    known(recording.lastSequence()),
                    recording.entries(),
                    recording.bytes(),
                    recording.voidBytes());
        }
        out.flush();
    }

    private static String known(final long value) {
        return value < 0 ? "-" : Long.toString(value);
    }
}
