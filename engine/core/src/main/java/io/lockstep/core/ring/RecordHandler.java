package io.lockstep.core.ring;

import org.agrona.MutableDirectBuffer;

/**
 * What a consumer of an {@link EntryRing} does with one record. Called by the thread that drains, in the order of the
 * records. Make it once and keep it in a field: a lambda that captures may allocate at each use.
 */
@FunctionalInterface
public interface RecordHandler {
    /**
     * Takes one record, in place. The bytes are this consumer's until the call returns; afterwards those behind it see
     * what it wrote into them. Bytes outside the record belong to others.
     *
     * @param buffer that holds the record
     * @param offset of the first byte, a multiple of 8
     * @param length in bytes, may be 0
     * @param position of the record in the ring, the same for every consumer and growing without end
     * @return false if the record was not taken (an output is back-pressured, say): the drain stops here and the next
     *     one
     *     delivers the record again
     */
    boolean onRecord(MutableDirectBuffer buffer, int offset, int length, long position);
}
