package io.lockstep.tools.console;

/** What a command's exit code says. */
public final class ExitCode {
    /** Everything is as it should be. */
    public static final int OK = 0;

    /** A check failed: something was lost, doubled, damaged or different. */
    public static final int CHECK_FAILED = 1;

    /** The command was called in a way that makes no sense, or with a file that does not hold what it must. */
    public static final int USAGE = 2;

    /** No system, or not enough of it, could be reached. */
    public static final int UNREACHABLE = 3;

    private ExitCode() {}
}
