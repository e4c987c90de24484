package io.lockstep.archive.log;

/**
 * How one epoch's recording goes over into the next.
 *
 * @param next the epoch that follows, or null if none does yet or none can be read
 * @param endPosition where the epoch ends, or {@link Recording#UNKNOWN_POSITION} if nobody says
 * @param endSequence of its last entry, or {@link Fault#UNKNOWN} if nobody says
 * @param fault why the next epoch, and with it the end of this one, cannot be told; null if it can
 */
record EpochLink(EpochHead next, long endPosition, long endSequence, Fault fault) {
    static final EpochLink OPEN = new EpochLink(null, Recording.UNKNOWN_POSITION, Fault.UNKNOWN, null);

    static EpochLink broken(final Fault fault) {
        return new EpochLink(null, Recording.UNKNOWN_POSITION, Fault.UNKNOWN, fault);
    }
}
