package io.lockstep.tools;

import picocli.CommandLine.Option;

/** The help option that every command has. */
public final class Help {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean requested;

    /** Whether help was asked for. */
    public boolean requested() {
        return requested;
    }
}
