package io.lockstep.benchmarks.rounds;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** What scripts/bench-micro starts. Options of its own are taken out of the command line; the others are JMH's. */
public final class BenchmarkRounds {
    private static final Path RECORDED_FLOW = Path.of("aapl-2012-06-21", "orders.csv.gz");
    private static final int QUICK_MS = 200;

    private final RoundsOptions own;
    private final CommandLineOptions jmh;
    private final PrintStream out;

    private BenchmarkRounds(final RoundsOptions own, final CommandLineOptions jmh, final PrintStream out) {
        this.own = own;
        this.jmh = jmh;
        this.out = out;
    }

    /**
     * Runs what the command line says.
     *
     * @param arguments of the command line
     */
    public static void main(final String[] arguments) throws IOException, RunnerException {
        final RoundsOptions own;
        final CommandLineOptions jmh;
        try {
            own = RoundsOptions.of(arguments);
            jmh = new CommandLineOptions(own.others().toArray(new String[0]));
        } catch (final IllegalArgumentException | CommandLineOptionException e) {
            System.err.println("bench-micro: " + e.getMessage());
            System.exit(2);
            return;
        }
        if (jmh.shouldHelp()) {
            jmh.showHelp();
        } else if (jmh.shouldList() || jmh.shouldListWithParams()) {
            new Runner(jmh).list();
        } else {
            new BenchmarkRounds(own, jmh, System.out).run();
        }
    }

    private void run() throws IOException, RunnerException {
        final Machine machine = Machine.atStart();
        final RatioTable table = new RatioTable();
        final Options options = options();
        for (int round = 1; round <= own.rounds(); round++) {
            out.println("round " + round + " of " + own.rounds());
            table.add(round, new Runner(options).run());
        }
        final String environment = machine.describe();
        out.println();
        out.println(environment);
        table.lines().forEach(out::println);
        if (own.machine() != null) {
            out.println("saved in " + new SavedRun(Path.of(own.results()), own.machine(), "micro")
                    .write(own.command(), environment, table));
        }
    }

    /** One round: a fork of each benchmark. */
    private Options options() {
        final ChainedOptionsBuilder options = new OptionsBuilder()
                .parent(jmh)
                .forks(1)
                .shouldFailOnError(true)
                .addProfiler(GCProfiler.class);
        if (!jmh.verbosity().hasValue()) {
            options.verbosity(VerboseMode.SILENT);
        }
        if (own.isQuick()) {
            options.warmupIterations(3)
                    .warmupTime(TimeValue.milliseconds(QUICK_MS))
                    .measurementIterations(3)
                    .measurementTime(TimeValue.milliseconds(QUICK_MS));
            parameter(options, "length", "64");
            parameter(options, "bodyLength", "64");
            parameter(options, "archives", "3");
            parameter(options, "idle", "spin");
            parameter(options, "threads", "1", "4");
        }
        parameter(options, "flow", flows().toArray(new String[0]));
        return options.build();
    }

    /** What the command line says about a parameter comes first. */
    private void parameter(final ChainedOptionsBuilder options, final String parameter, final String... values) {
        if (!jmh.getParameter(parameter).hasValue()) {
            options.param(parameter, values);
        }
    }

    private List<String> flows() {
        final List<String> flows = new ArrayList<>(List.of("synthetic"));
        final String folder = System.getProperty("LOCKSTEP_DATA");
        if (folder != null && Files.isReadable(Path.of(folder).resolve(RECORDED_FLOW))) {
            flows.add("aapl");
        } else {
            out.println("the recorded flow is left out: no " + RECORDED_FLOW + " in LOCKSTEP_DATA, which is " + folder);
        }
        return flows;
    }
}
