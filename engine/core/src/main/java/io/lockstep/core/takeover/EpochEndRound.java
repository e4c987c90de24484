package io.lockstep.core.takeover;

import io.lockstep.codecs.protocol.SealedDecoder;
import io.lockstep.core.epoch.ArchiveSet;

/**
 * Gathers what sealed archives hold of one epoch: where it ends, and later who holds it up to there. The end is the
 * largest position among the answers of a quorum. Whatever a quorum had acknowledged lies at or below it, for any two
 * quorums share an archive, and a sealed archive acknowledges nothing more of the epoch.
 */
final class EpochEndRound {
    private final TakeoverRules rules;
    private final ArchiveSet archives;
    private final long candidateIncarnation;
    private final long epoch;
    private final boolean[] answered;
    private final long[] positions;
    private int answers;
    private long newestEpoch;
    private long endPosition;
    private long endSequence;
    private int endCrc32c;
    private int holder = -1;
    private boolean fixed;

    EpochEndRound(
            final TakeoverRules rules, final ArchiveSet archives, final long candidateIncarnation, final long epoch) {
        this.rules = rules;
        this.archives = archives;
        this.candidateIncarnation = candidateIncarnation;
        this.epoch = epoch;
        this.answered = new boolean[archives.size()];
        this.positions = new long[archives.size()];
    }

    void onSealed(final SealedDecoder sealed) {
        final int index = archives.indexOf(sealed.archiveId());
        if (sealed.candidateIncarnation() != candidateIncarnation || index < 0) {
            return;
        }
        newestEpoch = Math.max(newestEpoch, sealed.epoch());
        if (sealed.sealedEpoch() != epoch || sealed.epoch() > epoch || sealed.recordedPosition() < 0) {
            return;
        }
        // An archive that holds nothing of the epoch speaks of the one before.
        final long position = sealed.epoch() == epoch ? sealed.recordedPosition() : 0;
        positions[index] = Math.max(positions[index], position);
        if (!answered[index]) {
            answered[index] = true;
            answers++;
        }
        if (!fixed && position > 0 && (holder < 0 || rules.isBetterEnd(position, endPosition))) {
            endPosition = position;
            endSequence = sealed.lastSequence();
            endCrc32c = (int) sealed.lastCrc32c();
            holder = sealed.archiveId();
        }
    }

    boolean hasQuorum() {
        return answers >= rules.sealQuorum(archives);
    }

    boolean isComplete() {
        return answers == archives.size();
    }

    /** From now on the end is what it is, whoever answers later. */
    void fix() {
        fixed = true;
    }

    /** Whether so many archives as a decision needs hold the epoch up to its end. */
    boolean isHeldByQuorum() {
        int count = 0;
        for (int i = 0; i < positions.length; i++) {
            if (answered[i] && positions[i] >= endPosition) {
                count++;
            }
        }
        return count >= rules.holdQuorum(archives);
    }

    /** The newest epoch that an archive has named; one above {@link #epoch()} says that this round is late. */
    long newestEpoch() {
        return newestEpoch;
    }

    long epoch() {
        return epoch;
    }

    /** First byte of the epoch that does not stand; 0 if nothing of it does. */
    long endPosition() {
        return endPosition;
    }

    /** Of the last entry that stands; only if {@link #endPosition()} is above 0. */
    long endSequence() {
        return endSequence;
    }

    /** Checksum of the last entry that stands. */
    int endCrc32c() {
        return endCrc32c;
    }

    /** The archive that holds the epoch up to its end; -1 if nothing of it stands. */
    int holder() {
        return holder;
    }
}
