package io.lockstep.core.trace;

import java.util.Map;
import java.util.TreeMap;

/** When acknowledgements came, each of everything up to a place. */
final class AckTimes {
    private final TreeMap<Long, Long> timeByPlace = new TreeMap<>();
    private final boolean isWhole;

    /**
     * No acknowledgement yet.
     *
     * @param isWhole whether none has been lost in front of the first that will be added
     */
    AckTimes(final boolean isWhole) {
        this.isWhole = isWhole;
    }

    /** Takes in one; of those of one place the earliest counts. */
    void add(final long place, final long nanoTime) {
        timeByPlace.merge(place, nanoTime, (before, now) -> now - before < 0 ? now : before);
    }

    /**
     * When a place was first acknowledged; {@link Hop#NO_TIME} if that is lost, or if it never was.
     *
     * @param place a sequence, or a position
     */
    long first(final long place) {
        final Map.Entry<Long, Long> ack = timeByPlace.ceilingEntry(place);
        // With nothing kept from before the place, one that is lost may have acknowledged it already.
        return ack == null || (!isWhole && timeByPlace.lowerEntry(place) == null) ? Hop.NO_TIME : ack.getValue();
    }
}
