package io.lockstep.tools.log;

import io.lockstep.archive.log.LogVerifier;
import io.lockstep.archive.log.VerifyReport;
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

/** Checks every byte of a log that matters. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Check every entry and frame of a log; name the first bad one of each recording, and where.")
public final class VerifyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "Directory of an archive that nobody writes to.")
    private Path directory;

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    /** Made by the command line. */
    public VerifyCommand() {}

    @Override
    public Integer call() {
        LogDirectory.require(directory);
        final PrintWriter out = spec.commandLine().getOut();
        final VerifyReport report = LogVerifier.verify(directory, progress -> {});
        if (json) {
            out.println(ReportJson.verify(report));
        } else {
            InfoCommand.print(report, out);
            report.faults().forEach(fault -> out.println("BAD: " + fault));
            out.println(report.isOk() ? "ok: " + report.entries() + " entries" : "NOT OK: " + report.faults().size());
        }
        out.flush();
        return report.isOk() ? ExitCode.OK : ExitCode.CHECK_FAILED;
    }
}
