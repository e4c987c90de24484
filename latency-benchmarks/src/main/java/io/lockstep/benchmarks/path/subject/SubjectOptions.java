package io.lockstep.benchmarks.path.subject;

import java.nio.file.Path;

/**
 * What a subject is told besides its name.
 *
 * @param directory for files, its own and empty
 * @param port first of a hundred that are its own
 * @param multicastGroup first of sixteen that are its own
 * @param layout of Lockstep's threads: fused or threaded
 * @param idle what threads do that have nothing to do: backoff, yield or spin
 * @param hopCapacity times of hops that each agent of Lockstep keeps; 0 if none are taken
 */
public record SubjectOptions(
        Path directory, int port, String multicastGroup, String layout, String idle, int hopCapacity) {
    /** The same without times of hops. */
    public SubjectOptions(
            final Path directory,
            final int port,
            final String multicastGroup,
            final String layout,
            final String idle) {
        this(directory, port, multicastGroup, layout, idle, 0);
    }
}
