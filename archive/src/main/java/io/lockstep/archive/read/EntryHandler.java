package io.lockstep.archive.read;

import org.agrona.DirectBuffer;

/** Takes the entries of the log in order, on the thread that polls the {@link LogReader}. */
@FunctionalInterface
public interface EntryHandler {
    /**
     * Takes one whole, checked entry.
     *
     * @param buffer that holds it, valid during the call
     * @param offset of its SBE header
     * @param length in bytes
     * @param endPosition position in its epoch of the first byte after it
     * @return false for "not now": the same entry comes again at the next poll
     */
    boolean onEntry(DirectBuffer buffer, int offset, int length, long endPosition);
}
