package io.lockstep.tools.flow;

import io.lockstep.matching.Symbol;
import io.lockstep.matching.flow.FlowCommand;
import io.lockstep.matching.flow.FlowException;
import io.lockstep.matching.flow.FlowSource;
import io.lockstep.matching.flow.OrderFlowReader;
import io.lockstep.tools.console.UsageException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the commands that send a flow have in common. */
public final class Flows {
    /** The one symbol of the reference exchange: tick 0.0001, lot 1. */
    public static final Symbol SYMBOL = Symbol.finest(1);

    private Flows() {}

    /**
     * Opens a flow file.
     *
     * @param file of orders, gzip if its name ends in .gz
     * @throws UsageException if there is no such file
     */
    public static FlowSource open(final Path file) {
        if (!Files.isReadable(file)) {
            throw new UsageException(file + " cannot be read; give --orders a flow file");
        }
        return OrderFlowReader.open(file);
    }

    /**
     * Reads a flow file to its end, so that a bad row is told before any row is sent. A pipe is left alone: it can be
     * read only once.
     *
     * @param file of orders, gzip if its name ends in .gz
     * @throws UsageException if there is no such file
     * @throws FlowException that names the first bad row
     */
    public static void check(final Path file) {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            return;
        }
        try (FlowSource source = open(file)) {
            final FlowCommand row = new FlowCommand();
            boolean isMore = true;
            while (isMore) {
                isMore = source.next(row);
            }
        }
    }

    /**
     * Reads a rate.
     *
     * @param text commands a second, or max
     * @return commands a second; 0 for max
     * @throws UsageException if it is neither
     */
    public static double rate(final String text) {
        if ("max".equalsIgnoreCase(text)) {
            return 0;
        }
        try {
            final double rate = Double.parseDouble(text);
            if (rate >= 1 && rate <= 1e9) {
                return rate;
            }
        } catch (final NumberFormatException e) {
            throw new UsageException("--rate " + text + " is neither a number nor max");
        }
        throw new UsageException("--rate " + text + " is not from 1 to 1000000000");
    }
}
