package io.lockstep.tools;

import io.lockstep.matching.flow.FlowException;
import io.lockstep.tools.console.ExitCode;
import io.lockstep.tools.console.UsageException;
import io.lockstep.tools.console.Version;
import io.lockstep.tools.demo.DemoCommand;
import io.lockstep.tools.flow.MatchCommand;
import io.lockstep.tools.flow.SendCommand;
import io.lockstep.tools.log.LogCommand;
import io.lockstep.tools.log.ReplayCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;

/** The command line of Lockstep. */
@Command(
        name = "lockstep",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Sequenced messaging for exchanges: one order, identical replicas, a quorum's log.",
        subcommands = {
            DemoCommand.class,
            RunCommand.class,
            SendCommand.class,
            MatchCommand.class,
            ReplayCommand.class,
            LogCommand.class,
            CommandLine.HelpCommand.class
        },
        footer = {"", "Exit codes: 0 ok, 1 a check failed, 2 wrong usage, 3 unreachable."})
public final class Lockstep {
    private Lockstep() {}

    /**
     * Runs a command and ends the process with its exit code.
     *
     * @param arguments of the command line
     */
    public static void main(final String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** The command line, ready to execute. */
    public static CommandLine commandLine() {
        final IExecutionExceptionHandler sentences = (error, command, result) -> {
            command.getErr().println(command.getCommandName() + ": " + sentence(error));
            final boolean isUsage = error instanceof IllegalArgumentException
                    || error instanceof UsageException
                    || error instanceof FlowException;
            return isUsage ? ExitCode.USAGE : ExitCode.UNREACHABLE;
        };
        return new CommandLine(new Lockstep())
                .setExecutionExceptionHandler(sentences)
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    private static String sentence(final Throwable error) {
        return error.getMessage() == null ? error.toString() : error.getMessage();
    }
}
