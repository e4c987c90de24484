package io.lockstep.node.ledger;

import java.nio.file.Path;

/** A process that decides one epoch after the other, as fast as it can, and prints those it was told it had won. */
final class LedgerRacer {
    private LedgerRacer() {}

    /**
     * Races until it is killed.
     *
     * @param arguments directory of the ledger, and an incarnation
     */
    public static void main(final String[] arguments) {
        final long incarnation = Long.parseLong(arguments[1]);
        final HeardAnswers answers = new HeardAnswers();
        try (FileLedger ledger = new FileLedger(Path.of(arguments[0]), "ledger", answers)) {
            long ticket = 0;
            while (answers.failure == null) {
                ledger.read(++ticket);
                final long open = answers.await(ledger, ticket).entry.epoch();
                ledger.compareAndSet(++ticket, open, HeardAnswers.next(open + 1, 1, incarnation));
                if (answers.await(ledger, ticket).hasWon) {
                    System.out.println(open + 1);
                    System.out.flush();
                }
            }
            throw new IllegalStateException("the ledger failed", answers.failure);
        }
    }
}
