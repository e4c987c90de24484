package io.lockstep.archive.log;

/**
 * Says how far the archive has recorded what it is still recording, usually from the archive's counters; a reader of
 * the files must not look beyond. Called by the thread of the cursor.
 */
@FunctionalInterface
public interface RecordedPositions {
    /**
     * Nobody records: the catalogue's stop positions hold, and where it has none, the first zero frame length ends the
     * recording. Not for a directory that an archive is writing to.
     */
    RecordedPositions NONE = recordingId -> Recording.UNKNOWN_POSITION;

    /**
     * How far a recording has come.
     *
     * @param recordingId of the recording
     * @return position after the last recorded byte, or {@link Recording#UNKNOWN_POSITION} if it is not being recorded
     */
    long recordedPosition(long recordingId);
}
