package io.lockstep.benchmarks.path;

/**
 * What came of one run in which times of hops were taken, or of its twin in which they were not.
 *
 * @param result as of any run
 * @param table of the hops; of no command if their times were not taken
 */
record HopRun(RunResult result, HopTable table) {
    static HopRun failed(final String why) {
        return new HopRun(RunResult.failed(why), new HopTable());
    }

    static HopRun parse(final String line) {
        final String[] parts = line.split("\t", 2);
        return new HopRun(RunResult.parse(parts[1]), HopTable.parse(parts[0]));
    }

    /** One line, as it comes from a worker's process. */
    @Override
    public String toString() {
        return table + "\t" + result;
    }
}
