package io.lockstep.core.epoch;

import io.lockstep.codecs.HotPath;
import io.lockstep.codecs.protocol.AckDecoder;
import io.lockstep.codecs.protocol.ArchiveState;

/**
 * Counts acknowledgements of the current epoch into a commit position. The sequencer uses it to bound what is not yet
 * committed, a gateway to decide what may be released. An acknowledgement of any other epoch is counted and dropped:
 * a position means nothing outside its own epoch.
 */
@HotPath
public final class CommitTracker {
    private final Quorum recorded;
    private final Quorum synced;
    private long epoch;
    private long otherEpochs;
    private long sealed;
    private long unknownArchives;

    /**
     * A tracker over an archive set.
     *
     * @param archives whose acknowledgements count
     */
    public CommitTracker(final ArchiveSet archives) {
        recorded = new Quorum(archives);
        synced = new Quorum(archives);
    }

    /**
     * Starts counting for an epoch; what was counted for another is forgotten.
     *
     * @param newEpoch the epoch
     */
    public void start(final long newEpoch) {
        epoch = newEpoch;
        recorded.reset();
        synced.reset();
    }

    /**
     * Takes in one acknowledgement.
     *
     * @param ack checked and wrapped; of any epoch
     * @return true if it was of the current epoch and of one of the archives
     */
    public boolean onAck(final AckDecoder ack) {
        if (ack.epoch() != epoch) {
            otherEpochs++;
            return false;
        }
        if (ack.state() == ArchiveState.SEALED) {
            sealed++;
            return false;
        }
        final int archiveId = ack.archiveId();
        if (!recorded.onPosition(archiveId, ack.recordedPosition())) {
            unknownArchives++;
            return false;
        }
        // Nothing is on disk that was not recorded: an archive that claims more is believed only as far as that goes.
        synced.onPosition(archiveId, Math.min(ack.syncedPosition(), ack.recordedPosition()));
        return true;
    }

    /** The epoch that is counted; 0 before the first. */
    public long epoch() {
        return epoch;
    }

    /** Position of the current epoch that a quorum has recorded. */
    public long recordedPosition() {
        return recorded.reached();
    }

    /** Position of the current epoch that a quorum has forced to disk. */
    public long syncedPosition() {
        return synced.reached();
    }

    /** What one archive has recorded of the current epoch; -1 if it is not one of the set. */
    public long recordedPosition(final int archiveId) {
        return recorded.position(archiveId);
    }

    /** Acknowledgements dropped because they were of another epoch. */
    public long otherEpochs() {
        return otherEpochs;
    }

    /** Acknowledgements dropped because the archive had sealed the epoch. */
    public long sealed() {
        return sealed;
    }

    /** Acknowledgements dropped because the archive is not one of the set. */
    public long unknownArchives() {
        return unknownArchives;
    }
}
