package io.lockstep.core.trace;

/**
 * One time stamp as it is read out of a {@link HopRing}. What a hop does not know is 0.
 *
 * @param hop where the command was
 * @param nanoTime when, on a clock that all rings of a join share
 * @param epoch of the entry
 * @param sequence of the entry
 * @param sessionId of the command
 * @param clientSequence of the command
 * @param detail the position at which the entry ends, or up to which an archive acknowledges, or the id of the replica
 *     whose copy was taken
 */
public record HopRecord(
        Hop hop, long nanoTime, long epoch, long sequence, long sessionId, long clientSequence, long detail) {}
