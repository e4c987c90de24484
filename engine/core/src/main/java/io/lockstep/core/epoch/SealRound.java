package io.lockstep.core.epoch;

import io.lockstep.codecs.protocol.SealedDecoder;

/**
 * Gathers what sealed archives hold, until a quorum has answered one candidate, and says where the log ends: the
 * largest position of the highest epoch among the answers. Whatever a quorum had acknowledged lies at or below it, for
 * any two quorums share an archive, and a sealed archive acknowledges nothing more of the sealed epochs.
 */
public final class SealRound {
    private final long candidateIncarnation;
    private final ArchiveSet archives;
    private final boolean[] answered;
    private int answers;
    private LogEnd end = LogEnd.GENESIS;
    private int holder = -1;

    /**
     * A round of one candidate.
     *
     * @param candidateIncarnation of the candidate's process
     * @param archives that are asked
     */
    public SealRound(final long candidateIncarnation, final ArchiveSet archives) {
        this.candidateIncarnation = candidateIncarnation;
        this.archives = archives;
        this.answered = new boolean[archives.size()];
    }

    /**
     * Takes in an answer.
     *
     * @param sealed checked and wrapped; meant for any candidate
     */
    public void onSealed(final SealedDecoder sealed) {
        if (sealed.candidateIncarnation() != candidateIncarnation) {
            return;
        }
        final int index = archives.indexOf(sealed.archiveId());
        if (index < 0 || answered[index]) {
            return;
        }
        answered[index] = true;
        answers++;
        final long epoch = sealed.epoch();
        final long position = sealed.recordedPosition();
        if (epoch < 1 || position < 0) {
            return; // holds nothing
        }
        if (epoch > end.epoch() || (epoch == end.epoch() && position > end.position())) {
            end = new LogEnd(epoch, position, sealed.lastSequence(), sealed.lastTimeNs());
            holder = sealed.archiveId();
        }
    }

    /** Whether a quorum has answered, so that {@link #end()} counts. */
    public boolean isDecided() {
        return answers >= archives.quorum();
    }

    /** Whether every archive has answered. */
    public boolean isComplete() {
        return answers == archives.size();
    }

    /** Where the log ends by the answers so far. */
    public LogEnd end() {
        return end;
    }

    /** The archive that holds the log up to {@link #end()}; -1 if the log is empty. */
    public int holder() {
        return holder;
    }
}
