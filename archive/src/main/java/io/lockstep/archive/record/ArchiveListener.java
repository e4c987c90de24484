package io.lockstep.archive.record;

/** Told, on the archive agent's thread, of what a human may want to know. Each thing is told once when it happens. */
public interface ArchiveListener {
    /** Hears nothing. */
    ArchiveListener SILENT = new ArchiveListener() {};

    /**
     * The recording stands still though the stream moves; this archive has left the quorum until the next epoch.
     *
     * @param epoch that is recorded
     * @param recordedPosition at which the recording stands
     * @param streamPosition which the stream had reached
     */
    default void onStalled(final long epoch, final long recordedPosition, final long streamPosition) {}

    /**
     * A recording is no link of the chain of epochs: it began late, its first entry is no intact EPOCH_START of this
     * cluster, or its epoch is held already.
     *
     * @param recordingId of the recording
     * @param epoch that is held already, or 0
     */
    default void onRecordingIgnored(final long recordingId, final long epoch) {}

    /**
     * The recording of an ended epoch has been brought to its end.
     *
     * @param epoch that ended
     * @param endPosition at which it ends now
     */
    default void onRepaired(final long epoch, final long endPosition) {}

    /**
     * This archive has sealed epochs.
     *
     * @param epoch up to and with this one
     */
    default void onSealed(final long epoch) {}

    /**
     * Something failed that will be tried again.
     *
     * @param message what and why, with the numbers
     */
    default void onError(final String message) {}
}
