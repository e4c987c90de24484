package io.lockstep.node.ledger;

import io.lockstep.core.takeover.LedgerEntry;

/** Takes a ledger's answers, on the thread that polls for them. */
public interface LedgerAnswers {
    /**
     * A read has been answered.
     *
     * @param ticket of the call
     * @param entry what the ledger holds; {@link LedgerEntry#GENESIS} if nothing has been written
     */
    void onRead(long ticket, LedgerEntry entry);

    /**
     * A compare-and-set has been answered.
     *
     * @param ticket of the call
     * @param hasWon whether the entry was replaced
     * @param now what the ledger holds after the call
     */
    void onDecided(long ticket, boolean hasWon, LedgerEntry now);

    /**
     * A call has failed and will not be answered; whoever asked may ask again.
     *
     * @param ticket of the call
     * @param failure what happened, where, and what to do
     */
    void onFailed(long ticket, Exception failure);
}
