package io.lockstep.core.takeover;

import io.lockstep.core.epoch.ArchiveSet;

/**
 * What the ledger says: which epoch is open, who owns it, and where the log before it ended. Epochs between
 * {@code previousEpoch} and {@code epoch} were opened and never written to.
 *
 * @param epoch that is open; 0 before the first
 * @param ownerNodeId of the node that owns it
 * @param ownerIncarnation of that node's process; another process of the same node does not own the epoch
 * @param archives whose majority commits it; null before the first
 * @param previousEpoch the last epoch with entries before this one; 0 if there is none
 * @param previousEndPosition where that epoch ends, in bytes of it
 * @param previousEndSequence of its last entry
 */
public record LedgerEntry(
        long epoch,
        int ownerNodeId,
        long ownerIncarnation,
        ArchiveSet archives,
        long previousEpoch,
        long previousEndPosition,
        long previousEndSequence) {
    /** What a ledger holds in which nothing has been written. */
    public static final LedgerEntry GENESIS = new LedgerEntry(0, 0, 0, null, 0, 0, 0);

    /** Whether one process owns the epoch. */
    public boolean isOwnedBy(final int nodeId, final long incarnation) {
        return epoch > 0 && ownerNodeId == nodeId && ownerIncarnation == incarnation;
    }
}
