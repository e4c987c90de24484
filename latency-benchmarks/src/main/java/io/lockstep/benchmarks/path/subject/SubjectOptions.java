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
 * @param lossPercent of the datagrams that arrive at each of its drivers, dropped on purpose; 0 for a subject that
 *     {@link Subjects#takesLoss} denies
 * @param hopCapacity times of hops that each agent of Lockstep keeps; 0 if none are taken
 */
public record SubjectOptions(
        Path directory,
        int port,
        String multicastGroup,
        String layout,
        String idle,
        double lossPercent,
        int hopCapacity) {}
