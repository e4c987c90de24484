package io.lockstep.core.takeover;

import io.lockstep.core.port.Publisher;

/** Opens the stream of an epoch that this process has won. Creating one is slow, so a node makes them ahead of need. */
public interface EpochStreams {
    /**
     * Opens the stream, from position 0, never used before. Called again in each duty cycle until it is there.
     *
     * @param epoch that was won
     * @return the sending end; null while it is not ready or too few archives would record it
     */
    Publisher open(long epoch);

    /**
     * Closes the stream for good, or gives up opening it; what was sent may still arrive.
     *
     * @param epoch of the stream
     */
    void close(long epoch);
}
