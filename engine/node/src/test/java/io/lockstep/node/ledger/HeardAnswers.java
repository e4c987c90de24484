package io.lockstep.node.ledger;

import io.lockstep.core.epoch.ArchiveSet;
import io.lockstep.core.takeover.LedgerEntry;
import java.util.concurrent.locks.LockSupport;

/** Keeps the last answer, and waits for it. */
final class HeardAnswers implements LedgerAnswers {
    private static final long DEADLINE_NS = 20_000_000_000L;

    long ticket;
    boolean hasWon;
    LedgerEntry entry;
    Exception failure;

    @Override
    public void onRead(final long answeredTicket, final LedgerEntry read) {
        ticket = answeredTicket;
        entry = read;
    }

    @Override
    public void onDecided(final long answeredTicket, final boolean won, final LedgerEntry now) {
        ticket = answeredTicket;
        hasWon = won;
        entry = now;
    }

    @Override
    public void onFailed(final long answeredTicket, final Exception cause) {
        ticket = answeredTicket;
        failure = cause;
    }

    HeardAnswers await(final FileLedger ledger, final long expectedTicket) {
        final long deadline = System.nanoTime() + DEADLINE_NS;
        while (ticket != expectedTicket) {
            if (ledger.poll() == 0) {
                if (System.nanoTime() - deadline >= 0) {
                    throw new AssertionError("no answer to " + expectedTicket);
                }
                LockSupport.parkNanos(100_000);
            }
        }
        return this;
    }

    static LedgerEntry next(final long epoch, final int node, final long incarnation) {
        return new LedgerEntry(epoch, node, incarnation, ArchiveSet.of(1, 2, 3), epoch - 1, epoch * 1_000, epoch * 10);
    }
}
