package io.lockstep.core.epoch;

/**
 * Where an epoch ends and the next one goes on.
 *
 * @param epoch that ends; 0 before genesis
 * @param position first byte of the epoch that does not stand
 * @param sequence of the last entry that stands; 0 if there is none
 * @param timeNs of that entry, nanoseconds since the Unix epoch
 */
public record LogEnd(long epoch, long position, long sequence, long timeNs) {
    /** Before the first epoch of a log. */
    public static final LogEnd GENESIS = new LogEnd(0, 0, 0, 0);
}
