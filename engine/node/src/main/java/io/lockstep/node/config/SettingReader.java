package io.lockstep.node.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Reads typed settings out of properties and gathers every fault instead of stopping at the first: a bad value, and at
 * the end each key that nobody asked for, with the known key it is nearest to.
 */
final class SettingReader {
    private static final int MAX_DISTANCE = 4;
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]+([.][0-9]+)?");

    private final Map<String, String> values = new TreeMap<>();
    private final TreeSet<String> asked = new TreeSet<>();
    private final List<String> faults = new ArrayList<>();

    SettingReader(final Properties properties) {
        for (final String key : properties.stringPropertyNames()) {
            values.put(key, properties.getProperty(key).trim());
        }
    }

    Optional<String> text(final String key) {
        asked.add(key);
        return Optional.ofNullable(values.get(key)).filter(value -> !value.isEmpty());
    }

    String text(final String key, final String fallback) {
        return text(key).orElse(fallback);
    }

    long number(final String key, final long fallback, final long least, final long most) {
        final Optional<String> text = text(key);
        if (text.isEmpty()) {
            return fallback;
        }
        try {
            final long value = Long.parseLong(text.get().replace("_", ""));
            if (value >= least && value <= most) {
                return value;
            }
            fault(key, text.get(), "is not from " + least + " to " + most);
        } catch (final NumberFormatException e) {
            fault(key, text.get(), "is not a whole number");
        }
        return fallback;
    }

    /** A number with or without a point, such as 0.1; no exponent and no sign but minus. */
    double decimal(final String key, final double fallback, final int least, final int most) {
        final Optional<String> text = text(key);
        if (text.isEmpty()) {
            return fallback;
        }
        if (!DECIMAL.matcher(text.get()).matches()) {
            fault(key, text.get(), "is not a number");
            return fallback;
        }
        final double value = Double.parseDouble(text.get());
        if (value >= least && value <= most) {
            return value;
        }
        fault(key, text.get(), "is not from " + least + " to " + most);
        return fallback;
    }

    <E extends Enum<E>> E oneOf(final String key, final Class<E> type, final E fallback) {
        final Optional<String> text = text(key);
        if (text.isEmpty()) {
            return fallback;
        }
        for (final E constant : type.getEnumConstants()) {
            if (constant.name().equals(text.get().toUpperCase(Locale.ROOT))) {
                return constant;
            }
        }
        fault(key, text.get(), "is none of " + names(type));
        return fallback;
    }

    String oneOf(final String key, final List<String> names, final String fallback) {
        final String text = text(key, fallback).toLowerCase(Locale.ROOT);
        if (!names.contains(text)) {
            fault(key, text, "is none of " + String.join(", ", names));
            return fallback;
        }
        return text;
    }

    /** Numbers separated by commas, each from 1 to {@code most}, none twice. */
    List<Integer> ids(final String key, final int most) {
        final Optional<String> text = text(key);
        final List<Integer> ids = new ArrayList<>();
        if (text.isEmpty()) {
            return ids;
        }
        for (final String part : text.get().split(",", -1)) {
            try {
                final int id = Integer.parseInt(part.trim());
                if (id < 1 || id > most) {
                    fault(key, text.get(), "holds " + id + ", which is not from 1 to " + most);
                } else if (ids.contains(id)) {
                    fault(key, text.get(), "holds " + id + " twice");
                } else {
                    ids.add(id);
                }
            } catch (final NumberFormatException e) {
                fault(key, text.get(), "must be numbers separated by commas");
                return ids;
            }
        }
        return ids;
    }

    /**
     * What stands under {@code prefix} followed by a number, by that number. Where a word follows, as in {@code
     * sequencer.tick.us}, it is a key of its own.
     */
    Map<Integer, String> numbered(final String prefix, final int most) {
        final Map<Integer, String> found = new TreeMap<>();
        asked.add(prefix + "1");
        for (final Map.Entry<String, String> entry : values.entrySet()) {
            final String key = entry.getKey();
            final String rest = key.startsWith(prefix) ? key.substring(prefix.length()) : "";
            if (rest.matches("[-0-9].*")) {
                asked.add(key);
                if (rest.matches("[1-9][0-9]?") && Integer.parseInt(rest) <= most) {
                    found.put(Integer.parseInt(rest), entry.getValue());
                } else {
                    fault(key, entry.getValue(), "does not end in a number from 1 to " + most);
                }
            }
        }
        return found;
    }

    void fault(final String key, final String value, final String what) {
        faults.add(key + "=" + value + " " + what);
    }

    void fault(final String sentence) {
        faults.add(sentence);
    }

    /**
     * Ends the reading.
     *
     * @param source named in the message
     * @throws IllegalArgumentException that lists every fault
     */
    void conclude(final String source) {
        for (final String key : values.keySet()) {
            if (!asked.contains(key)) {
                faults.add("unknown key " + key + nearest(key).map(near -> "; did you mean " + near + "?").orElse(""));
            }
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(source + " has " + faults.size() + " fault"
                    + (faults.size() == 1 ? "" : "s") + ":\n  " + String.join("\n  ", faults));
        }
    }

    private Optional<String> nearest(final String key) {
        String best = null;
        int bestDistance = MAX_DISTANCE;
        for (final String known : asked) {
            final int distance = distance(key, known);
            if (distance < bestDistance) {
                best = known;
                bestDistance = distance;
            }
        }
        return Optional.ofNullable(best);
    }

    /** Edit distance of Levenshtein, row by row. */
    private static int distance(final String a, final String b) {
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            final int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                final int change = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[b.length()];
    }

    private static String names(final Class<? extends Enum<?>> type) {
        return String.join(
                ", ",
                Arrays.stream(type.getEnumConstants())
                        .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                        .toList());
    }
}
