package io.lockstep.benchmarks.path;

import java.util.Map;
import java.util.TreeMap;

/**
 * One run of one subject, as a line of text that goes to a worker process.
 *
 * @param subject by its name
 * @param load as {@link LoadSpec} writes it
 * @param length of a message in bytes
 * @param lossPercent of all datagrams, dropped on purpose
 * @param layout of Lockstep's threads
 * @param idle of all threads
 * @param warmUpSeconds not measured
 * @param seconds measured
 */
record RunRequest(
        String subject,
        LoadSpec load,
        int length,
        double lossPercent,
        String layout,
        String idle,
        double warmUpSeconds,
        double seconds) {
    static RunRequest parse(final String line) {
        final Map<String, String> values = new TreeMap<>();
        for (final String part : line.split(" ", -1)) {
            final int equals = part.indexOf('=');
            values.put(part.substring(0, equals), part.substring(equals + 1));
        }
        return new RunRequest(
                values.get("subject"),
                LoadSpec.parse(values.get("load")),
                Integer.parseInt(values.get("length")),
                Double.parseDouble(values.get("loss")),
                values.get("layout"),
                values.get("idle"),
                Double.parseDouble(values.get("warmUp")),
                Double.parseDouble(values.get("seconds")));
    }

    @Override
    public String toString() {
        return "subject=" + subject + " load=" + load + " length=" + length + " loss=" + lossPercent
                + " layout=" + layout + " idle=" + idle + " warmUp=" + warmUpSeconds + " seconds=" + seconds;
    }
}
