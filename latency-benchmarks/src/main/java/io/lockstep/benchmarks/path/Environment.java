package io.lockstep.benchmarks.path;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What figures were measured on, as far as the system tells; the load by others as it was before the first run. */
final class Environment {
    private static final int MAX_LENGTH = 64 * 1024;

    private final Map<String, String> facts = new LinkedHashMap<>();

    private Environment() {}

    static Environment look(final String command) {
        final Environment environment = new Environment();
        environment.put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        environment.put("command", command);
        environment.put("commit", commit());
        environment.put("processor", first("/proc/cpuinfo", "model name").orElse(System.getProperty("os.arch")));
        environment.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
        environment.put("memory", first("/proc/meminfo", "MemTotal").orElse("not told"));
        environment.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        environment.put(
                "governor",
                read("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor").orElse("not told"));
        environment.put(
                "clock source",
                read("/sys/devices/system/clocksource/clocksource0/current_clocksource")
                        .orElse("not told"));
        environment.put("hypervisor", first("/proc/cpuinfo", "flags")
                .map(flags -> flags.contains("hypervisor") ? "yes" : "no")
                .orElse("not told"));
        environment.put("rmem_max", read("/proc/sys/net/core/rmem_max").orElse("not told"));
        environment.put(
                "JVM",
                System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
        environment.put(
                "flags",
                String.join(" ", ManagementFactory.getRuntimeMXBean().getInputArguments()));
        environment.put("load average", loadAverage());
        return environment;
    }

    /** 1, 5 and 15 minutes. */
    static String loadAverage() {
        return read("/proc/loadavg").orElse("not told");
    }

    void put(final String name, final String value) {
        facts.put(name, value.strip());
    }

    Map<String, String> facts() {
        return facts;
    }

    String cores() {
        return facts.get("cores");
    }

    private static Optional<String> first(final String file, final String name) {
        return read(file).stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith(name) && line.indexOf(':') > 0)
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst();
    }

    private static Optional<String> read(final String file) {
        try {
            // In one read, since a system's file may tell its value to the first alone.
            try (InputStream in = Files.newInputStream(Path.of(file))) {
                return Optional.of(new String(in.readNBytes(MAX_LENGTH), StandardCharsets.UTF_8).strip());
            }
        } catch (final IOException e) {
            return Optional.empty(); // this system does not tell
        }
    }

    /** The commit that a working copy above this directory stands at. */
    private static String commit() {
        final Optional<Path> git = Stream.iterate(Path.of("").toAbsolutePath(), path -> path != null, Path::getParent)
                .map(path -> path.resolve(".git"))
                .filter(Files::isDirectory)
                .findFirst();
        if (git.isEmpty()) {
            return "not a working copy";
        }
        final String head = read(git.get().resolve("HEAD").toString()).orElse("");
        if (!head.startsWith("ref: ")) {
            return head;
        }
        return read(git.get().resolve(head.substring(5)).toString()).orElse(head);
    }
}
