package io.lockstep.archive.log;

/**
 * Names one place where the log is not what it must be.
 *
 * @param kind of fault
 * @param recordingId of the recording
 * @param file name of the segment file in the archive's directory
 * @param epoch of the recording, or {@link #UNKNOWN} where its first entry cannot be read
 * @param expectedSequence that should stand at the place, or {@link #UNKNOWN}
 * @param position of the faulty frame or entry in the recording
 * @param fileOffset of the same byte in the file
 * @param reason a sentence with the expected and the actual values
 */
public record Fault(
        Kind kind,
        long recordingId,
        String file,
        long epoch,
        long expectedSequence,
        long position,
        long fileOffset,
        String reason) {

    /** Stands for an epoch or a sequence that cannot be told. */
    public static final long UNKNOWN = -1L;

    /** What sort of fault it is. */
    public enum Kind {
        /** Bytes are not what was recorded. */
        DAMAGED,
        /** This archive does not hold a part of the chain; another one may. */
        MISSING,
        /** The reader had read beyond what a later epoch declares to be the end; what it read there is void. */
        OVERRUN,
        /** The archive's catalogue is damaged or missing; recordings are judged by their files. */
        CATALOG
    }

    Fault expecting(final long epochThere, final long sequenceThere) {
        return new Fault(kind, recordingId, file, epochThere, sequenceThere, position, fileOffset, reason);
    }

    @Override
    public String toString() {
        final StringBuilder text = new StringBuilder(256);
        text.append(kind).append(" recording=").append(recordingId).append(" epoch=");
        append(text, epoch).append(" sequence=");
        append(text, expectedSequence).append(" position=").append(position);
        return text.append(" file=")
                .append(file)
                .append(" offset=")
                .append(fileOffset)
                .append(": ")
                .append(reason)
                .toString();
    }

    private static StringBuilder append(final StringBuilder text, final long value) {
        return value == UNKNOWN ? text.append("unknown") : text.append(value);
    }
}
