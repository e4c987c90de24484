package io.lockstep.core.takeover;

/**
 * A register of one {@link LedgerEntry} that all nodes share and that never forgets: the only place where a takeover is
 * decided. Both calls return at once; the answer comes later, or never, as an event at the candidate with the ticket
 * of the call.
 *
 * <p>What an implementation must keep: reads and writes are linearizable; a write that was answered as won survives
 * every crash; a write that is not answered may still happen later, once.
 */
public interface Ledger {
    /**
     * Asks for what the ledger holds now; answered by {@link SequencerCandidate#onLedgerRead}.
     *
     * @param ticket comes back with the answer
     */
    void read(long ticket);

    /**
     * Replaces the entry if its epoch is still the one expected; answered by {@link
     * SequencerCandidate#onLedgerDecided}.
     *
     * @param ticket comes back with the answer
     * @param expectedEpoch of the entry that is to be replaced
     * @param next takes its place; its epoch is the next number
     */
    void compareAndSet(long ticket, long expectedEpoch, LedgerEntry next);
}
