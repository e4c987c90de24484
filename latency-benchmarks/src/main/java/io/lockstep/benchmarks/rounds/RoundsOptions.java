package io.lockstep.benchmarks.rounds;

import java.util.ArrayList;
import java.util.List;

/**
 * The options of the command line that are not JMH's.
 *
 * @param isQuick a short look instead of figures to go by
 * @param rounds how often everything is run
 * @param machine under whose name the run is saved; null: it is not saved
 * @param results the folder of saved runs
 * @param command the whole command line
 * @param others what JMH gets
 */
record RoundsOptions(
        boolean isQuick, int rounds, String machine, String results, String command, List<String> others) {
    private static final int ROUNDS = 3;

    static RoundsOptions of(final String... arguments) {
        boolean isQuick = false;
        int rounds = 0;
        String machine = null;
        final List<String> others = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--quick" -> isQuick = true;
                case "--rounds" -> rounds = count(value(arguments, i++));
                case "--save" -> machine = value(arguments, i++);
                default -> others.add(arguments[i]);
            }
        }
        return new RoundsOptions(
                isQuick,
                rounds > 0 ? rounds : isQuick ? 1 : ROUNDS,
                machine,
                System.getProperty("lockstep.results", "results"),
                "scripts/bench-micro " + String.join(" ", arguments),
                List.copyOf(others));
    }

    private static String value(final String[] arguments, final int option) {
        if (option + 1 == arguments.length) {
            throw new IllegalArgumentException(arguments[option] + " needs a value behind it");
        }
        return arguments[option + 1];
    }

    private static int count(final String text) {
        if (!text.matches("[1-9][0-9]{0,3}")) {
            throw new IllegalArgumentException("--rounds " + text + " is no number from 1 to 9999");
        }
        return Integer.parseInt(text);
    }
}
