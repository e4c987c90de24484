package io.lockstep.tools.log;

import io.lockstep.tools.Help;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Looks into the log of an archive. */
@Command(
        name = "log",
        description = "Look into the log that an archive has recorded.",
        subcommands = {CatCommand.class, InfoCommand.class, VerifyCommand.class})
public final class LogCommand {
    @Mixin
    private Help help;

    /** Made by the command line. */
    public LogCommand() {}
}
