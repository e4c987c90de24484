package io.lockstep.tools.demo;

import io.lockstep.core.client.GatewayConfiguration;
import io.lockstep.matching.flow.FlowCommand;
import io.lockstep.matching.flow.FlowEncoder;
import io.lockstep.matching.flow.FlowSource;
import io.lockstep.matching.flow.SyntheticFlow;
import io.lockstep.node.agent.ClusterBoard;
import io.lockstep.tools.console.ConsoleListener;
import io.lockstep.tools.console.ExitCode;
import io.lockstep.tools.console.TemporaryDirectory;
import io.lockstep.tools.console.UsageException;
import io.lockstep.tools.console.Version;
import io.lockstep.tools.flow.FlowEnd;
import io.lockstep.tools.flow.FlowProgram;
import io.lockstep.tools.flow.FlowWait;
import io.lockstep.tools.flow.Flows;
import io.lockstep.tools.flow.Pace;
import io.lockstep.tools.system.LocalSystem;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts a whole system, sends real or synthetic orders through it, shows it at work, and judges the result. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Start a whole system here, send orders through it, show it at work, replay its log and judge.")
public final class DemoCommand implements Callable<Integer> {
    private static final long STILL_SECONDS = 30;
    private static final long CLIENT_ID = 1;

    /** What the virtual machine needs to compile the path. */
    private static final double RAMP_SECONDS = 3;

    /** Seven machines that compile take more of few cores. */
    private static final double PROCESSES_RAMP_SECONDS = 8;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--orders",
            paramLabel = "FILE",
            description = "Flow to send; a synthetic session by default.")
    private Path orders;

    @Option(
            names = "--commands",
            paramLabel = "N",
            defaultValue = "200000",
            description = "Commands of the synthetic session (default ${DEFAULT-VALUE}).")
    private long commands;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Of the synthetic session and of the loss (default ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--rate",
            paramLabel = "N|max",
            defaultValue = "25000",
            description = "Commands a second, or max (default ${DEFAULT-VALUE}).")
    private String rate;

    @Option(
            names = "--loss",
            paramLabel = "PERCENT",
            defaultValue = "0",
            description = "Datagrams dropped on purpose, 0 to 50, such as 0.1 (default ${DEFAULT-VALUE}).")
    private double loss;

    @Option(names = "--processes", description = "Each role in a process of its own.")
    private boolean processes;

    @Option(
            names = "--medium",
            paramLabel = "M",
            defaultValue = "auto",
            description = "auto, multicast, unicast or ipc (default ${DEFAULT-VALUE}).")
    private String medium;

    @Option(
            names = "--layout",
            paramLabel = "L",
            defaultValue = "fused",
            description = "fused or threaded (default ${DEFAULT-VALUE}).")
    private String layout;

    @Option(
            names = "--idle",
            paramLabel = "I",
            defaultValue = "backoff",
            description = "backoff, yield or spin (default ${DEFAULT-VALUE}).")
    private String idle;

    @Option(names = "--json", paramLabel = "FILE", description = "Takes the verdict for machines.")
    private Path json;

    /** Made by the command line. */
    public DemoCommand() {}

    @Override
    public Integer call() throws IOException {
        if (!(loss >= 0 && loss <= 50)) {
            throw new UsageException("--loss " + loss + " is not from 0 to 50");
        }
        if (commands < 1) {
            throw new UsageException("--commands " + commands + " is below 1");
        }
        if (json != null && !canBeWritten(json)) {
            throw new UsageException("--json " + json + " cannot be written; give a file in a directory that is there");
        }
        final double perSecond = Flows.rate(rate);
        final long total = orders == null ? commands : rows(orders);
        try (FlowSource source = orders == null ? new SyntheticFlow(seed, commands) : Flows.open(orders);
                TemporaryDirectory directory = TemporaryDirectory.create()) {
            final Verdict verdict = run(source, perSecond, total, directory.path());
            verdict.print(spec.commandLine().getOut());
            if (json != null) {
                Files.writeString(json, verdict.json());
            }
            return verdict.isFlawless() ? ExitCode.OK : ExitCode.CHECK_FAILED;
        }
    }

    private Verdict run(
            final FlowSource source, final double perSecond, final long total, final Path directory) {
        final PrintWriter out = spec.commandLine().getOut();
        final ClusterBoard board = new ClusterBoard();
        final TopOfBook top = new TopOfBook();
        final FlowProgram program = new FlowProgram(
                source,
                new FlowEncoder(Flows.SYMBOL),
                top,
                board,
                CLIENT_ID,
                Pace.ramped(perSecond, rampSeconds(perSecond, total)),
                GatewayConfiguration.DEFAULT_WINDOW_COMMANDS);
        final ConsoleListener listener = new ConsoleListener(spec.commandLine().getErr());
        final LocalSystem.Options options = new LocalSystem.Options(processes, medium, layout, idle, loss, seed);
        final DemoLatency latency = new DemoLatency();
        final DemoScreen screen = new DemoScreen(out, program, board, top, latency, total);
        final FlowEnd end;
        final boolean settled;
        final long dropped;
        try (LocalSystem system = LocalSystem.start(directory, options, program, listener)) {
            end = FlowWait.await(program, STILL_SECONDS, () -> {
                screen.show();
                return listener.failures() == 0;
            });
            settled = end != null
                    && FlowWait.until(STILL_SECONDS, () -> board.agree(LocalSystem.REPLICAS, end.sequence()));
            dropped = system.droppedDatagrams();
            latency.take(program);
            screen.end();
        }
        // The system is down now, so nobody writes to the log that is replayed.
        return Verdict.of(program, end, settled, board, latency, directory, dropped);
    }

    /** At most a third of the commands belong to the ramp. */
    private double rampSeconds(final double perSecond, final long total) {
        final double wanted = processes ? PROCESSES_RAMP_SECONDS : RAMP_SECONDS;
        return perSecond == 0 ? 0 : Math.min(wanted, total / perSecond * 2 / 3);
    }

    private static boolean canBeWritten(final Path file) {
        return Files.exists(file)
                ? !Files.isDirectory(file) && Files.isWritable(file)
                : Files.isWritable(file.toAbsolutePath().getParent());
    }

    private static long rows(final Path file) {
        long count = 0;
        try (FlowSource source = Flows.open(file)) {
            final FlowCommand row = new FlowCommand();
            while (source.next(row)) {
                count++;
            }
        }
        return count;
    }
}
