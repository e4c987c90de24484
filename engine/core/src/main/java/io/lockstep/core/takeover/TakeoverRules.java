package io.lockstep.core.takeover;

import io.lockstep.core.epoch.ArchiveSet;

/**
 * The rules on which nothing acknowledged being lost rests, each in one place, so that the simulator's tests can break
 * them one by one and see that it is noticed. There is one set of rules and no setting changes it.
 */
class TakeoverRules {
    static final TakeoverRules STANDING = new TakeoverRules();

    TakeoverRules() {}

    /** An archive acknowledges nothing of an epoch it has sealed, also where repair has lengthened it. */
    boolean mayAcknowledge(final long epoch, final long sealedEpoch) {
        return epoch > sealedEpoch;
    }

    /** An archive acknowledges an epoch only when every epoch before it ends here exactly where the chain says. */
    boolean mayAcknowledgeBeforeChainIsClosed() {
        return false;
    }

    /** An archive records nothing of an epoch it has sealed. */
    boolean mayRecord(final long epoch, final long sealedEpoch) {
        return epoch > sealedEpoch;
    }

    /** An archive answers a seal only when the seal is on its disk. */
    boolean mayAnswerBeforeSealIsDurable() {
        return false;
    }

    /** An archive that may have forgotten what it acknowledged is absent until it holds that again. */
    boolean isAbsentAfterLoss() {
        return true;
    }

    /** So many archives must have sealed the epoch before its end is known. */
    int sealQuorum(final ArchiveSet archives) {
        return archives.quorum();
    }

    /** Of two sealed positions the larger is the end. */
    boolean isBetterEnd(final long position, final long endPosition) {
        return position > endPosition;
    }

    /** So many archives must hold the epoch up to its end before that is decided. */
    int holdQuorum(final ArchiveSet archives) {
        return archives.quorum();
    }

    /** An epoch is started by the very process that won it, and once: a process that comes back takes a new one. */
    boolean mayStart(final LedgerEntry entry, final int nodeId, final long incarnation, final long startedEpoch) {
        return entry.isOwnedBy(nodeId, incarnation) && entry.epoch() > startedEpoch;
    }

    /** The table of sessions is that of the log up to its end, no entry more and no entry less. */
    boolean mustKnowLogBeforeStart() {
        return true;
    }
}
