package io.lockstep.benchmarks.path;

import java.math.BigDecimal;

/**
 * One place in the table of loads.
 *
 * @param load that is put on the subjects
 * @param length of its messages in bytes
 * @param lossPercent of all datagrams, dropped on purpose
 */
record Cell(LoadSpec load, int length, double lossPercent) {
    Cell(final LoadSpec load, final int length) {
        this(load, length, 0);
    }

    @Override
    public String toString() {
        final String text = load + " " + length + " B";
        return lossPercent == 0
                ? text
                : text + ", " + BigDecimal.valueOf(lossPercent).stripTrailingZeros().toPlainString() + " % loss";
    }
}
