package io.lockstep.benchmarks.path;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What hot threads allocated while messages went by.
 *
 * @param messages answered meanwhile; 0 if nobody counted
 * @param bytesByThread by the name of the thread
 */
record Garbage(long messages, Map<String, Long> bytesByThread) {
    /** Nobody counted. */
    static final Garbage UNKNOWN = new Garbage(0, Map.of());

    /** Bytes of all threads for each message; not a number if nobody counted. */
    double bytesPerMessage() {
        return messages == 0 || bytesByThread.isEmpty() ? Double.NaN : (double) bytes() / messages;
    }

    /** Bytes of all threads. */
    long bytes() {
        return bytesByThread.values().stream().mapToLong(Long::longValue).sum();
    }

    static Garbage parse(final String text) {
        final String[] parts = text.split(";", -1);
        final Map<String, Long> bytes = new LinkedHashMap<>();
        for (int i = 1; i < parts.length; i++) {
            final int equals = parts[i].lastIndexOf('=');
            bytes.put(parts[i].substring(0, equals), Long.parseLong(parts[i].substring(equals + 1)));
        }
        return new Garbage(Long.parseLong(parts[0]), bytes);
    }

    @Override
    public String toString() {
        final StringBuilder text = new StringBuilder(Long.toString(messages));
        bytesByThread.forEach((name, bytes) ->
                text.append(';').append(name.replaceAll("[;\t\r\n]", " ")).append('=').append(bytes));
        return text.toString();
    }
}
