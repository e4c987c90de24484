package io.lockstep.tools.log;

import io.lockstep.core.logic.StateMachine;
import io.lockstep.node.LogicClass;
import io.lockstep.node.config.NodeConfiguration;
import io.lockstep.tools.console.ExitCode;
import io.lockstep.tools.console.UsageException;
import io.lockstep.tools.console.Version;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Rebuilds a state machine from a log. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Apply an archive's log to a fresh state machine; print its hash and the rate.")
public final class ReplayCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "Directory of an archive that nobody writes to.")
    private Path directory;

    @Option(
            names = "--logic",
            paramLabel = "CLASS",
            defaultValue = NodeConfiguration.DEFAULT_LOGIC,
            description = "State machine, a class or exchange (default).")
    private String logic;

    @Option(
            names = "--to",
            paramLabel = "SEQUENCE",
            defaultValue = "9223372036854775807",
            description = "Last entry to apply; all of them by default.")
    private long toSequence;

    /** Made by the command line. */
    public ReplayCommand() {}

    @Override
    public Integer call() {
        LogDirectory.require(directory);
        final List<String> faults = new ArrayList<>();
        final Supplier<? extends StateMachine> factory = LogicClass.factory(logic, faults);
        if (!faults.isEmpty()) {
            throw new UsageException(faults.get(0));
        }
        final LogState.Result result = LogState.replay(directory, factory.get(), toSequence);
        spec.commandLine()
                .getOut()
                .printf(
                        Locale.ROOT,
                        "entries %d, commands %d, end (%d, %d), state hash %016x, %.0f entries/s%n",
                        result.entries(),
                        result.commands(),
                        result.epoch(),
                        result.sequence(),
                        result.stateHash(),
                        result.rate());
        if (result.fault() != null) {
            spec.commandLine().getErr().println("stopped: " + result.fault());
            return ExitCode.CHECK_FAILED;
        }
        return ExitCode.OK;
    }
}
