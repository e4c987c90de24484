package io.lockstep.benchmarks.path;

/**
 * One place in the table of loads.
 *
 * @param load that is put on every subject
 * @param length of its messages in bytes
 */
record Cell(LoadSpec load, int length) {
    @Override
    public String toString() {
        return load + " " + length + " B";
    }
}
