package io.lockstep.tools.flow;

import io.lockstep.core.client.GatewayConfiguration;
import io.lockstep.matching.flow.FlowEncoder;
import io.lockstep.matching.flow.FlowSource;
import io.lockstep.node.Node;
import io.lockstep.node.NodeContext;
import io.lockstep.node.agent.ClusterBoard;
import io.lockstep.node.config.NodeConfiguration;
import io.lockstep.tools.console.Configurations;
import io.lockstep.tools.console.ConsoleListener;
import io.lockstep.tools.console.ExitCode;
import io.lockstep.tools.console.Version;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Sends a flow file into a system that runs. */
@Command(
        name = "send",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Send a flow file into a running system, through a gateway in this process.")
public final class SendCommand implements Callable<Integer> {
    private static final int GATEWAY_ID = 90;

    @Spec
    private CommandSpec spec;

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "Properties file of the system.")
    private Path config;

    @Option(names = "--orders", required = true, paramLabel = "FILE", description = "Flow to send.")
    private Path orders;

    @Option(
            names = "--client",
            paramLabel = "ID",
            defaultValue = "1",
            description = "Client to send as; another session of it is taken over (default 1).")
    private long clientId;

    @Option(
            names = "--rate",
            paramLabel = "N|max",
            defaultValue = "max",
            description = "Commands a second (default max).")
    private String rate;

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            defaultValue = "20",
            description = "Give up when nothing has moved for so long (default 20).")
    private long patience;

    /** Made by the command line. */
    public SendCommand() {}

    @Override
    public Integer call() throws IOException {
        final NodeConfiguration configuration = Configurations.loadForGateway(config, GATEWAY_ID);
        Flows.check(orders);
        final ConsoleListener listener = new ConsoleListener(spec.commandLine().getErr());
        try (FlowSource source = Flows.open(orders)) {
            final FlowProgram program = new FlowProgram(
                    source,
                    new FlowEncoder(Flows.SYMBOL),
                    new IgnoredOutputs(),
                    new ClusterBoard(),
                    clientId,
                    Pace.of(Flows.rate(rate)),
                    GatewayConfiguration.DEFAULT_WINDOW_COMMANDS);
            try (Node node = Node.launch(new NodeContext(configuration)
                    .programs(id -> program)
                    .listener(listener))) {
                return report(node, program, FlowWait.await(program, patience, () -> listener.failures() == 0));
            }
        }
    }

    private int report(final Node node, final FlowProgram program, final FlowEnd end) {
        if (end == null) {
            spec.commandLine()
                    .getErr()
                    .println("given up: " + program.answered() + " of " + program.sent()
                            + " commands are answered; is there a sequencer, a quorum of archives and a replica, and"
                            + " is their medium " + node.transportContext().medium() + " too?");
            return program.sent() == 0 ? ExitCode.UNREACHABLE : ExitCode.CHECK_FAILED;
        }
        final Histogram latency = program.latencies();
        spec.commandLine()
                .getOut()
                .printf(
                        Locale.ROOT,
                        "sent %d, answered %d, lost %d, doubled %d, out of order %d, %.0f/s, p50 %.1f us,"
                                + " p99 %.1f us%n",
                        end.sent(),
                        end.answered(),
                        end.lost(),
                        end.doubled(),
                        end.outOfOrder(),
                        end.answered() * 1e9 / end.durationNs(),
                        latency.getValueAtPercentile(50) / 1e3,
                        latency.getValueAtPercentile(99) / 1e3);
        spec.commandLine().getOut().flush();
        return end.isFlawless() ? ExitCode.OK : ExitCode.CHECK_FAILED;
    }
}
