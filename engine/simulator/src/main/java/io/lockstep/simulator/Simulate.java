package io.lockstep.simulator;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** The command line of the simulator: runs seed after seed for some time and counts. */
public final class Simulate {
    private long seeds;
    private long steps;
    private long takeovers;
    private long faults;
    private long released;
    private long entries;
    private long failures;

    private Simulate() {}

    /**
     * Runs.
     *
     * @param args {@code --minutes N}, {@code --seed S} for one seed alone, {@code --from S} for the first of many,
     *     {@code --json FILE}
     * @throws IOException if the file cannot be written
     */
    public static void main(final String[] args) throws IOException {
        if (args.length % 2 != 0) {
            usage(List.of(args).contains("--help") ? null : "an option without its value");
        }
        double minutes = 1;
        long from = System.nanoTime() >>> 16;
        boolean one = false;
        String json = null;
        for (int i = 0; i + 1 < args.length; i += 2) {
            final String value = args[i + 1];
            try {
                switch (args[i]) {
                    case "--minutes" -> minutes = Double.parseDouble(value);
                    case "--from" -> from = Long.parseLong(value);
                    case "--seed" -> {
                        from = Long.parseLong(value);
                        one = true;
                    }
                    case "--json" -> json = value;
                    default -> usage("unknown option " + args[i]);
                }
            } catch (final NumberFormatException e) {
                usage(args[i] + " " + value + " is no number");
            }
        }
        final long failed = new Simulate().run(System.out, minutes, from, one, json);
        System.exit(failed == 0 ? 0 : 1);
    }

    private static void usage(final String fault) {
        if (fault != null) {
            System.err.println("simulate: " + fault);
        }
        System.err.println("usage: simulate [--minutes N] [--seed S | --from S] [--json FILE]");
        System.exit(fault == null ? 0 : 2);
    }

    private long run(
            final PrintStream out, final double minutes, final long from, final boolean one, final String json)
            throws IOException {
        final long startNs = System.nanoTime();
        final long endNs = startNs + (long) (minutes * TimeUnit.MINUTES.toNanos(1));
        long seed = from;
        do {
            final Trial trial = new Trial(seed, new Cores());
            final SimulationFailure failure = trial.run();
            seeds++;
            steps += trial.steps();
            takeovers += Math.max(0, trial.epochs() - 1);
            faults += trial.faults();
            released += trial.released();
            entries += trial.entries();
            if (failure != null) {
                failures++;
                out.println(trial.explain(failure));
                if (one && failure.getCause() != null) {
                    for (final StackTraceElement frame : failure.getCause().getStackTrace()) {
                        out.println("    at " + frame);
                    }
                }
            }
            seed++;
        } while (!one && failures < 10 && System.nanoTime() - endNs < 0);
        final double seconds = (System.nanoTime() - startNs) / 1e9;
        out.printf(
                Locale.ROOT,
                "%d seeds from %d, %d steps (%.1f M a minute), %d takeovers, %d faults, %d entries, "
                        + "%d outputs released, %d violations in %.0f s%n",
                seeds,
                from,
                steps,
                steps / seconds * 60 / 1e6,
                takeovers,
                faults,
                entries,
                released,
                failures,
                seconds);
        if (json != null) {
            Files.writeString(Path.of(json), json(from, seconds));
        }
        return failures;
    }

    private String json(final long from, final double seconds) {
        return String.format(
                Locale.ROOT,
                "{\"firstSeed\":%d,\"seeds\":%d,\"steps\":%d,\"takeovers\":%d,\"faults\":%d,\"entries\":%d,"
                        + "\"released\":%d,\"violations\":%d,\"seconds\":%.1f}%n",
                from,
                seeds,
                steps,
                takeovers,
                faults,
                entries,
                released,
                failures,
                seconds);
    }
}
