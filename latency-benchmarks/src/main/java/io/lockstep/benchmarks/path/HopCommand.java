package io.lockstep.benchmarks.path;

import io.lockstep.benchmarks.path.subject.Subjects;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.agrona.CloseHelper;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows where commands spend their time, hop by hop, and what it costs to look. */
@Command(
        name = "bench --hops",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Take the time of every command at every hop, and show where each microsecond goes.")
public final class HopCommand implements Callable<Integer> {
    /** Names of subjects that release without waiting for archives begin so. */
    static final String AT_SIGHT = "lockstep-sight";

    private static final String LOCKSTEP = "lockstep-";
    private static final int FIRST_PORT = 33_000;
    private static final int PORTS_EACH = 100;

    @Spec
    private CommandSpec spec;

    @Option(names = "--subjects", split = ",", paramLabel = "NAME", description = "Default ${DEFAULT-VALUE}.")
    private List<String> subjects = List.of(AT_SIGHT, "lockstep-quorum-3");

    @Option(
            names = "--loads",
            split = ",",
            paramLabel = "LOAD",
            description = "constant:RATE or bursts:SIZExMILLISECONDS (default ${DEFAULT-VALUE}).")
    private List<String> loads = List.of("constant:10000");

    @Option(names = "--length", paramLabel = "BYTES", defaultValue = "64", description = "Of messages (default 64).")
    private int length;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "5", description = "With and without times each (5).")
    private int rounds;

    @Option(names = "--seconds", paramLabel = "S", defaultValue = "2", description = "Measured in each turn (2).")
    private double seconds;

    @Option(names = "--layout", paramLabel = "L", defaultValue = "fused", description = "fused or threaded.")
    private String layout;

    @Option(names = "--idle", paramLabel = "I", defaultValue = "yield", description = "backoff, yield or spin.")
    private String idle;

    @Option(
            names = "--results",
            paramLabel = "DIR",
            required = true,
            description = "Takes a folder for this run.")
    private Path results;

    @Option(names = "--save", paramLabel = "MACHINE", description = "Names the run's folder, to be kept.")
    private String machine;

    @Option(names = "--json", paramLabel = "FILE", description = "Takes every figure, for machines.")
    private Path json;

    /** Made by the command line. */
    public HopCommand() {}

    /**
     * Runs subjects.
     *
     * @param arguments see --help
     */
    public static void main(final String[] arguments) {
        System.exit(new CommandLine(new HopCommand()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        final List<Cell> cells = cells();
        final Environment environment = Environment.look("scripts/bench --hops" + arguments());
        environment.put("layout", layout + ", " + idle);
        final PrintWriter out = spec.commandLine().getOut();
        environment.facts().forEach((name, value) -> out.println(name + ": " + value));
        final List<HopResults> measured = measure(cells, out);
        environment.put("load average after", Environment.loadAverage());
        final HopReport report = new HopReport(environment, measured);
        out.print(report.text());
        final Path folder = report.write(results, machine);
        if (json != null) {
            Files.writeString(json, report.json());
        }
        out.println("results in " + folder);
        out.flush();
        return measured.stream().allMatch(cell -> cell.subjects().isEmpty()) ? 1 : 0;
    }

    /** As they were given, but for where the results go, which the script adds. */
    private String arguments() {
        final List<String> given = new ArrayList<>(spec.commandLine().getParseResult().originalArgs());
        final int at = given.indexOf("--results");
        given.subList(at, at + 2).clear();
        return given.isEmpty() ? "" : " " + String.join(" ", given);
    }

    private List<Cell> cells() {
        for (final String subject : subjects) {
            if (!subject.startsWith(LOCKSTEP)
                    || !Subjects.names().contains(subject)
                    || subject.equals(Subjects.EXCHANGE)) {
                throw new ParameterException(spec.commandLine(), subject + " is no Lockstep with echo logic");
            }
        }
        try {
            final List<LoadSpec> specs = loads.stream().map(LoadSpec::parse).toList();
            if (specs.stream().anyMatch(load -> load.kind() == LoadSpec.Kind.RECORDED)) {
                throw new IllegalArgumentException("recorded loads have too few commands to show hops");
            }
            return specs.stream().map(load -> new Cell(load, length)).toList();
        } catch (final IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    /** Each subject has two processes, one that takes times and one that does not, since that is compiled otherwise. */
    private List<HopResults> measure(final List<Cell> cells, final PrintWriter out) throws IOException {
        final Map<String, WorkerProcess> workers = new LinkedHashMap<>();
        final List<HopResults> measured = new ArrayList<>();
        try {
            for (final String subject : subjects) {
                for (final boolean isTraced : new boolean[] {false, true}) {
                    final int number = workers.size();
                    workers.put(
                            subject + isTraced,
                            WorkerProcess.start(
                                    HopWorker.class,
                                    FIRST_PORT + number * PORTS_EACH,
                                    "239.73." + (number + 1) + ".1",
                                    null));
                    run(workers, subject, isTraced, new Cell(LoadSpec.constant(30_000), length), 4, 1);
                }
            }
            for (final Cell cell : cells) {
                final HopResults results = new HopResults(cell);
                for (int round = 1; round <= rounds; round++) {
                    round(results, round, workers, out);
                }
                measured.add(results);
            }
        } finally {
            CloseHelper.closeAll(workers.values());
        }
        return measured;
    }

    private void round(
            final HopResults measured, final int round, final Map<String, WorkerProcess> workers, final PrintWriter out)
            throws IOException {
        for (final String subject : subjects) {
            for (final boolean isTraced : new boolean[] {round % 2 == 0, round % 2 != 0}) {
                final HopRun run = run(workers, subject, isTraced, measured.cell(), 1, seconds);
                measured.add(subject, isTraced, run);
                out.println(measured.cell() + ", round " + round + ", " + subject + (isTraced ? " with times: " : ": ")
                        + Report.inShort(run.result()));
                out.flush();
            }
        }
    }

    private HopRun run(
            final Map<String, WorkerProcess> workers,
            final String subject,
            final boolean isTraced,
            final Cell cell,
            final double warmUpSeconds,
            final double measuredSeconds)
            throws IOException {
        final RunRequest request =
                new RunRequest(subject, cell.load(), cell.length(), 0, layout, idle, warmUpSeconds, measuredSeconds);
        return workers.get(subject + isTraced)
                .ask(isTraced ? request + HopWorker.TRACED : request.toString())
                .map(HopRun::parse)
                .orElseGet(() -> HopRun.failed("the worker's process has ended"));
    }
}
