package io.lockstep.core.logic;

/**
 * The business logic of a replica: applies the entries of the log, one at a time and in order, and emits outputs.
 *
 * <p>Called by the replica's one logic thread. Every replica applies the same entries and must reach the same state
 * and emit the same outputs, so an implementation sees no clock, thread, random source or input but the entry it is
 * given, and lets no iteration order of a hash map reach its outputs or its hash. What it throws stops the replica
 * before the next entry.
 */
public interface StateMachine {
    /**
     * Applies one entry: a command, or the opening or closing of a client's session.
     *
     * @param entry valid during the call only; copy what must be kept
     * @param outbox takes the outputs, valid during the call only
     */
    void apply(Entry entry, Outbox outbox);

    /**
     * A hash of the whole state after the last applied entry. Replicas that applied the same entries answer the same
     * value; it is asked often, so keep it up to date while applying rather than compute it here.
     *
     * @return the hash; any value before the first entry, but the same on every replica
     */
    long stateHash();
}
