package io.lockstep.tools.log;

import io.lockstep.tools.console.Version;
import picocli.CommandLine.Command;

/** Looks into the log of an archive. */
@Command(
        name = "log",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Look into the log that an archive has recorded.",
        subcommands = {CatCommand.class, InfoCommand.class, VerifyCommand.class})
public final class LogCommand {
    /** Made by the command line. */
    public LogCommand() {}
}
