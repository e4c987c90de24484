package io.lockstep.benchmarks.rounds;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What the run ran on, and how much of the processors others had meanwhile. Read from Linux's files; what is not there
 * is unknown.
 */
final class Machine {
    private static final String UNKNOWN = "unknown";
    private static final double TICKS_PER_SECOND = 100;
    private static final int IDLE = 4;
    private static final int IO_WAIT = 5;
    private static final int USER_AND_SYSTEM_END = 9; // user nice system idle iowait irq softirq steal; not guest
    private static final int OWN_TIMES = 11; // behind the name in brackets and the state
    private static final int OWN_TIMES_END = 15;

    private final long startNs = System.nanoTime();
    private final double busyAtStart = busyTicks();
    private final double ownAtStart = ownTicks();

    private Machine() {}

    static Machine atStart() {
        return new Machine();
    }

    /** Lines of text; called at the end of the run. */
    String describe() {
        return String.join(
                "\n",
                "date            " + Instant.now().truncatedTo(ChronoUnit.SECONDS),
                "processor       " + processor() + ", " + Runtime.getRuntime().availableProcessors() + " cores",
                "kernel          " + System.getProperty("os.name") + " " + System.getProperty("os.version"),
                "governor        " + first("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor"),
                "clock source    " + first("/sys/devices/system/clocksource/clocksource0/current_clocksource"),
                "jvm             " + System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
                "flags           " + flags(),
                "commit          " + System.getProperty("lockstep.commit", UNKNOWN),
                "load by others  " + othersLoad());
    }

    /** Without properties, which are what the script tells this program. */
    private static String flags() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> !flag.startsWith("-D"))
                .collect(Collectors.joining(" "));
    }

    private String othersLoad() {
        final double seconds = (System.nanoTime() - startNs) / 1e9;
        final double ticks = busyTicks() - busyAtStart - (ownTicks() - ownAtStart);
        return Double.isNaN(ticks)
                ? UNKNOWN
                : String.format(Locale.ROOT, "%.2f cores on average", Math.max(0, ticks / TICKS_PER_SECOND / seconds));
    }

    /** All processors' time that was not idle. */
    private static double busyTicks() {
        final String[] words = first("/proc/stat").split(" +", -1);
        double ticks = 0;
        for (int i = 1; i < USER_AND_SYSTEM_END && words.length >= USER_AND_SYSTEM_END; i++) {
            ticks += i == IDLE || i == IO_WAIT ? 0 : Double.parseDouble(words[i]);
        }
        return ticks == 0 ? Double.NaN : ticks;
    }

    /** The time of this process and of its children that have ended, the forks. */
    private static double ownTicks() {
        final String line = first("/proc/self/stat");
        final String[] words = line.substring(line.lastIndexOf(')') + 1).strip().split(" ", -1);
        return words.length < OWN_TIMES_END
                ? Double.NaN
                : Arrays.stream(words, OWN_TIMES, OWN_TIMES_END)
                        .mapToDouble(Double::parseDouble)
                        .sum();
    }

    private static String processor() {
        return read("/proc/cpuinfo").stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(UNKNOWN);
    }

    private static String first(final String file) {
        final List<String> lines = read(file);
        return lines.isEmpty() ? UNKNOWN : lines.get(0);
    }

    private static List<String> read(final String file) {
        try {
            return Files.readAllLines(Path.of(file));
        } catch (final IOException e) {
            return List.of(); // Not Linux, or not allowed to.
        }
    }
}
