package io.lockstep.tools;

import io.lockstep.node.Node;
import io.lockstep.node.NodeContext;
import io.lockstep.node.config.NodeConfiguration;
import io.lockstep.tools.console.Configurations;
import io.lockstep.tools.console.ConsoleListener;
import io.lockstep.tools.console.ExitCode;
import io.lockstep.tools.console.Version;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the roles that a properties file gives to this process, until it is told to end. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Run the roles that a properties file gives to this process, until interrupted.")
public final class RunCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "Properties file of this process.")
    private Path config;

    /** Made by the command line. */
    public RunCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        final NodeConfiguration configuration = Configurations.load(config);
        final ConsoleListener listener = new ConsoleListener(spec.commandLine().getErr());
        final CountDownLatch ended = new CountDownLatch(1);
        final CountDownLatch closed = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(
                () -> {
                    ended.countDown();
                    try {
                        closed.await();
                    } catch (final InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "lockstep-shutdown"));
        try (Node node = Node.launch(new NodeContext(configuration).listener(listener))) {
            spec.commandLine()
                    .getOut()
                    .println("running over " + node.transportContext().medium() + ": "
                            + Configurations.roles(configuration));
            spec.commandLine().getOut().flush();
            ended.await();
        } finally {
            closed.countDown();
        }
        return listener.failures() == 0 ? ExitCode.OK : ExitCode.CHECK_FAILED;
    }
}
