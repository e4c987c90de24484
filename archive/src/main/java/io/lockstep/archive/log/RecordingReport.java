package io.lockstep.archive.log;

/**
 * What {@link LogVerifier} found in one recording.
 *
 * @param recordingId of the recording
 * @param place of the recording in the log
 * @param epoch of its entries, or {@link Fault#UNKNOWN} where none can be read
 * @param firstSequence of its entries, or {@link Fault#UNKNOWN}
 * @param lastSequence that is sound and not void, or {@link Fault#UNKNOWN}
 * @param startPosition of the first recorded byte
 * @param stopPosition after the last recorded byte, void ones included
 * @param endPosition after the last entry that is sound and not void
 * @param entries that are sound and not void
 * @param bytes from start to end
 * @param voidBytes recorded after the last entry: beyond the declared end of the epoch, or an entry never finished
 * @param fault the first one in it, or null
 */
public record RecordingReport(
        long recordingId,
        Place place,
        long epoch,
        long firstSequence,
        long lastSequence,
        long startPosition,
        long stopPosition,
        long endPosition,
        long entries,
        long bytes,
        long voidBytes,
        Fault fault) {

    /** What a recording is to the log. */
    public enum Place {
        /** It starts an epoch and is a link of the chain. */
        EPOCH,
        /** It starts late and is no part of the chain. */
        FRAGMENT,
        /** Another recording of the same epoch is the link. */
        RIVAL,
        /** Nothing is recorded in it. */
        EMPTY,
        /** Its first entry cannot be read, so its place cannot be told. */
        UNREADABLE
    }
}
