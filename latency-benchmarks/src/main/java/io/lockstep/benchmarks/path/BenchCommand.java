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

/** Measures subjects in interleaved rounds and reports the ratios of paired rounds. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Measure Lockstep beside its peers, in rounds in which each has its turn.")
public final class BenchCommand implements Callable<Integer> {
    private static final int FIRST_PORT = 28_000;
    private static final int PORTS_EACH = 100;
    private static final int FIRST_GROUP = 200;
    private static final String RECORDED_FLOW = "aapl-2012-06-21/orders.csv.gz";

    @Spec
    private CommandSpec spec;

    @Option(names = "--quick", description = "Every subject at two rates and in bursts, in under five minutes.")
    private boolean isQuick;

    @Option(names = "--subjects", split = ",", paramLabel = "NAME", description = "Only these (default all).")
    private List<String> subjects;

    @Option(
            names = "--loads",
            split = ",",
            paramLabel = "LOAD",
            description = "constant:RATE, bursts:SIZExMILLISECONDS or recorded:SPEED.")
    private List<String> loads;

    @Option(names = "--lengths", split = ",", paramLabel = "BYTES", description = "Of messages (default 64,256,1024).")
    private List<Integer> lengths;

    @Option(
            names = "--loss",
            split = ",",
            paramLabel = "PERCENT",
            description = "Also the first load while these shares of all datagrams are dropped; of the subjects that"
                    + " take it (default 0.1,1,5 for three of them, quick none).")
    private List<Double> losses;

    @Option(
            names = "--allocation",
            description = "What hot threads allocate over a million messages; one long round, nothing else.")
    private boolean isAllocation;

    @Option(names = "--rounds", paramLabel = "N", description = "Turns of each subject (default 5, quick 3).")
    private int rounds;

    /** 0 where bursts have as many as the others. */
    private int burstRounds;

    @Option(names = "--seconds", paramLabel = "S", description = "Measured in each turn (default 3, quick 1).")
    private double seconds;

    @Option(names = "--held", description = "Also the highest rate that each subject holds (always unless quick).")
    private boolean isHeld;

    @Option(names = "--layout", paramLabel = "L", defaultValue = "fused", description = "fused or threaded.")
    private String layout;

    @Option(names = "--idle", paramLabel = "I", defaultValue = "yield", description = "backoff, yield or spin.")
    private String idle;

    @Option(
            names = "--orders",
            paramLabel = "FILE",
            description = "Flow whose times recorded loads have (default: the one in LOCKSTEP_DATA).")
    private Path orders;

    @Option(
            names = "--results",
            paramLabel = "DIR",
            required = true,
            description = "Takes a folder for this run.")
    private Path results;

    @Option(names = "--save", paramLabel = "MACHINE", description = "Names the run's folder, to be kept.")
    private String machine;

    @Option(names = "--json", paramLabel = "FILE", description = "Takes every figure and ratio, for machines.")
    private Path json;

    /** Made by the command line. */
    public BenchCommand() {}

    /**
     * Runs the benchmarks.
     *
     * @param arguments see --help
     */
    public static void main(final String[] arguments) {
        System.exit(new CommandLine(new BenchCommand()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        final BenchPlan plan = settle();
        final Environment environment = Environment.look("scripts/bench" + arguments());
        environment.put("layout", layout + ", " + idle);
        final PrintWriter out = spec.commandLine().getOut();
        environment.facts().forEach((name, value) -> out.println(name + ": " + value));
        final Map<String, Integer> held = new LinkedHashMap<>();
        final List<CellResults> measured = measure(plan, held, out);
        environment.put("load average after", Environment.loadAverage());
        final Report report = new Report(environment, measured, held);
        out.print(report.text());
        final Path folder = new ResultsFolder(results, machine, environment, report).write();
        if (json != null) {
            Files.writeString(json, report.json());
        }
        out.println("results in " + folder);
        out.flush();
        return measured.stream().anyMatch(CellResults::hasNothing) ? 1 : 0;
    }

    /** As they were given, but for where the results go, which the script adds. */
    private String arguments() {
        final List<String> given = spec.commandLine().getParseResult().originalArgs();
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < given.size(); i++) {
            if ("--results".equals(given.get(i))) {
                i++;
            } else {
                text.append(' ').append(given.get(i));
            }
        }
        return text.toString();
    }

    private BenchPlan settle() {
        final List<String> underLoss = subjects == null ? BenchPlan.UNDER_LOSS : subjects;
        subjects = subjects != null ? subjects : isAllocation ? BenchPlan.UNDER_LOSS : Subjects.names();
        for (final String subject : subjects) {
            if (!Subjects.names().contains(subject)) {
                throw new ParameterException(spec.commandLine(), subject + " is none of " + Subjects.names());
            }
        }
        burstRounds = rounds == 0 && isQuick ? 1 : rounds;
        rounds = rounds > 0 ? rounds : isAllocation ? 1 : isQuick ? 3 : 5;
        seconds = seconds > 0 ? seconds : isAllocation ? 20 : isQuick ? 1 : 3;
        lengths = lengths != null ? lengths : isAllocation || isQuick ? List.of(64) : List.of(64, 256, 1024);
        losses = losses != null ? losses : isAllocation || isQuick ? List.of() : List.of(0.1, 1.0, 5.0);
        try {
            return new BenchPlan(loads(), lengths, losses, underLoss);
        } catch (final IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    /** Those asked for; recorded ones that nobody asked for need a record, and a line says so where there is none. */
    private List<LoadSpec> loads() {
        final boolean isAsked = loads != null;
        final List<String> names = isAsked
                ? loads
                : isAllocation ? List.of("constant:50000") : isQuick ? BenchPlan.QUICK_LOADS : BenchPlan.LOADS;
        final List<LoadSpec> specs = new ArrayList<>(names.stream().map(LoadSpec::parse).toList());
        final String folder = System.getenv("LOCKSTEP_DATA");
        if (orders == null && folder != null && Files.isReadable(Path.of(folder, RECORDED_FLOW))) {
            orders = Path.of(folder, RECORDED_FLOW);
        }
        if (orders == null && specs.stream().anyMatch(load -> load.kind() == LoadSpec.Kind.RECORDED)) {
            if (isAsked) {
                throw new IllegalArgumentException(
                        "recorded loads need --orders FILE, or " + RECORDED_FLOW + " in the folder LOCKSTEP_DATA");
            }
            specs.removeIf(load -> load.kind() == LoadSpec.Kind.RECORDED);
            spec.commandLine()
                    .getOut()
                    .println("recorded loads are left out: no " + RECORDED_FLOW + " in LOCKSTEP_DATA, which is "
                            + folder);
        }
        return specs;
    }

    private List<CellResults> measure(
            final BenchPlan plan, final Map<String, Integer> held, final PrintWriter out) throws IOException {
        final Map<String, WorkerProcess> workers = new LinkedHashMap<>();
        final List<CellResults> measured = new ArrayList<>();
        try {
            for (int i = 0; i < subjects.size(); i++) {
                workers.put(
                        subjects.get(i),
                        WorkerProcess.start(
                                FIRST_PORT + i * PORTS_EACH, "239.71." + (FIRST_GROUP + i) + ".1", orders));
            }
            for (final String subject : subjects) {
                warmUp(workers.get(subject), subject, out);
            }
            for (final Cell cell : plan.cells()) {
                measured.add(rounds(plan, cell, workers, out));
            }
            if (isHeld || !(isQuick || isAllocation)) {
                findHeld(workers, held, out);
            }
        } finally {
            CloseHelper.closeAll(workers.values());
        }
        return measured;
    }

    /** A first turn that nobody counts, in which the virtual machine compiles what the others will run. */
    private void warmUp(final WorkerProcess worker, final String subject, final PrintWriter out) throws IOException {
        final RunResult result =
                worker.run(request(subject, new Cell(LoadSpec.constant(30_000), lengths.get(0)), isQuick ? 2 : 6, 1));
        if (!result.isDelivered()) {
            out.println("warm-up of " + subject + ": " + result.text());
            out.flush();
        }
    }

    private void findHeld(
            final Map<String, WorkerProcess> workers, final Map<String, Integer> held, final PrintWriter out)
            throws IOException {
        for (final Map.Entry<String, WorkerProcess> worker : workers.entrySet()) {
            final int rate = HeldRate.search(perSecond -> worker.getValue()
                    .run(request(worker.getKey(), new Cell(LoadSpec.constant(perSecond), lengths.get(0)), 1, 1)));
            held.put(worker.getKey(), rate);
            out.println("highest rate held, " + worker.getKey() + ": " + rate + "/s");
            out.flush();
        }
    }

    private RunRequest request(
            final String subject, final Cell cell, final double warmUpSeconds, final double measuredSeconds) {
        return new RunRequest(
                subject,
                cell.load(),
                cell.length(),
                cell.lossPercent(),
                layout,
                idle,
                warmUpSeconds,
                measuredSeconds);
    }

    private CellResults rounds(
            final BenchPlan plan, final Cell cell, final Map<String, WorkerProcess> workers, final PrintWriter out)
            throws IOException {
        final CellResults results = new CellResults(cell);
        final double warmUpSeconds = isAllocation ? 10 : isQuick ? 0.6 : 2;
        final int most = burstRounds > 0 && results.hasBursts() ? burstRounds : rounds;
        for (int round = 1; round <= most; round++) {
            for (final Map.Entry<String, WorkerProcess> worker : workers.entrySet()) {
                if (!plan.has(cell, worker.getKey())) {
                    continue;
                }
                final RunResult result =
                        worker.getValue().run(request(worker.getKey(), cell, warmUpSeconds, seconds));
                results.add(worker.getKey(), result);
                out.println(cell + ", round " + round + ", " + worker.getKey() + ": " + Report.inShort(result));
                out.flush();
            }
        }
        return results;
    }
}
