package io.lockstep.benchmarks.micro.book;

import io.lockstep.core.logic.Entry;
import io.lockstep.core.logic.EntryType;
import io.lockstep.matching.ExchangeStateMachine;
import io.lockstep.matching.MatchingContext;
import io.lockstep.matching.OracleExchange;
import io.lockstep.matching.Symbol;
import io.lockstep.matching.flow.StagedOutbox;
import org.agrona.DirectBuffer;

/** One of the exchanges that are compared, with one symbol and one session. */
interface BookSubject {
    /** The only symbol. */
    Symbol SYMBOL = Symbol.of(1);

    /** Makes an exchange by its name in the benchmark's parameter. */
    static BookSubject of(final String subject) {
        return switch (subject) {
            case "Lockstep" -> new Fast();
            case "Oracle" -> new Plain();
            default -> throw new IllegalArgumentException("no such exchange: " + subject);
        };
    }

    /** Applies a command; answers how many outputs it has. */
    int send(DirectBuffer buffer, int offset, int length);

    /** Closes the session, which empties the book. */
    void close();

    /** What a replica runs. Outputs are encoded and left unread. */
    final class Fast implements BookSubject {
        private static final long SESSION = 1;

        private final ExchangeStateMachine exchange = new ExchangeStateMachine(context());
        private final StagedOutbox outbox = new StagedOutbox();
        private final Entry entry = new Entry();
        private long sequence;

        @Override
        public int send(final DirectBuffer buffer, final int offset, final int length) {
            return apply(EntryType.COMMAND, buffer, offset, length);
        }

        @Override
        public void close() {
            apply(EntryType.SESSION_CLOSED, outbox.buffer(), 0, 0);
        }

        ExchangeStateMachine exchange() {
            return exchange;
        }

        private int apply(final EntryType type, final DirectBuffer buffer, final int offset, final int length) {
            sequence++;
            outbox.clear();
            entry.set(type, 1, sequence, sequence, SESSION, sequence).body(buffer, offset, length);
            exchange.apply(entry, outbox);
            return outbox.count();
        }
    }

    /** The one that is written to be seen to be right. Its outputs are lines of text. */
    final class Plain implements BookSubject {
        private final OracleExchange exchange = new OracleExchange(context());

        @Override
        public int send(final DirectBuffer buffer, final int offset, final int length) {
            return exchange.send(1, buffer, offset, length).size();
        }

        @Override
        public void close() {
            exchange.close(1);
        }
    }

    private static MatchingContext context() {
        return new MatchingContext().symbol(SYMBOL).conclude();
    }
}
