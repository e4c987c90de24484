package io.lockstep.tools.flow;

import io.lockstep.core.client.GatewayConfiguration;
import io.lockstep.matching.flow.BboWriter;
import io.lockstep.matching.flow.DirectMatch;
import io.lockstep.matching.flow.FillsWriter;
import io.lockstep.matching.flow.FlowEncoder;
import io.lockstep.matching.flow.FlowRecorder;
import io.lockstep.matching.flow.FlowSource;
import io.lockstep.node.agent.ClusterBoard;
import io.lockstep.tools.console.ConsoleListener;
import io.lockstep.tools.console.ExitCode;
import io.lockstep.tools.console.TemporaryDirectory;
import io.lockstep.tools.console.Version;
import io.lockstep.tools.system.LocalSystem;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a flow file through a system of its own, or straight into the exchange, and writes what came of it. */
@Command(
        name = "match",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Run a flow file through a system of its own; write its fills and best prices (.gz: compressed).")
public final class MatchCommand implements Callable<Integer> {
    private static final long STILL_SECONDS = 30;
    private static final long CLIENT_ID = 1;

    @Spec
    private CommandSpec spec;

    @Option(names = "--orders", required = true, paramLabel = "FILE", description = "Flow to run.")
    private Path orders;

    @Option(names = "--trades", required = true, paramLabel = "OUT", description = "Takes the fills.")
    private Path trades;

    @Option(names = "--bbo", required = true, paramLabel = "OUT", description = "Takes the best bid and offer.")
    private Path bbo;

    @Option(names = "--direct", description = "Straight into the state machine, without sequencer and network.")
    private boolean direct;

    /** Made by the command line. */
    public MatchCommand() {}

    @Override
    public Integer call() {
        if (!direct) {
            Flows.check(orders);
        }
        try (FlowSource source = Flows.open(orders);
                FillsWriter fills = new FillsWriter(trades, Flows.SYMBOL);
                BboWriter tops = new BboWriter(bbo, Flows.SYMBOL)) {
            final FlowRecorder recorder = new FlowRecorder(fills, tops);
            return direct ? runDirect(source, recorder, fills) : runThroughSystem(source, recorder, fills);
        }
    }

    private int runDirect(final FlowSource source, final FlowRecorder recorder, final FillsWriter fills) {
        final DirectMatch.Result result = new DirectMatch(Flows.SYMBOL).run(source, recorder);
        report(result.commands(), fills.count());
        return ExitCode.OK;
    }

    private int runThroughSystem(final FlowSource source, final FlowRecorder recorder, final FillsWriter fills) {
        final FlowProgram program = new FlowProgram(
                source,
                new FlowEncoder(Flows.SYMBOL),
                new RecordedOutputs(recorder),
                new ClusterBoard(),
                CLIENT_ID,
                Pace.MAX,
                GatewayConfiguration.DEFAULT_WINDOW_COMMANDS);
        final ConsoleListener listener = new ConsoleListener(spec.commandLine().getErr());
        final LocalSystem.Options options = new LocalSystem.Options(false, "auto", "fused", "backoff", 0, 1);
        try (TemporaryDirectory directory = TemporaryDirectory.create();
                LocalSystem system = LocalSystem.start(directory.path(), options, program, listener)) {
            final FlowEnd end = FlowWait.await(program, STILL_SECONDS, () -> listener.failures() == 0);
            if (end == null) {
                spec.commandLine()
                        .getErr()
                        .println("the flow did not come to its end over " + system.medium() + ": "
                                + program.answered() + " of " + program.sent() + " commands are answered");
                return ExitCode.CHECK_FAILED;
            }
            recorder.finish();
            report(end.answered(), fills.count());
            if (!end.isFlawless()) {
                spec.commandLine().getErr().println("not every command was answered once and in order: " + end);
                return ExitCode.CHECK_FAILED;
            }
            return ExitCode.OK;
        }
    }

    private void report(final long commands, final long fills) {
        spec.commandLine().getOut().printf(Locale.ROOT, "%d commands, %d fills%n", commands, fills);
        spec.commandLine().getOut().flush();
    }
}
