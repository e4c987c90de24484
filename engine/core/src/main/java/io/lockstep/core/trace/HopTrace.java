package io.lockstep.core.trace;

import java.util.List;

/**
 * What one {@link HopRing} held when it was read.
 *
 * @param memberId of the sequencer, archive, replica or gateway that wrote it
 * @param records from the oldest kept to the newest
 * @param lost how many older ones had given way
 */
public record HopTrace(int memberId, List<HopRecord> records, long lost) {}
