package io.lockstep.matching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.codecs.AllocationMeter;
import io.lockstep.core.logic.Entry;
import io.lockstep.core.logic.EntryType;
import io.lockstep.matching.flow.StagedOutbox;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

final class ExchangeAllocationTest {
    private static final int RUNS = 1_000_000;
    private static final int COMMANDS = 1 << 14;
    private static final int STRIDE = 64;
    private static final int SESSIONS = 5;

    @Test
    void allocatesNothingWhateverTheCommand() {
        final UnsafeBuffer bodies = new UnsafeBuffer(new byte[COMMANDS * STRIDE]);
        final int[] lengths = new int[COMMANDS];
        final RandomCommands commands =
                new RandomCommands(new Random(11), new int[] {1, 2}, new long[] {10_000, 500}, 40, 400);
        for (int i = 0; i < COMMANDS; i++) {
            lengths[i] = commands.next().encode(bodies, i * STRIDE);
        }
        final ExchangeStateMachine exchange = new ExchangeStateMachine(new MatchingContext()
                .symbol(Symbol.of(1))
                .symbol(Symbol.of(2))
                .maxOrders(1200)
                .maxLevels(300)
                .maxSessions(4));
        final StagedOutbox outbox = new StagedOutbox();
        final Entry entry = new Entry();
        final long[] seen = new long[1];

        final long bytes = AllocationMeter.allocatedBytes(RUNS, i -> {
            final int at = i & (COMMANDS - 1);
            final EntryType type = (i & 0x3FF) == 0 ? EntryType.SESSION_CLOSED : EntryType.COMMAND;
            entry.set(type, 1, i + 1, i + 1, 1 + i % SESSIONS, i + 1).body(bodies, at * STRIDE, lengths[at]);
            outbox.clear();
            exchange.apply(entry, outbox);
            seen[0] += outbox.count() + exchange.stateHash();
        });

        assertEquals(0, bytes);
        assertTrue(exchange.trades() > RUNS / 10, "trades: " + exchange.trades());
        assertTrue(exchange.rejects() > RUNS / 10, "rejects: " + exchange.rejects());
    }
}
