package io.lockstep.core.takeover;

/**
 * What one archive has on its disk, and what can be done with it; an adapter over the archive beside which an
 * {@link ArchiveMember} stands. Positions are bytes within one epoch, contiguous from 0.
 *
 * <p>The live stream of an epoch is recorded by the adapter without being told, as long as it goes on exactly where the
 * recording ends and {@link ArchiveMember#mayRecord} allows the epoch. The orders return at once; each is answered by
 * {@link ArchiveMember#onDone} with its ticket, also where it failed. At most one of them, and beside it one
 * {@link #seal}, is under way; but {@link #stop} may come while another is, and ends a {@link #fetch} of whatever
 * epoch.
 */
public interface Recordings {
    /** Passed to {@link #fetch}: go on until the live stream is joined. */
    long LIVE = Long.MAX_VALUE;

    /** The newest epoch of which at least the first entry is held; 0 if there is none. */
    long newestEpoch();

    /**
     * The newest epoch below another of which anything is held.
     *
     * @param epoch that bounds the search
     * @return 0 if there is none
     */
    long newestEpochBelow(long epoch);

    /**
     * What the first entry of an epoch says.
     *
     * @param epoch of the recording
     * @return null if the first entry is not held
     */
    EpochHead head(long epoch);

    /** Bytes held of an epoch, be they only in the page cache; 0 if none are. */
    long recordedPosition(long epoch);

    /** Bytes held of an epoch that are forced to disk. */
    long syncedPosition(long epoch);

    /** Whether something writes to the recording of an epoch: the live stream or a fetch. */
    boolean isActive(long epoch);

    /** What the register on disk says: everything up to and with this epoch is sealed; 0 if nothing is. */
    long sealedEpoch();

    /** Writes the register; done when it is forced to disk and will be remembered whatever happens. */
    void seal(long ticket, long epoch);

    /** Stops whatever writes to the recording of an epoch; done when nothing does any more. */
    void stop(long ticket, long epoch);

    /** Finds the last whole entry of an epoch; done when {@link #lastEntry()} says which, failed if it is damaged. */
    void readEnd(long ticket, long epoch);

    /** What {@link #readEnd} found: the last entry that is held whole. */
    LastEntry lastEntry();

    /** Cuts the recording of an epoch, which nothing writes to; 0 removes it. */
    void truncate(long ticket, long epoch, long position);

    /**
     * Adds to the recording of an epoch from another archive; begins one if nothing is held.
     *
     * @param ticket comes back with the answer
     * @param epoch of the recording
     * @param position where to end; {@link #LIVE} ends when the live stream is being recorded again
     * @param fromArchiveId of the other archive
     */
    void fetch(long ticket, long epoch, long position, int fromArchiveId);

    /**
     * The last whole entry of a recording.
     *
     * @param epoch of the recording
     * @param endPosition after the entry
     * @param sequence of the entry
     * @param timeNs of the entry
     * @param crc32c that the entry carries
     */
    record LastEntry(long epoch, long endPosition, long sequence, long timeNs, int crc32c) {}
}
