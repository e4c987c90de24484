package io.lockstep.matching.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.codecs.exchange.ExecutionDecoder;
import io.lockstep.codecs.exchange.MessageHeaderDecoder;
import io.lockstep.core.logic.Entry;
import io.lockstep.core.logic.EntryType;
import io.lockstep.matching.ExchangeStateMachine;
import io.lockstep.matching.MatchingContext;
import io.lockstep.matching.Symbol;
import java.util.EnumMap;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

final class SyntheticFlowTest {
    private static final int ROWS = 300_000;

    private final FlowCommand row = new FlowCommand();

    @Test
    void hasTheSameRowsOnEveryMachine() {
        // Worked out once; another value means that the flow has changed, and every figure taken from it with it.
        assertEquals(6_283_108_629_571_639_826L, fingerprint(1, 100_000));
    }

    @Test
    void hasOtherRowsForAnotherSeed() {
        assertNotEquals(fingerprint(1, 1000), fingerprint(2, 1000));
    }

    @Test
    void aLongerSessionStartsLikeAShorterOne() {
        assertEquals(fingerprint(1, 1000), fingerprint(new FirstRows(new SyntheticFlow(1, 5000), 1000)));
    }

    @Test
    void mixesItsKindsAsARealSessionDoes() {
        final Map<FlowKind, Long> counts = new EnumMap<>(FlowKind.class);
        final SyntheticFlow flow = new SyntheticFlow(3, ROWS);
        while (flow.next(row)) {
            counts.merge(row.kind(), 1L, Long::sum);
        }

        assertShare(44, 52, counts.get(FlowKind.NEW));
        assertShare(41, 49, counts.get(FlowKind.CANCEL));
        assertShare(3, 5, counts.get(FlowKind.IOC));
        assertShare(0.2, 2, counts.get(FlowKind.REDUCE));
        assertEquals(90, counts.get(FlowKind.SEED));
    }

    @Test
    void comesInBursts() {
        final SyntheticFlow flow = new SyntheticFlow(4, ROWS);
        long lastNs = -1;
        long firstNs = -1;
        long shared = 0;
        boolean wasShared = false;
        long inMillisecond = 0;
        long peak = 0;
        while (flow.next(row)) {
            assertTrue(row.tsNs() >= lastNs, "time goes back at " + row.seq());
            if (row.kind() == FlowKind.SEED) {
                continue;
            }
            firstNs = firstNs < 0 ? row.tsNs() : firstNs;
            final boolean isShared = row.tsNs() == lastNs;
            shared += isShared ? (wasShared ? 1 : 2) : 0;
            wasShared = isShared;
            inMillisecond = row.tsNs() / 1_000_000 == lastNs / 1_000_000 ? inMillisecond + 1 : 1;
            peak = Math.max(peak, inMillisecond);
            lastNs = row.tsNs();
        }

        assertShare(6, 60, shared);
        final double meanPerMillisecond = ROWS * 1e6 / (lastNs - firstNs);
        assertEquals(0.848, meanPerMillisecond, 0.1);
        assertEquals(500, peak / meanPerMillisecond, 100);
    }

    @Test
    void neverRefersToAnOrderThatIsNotThereAndTradesAsItExpects() {
        final Symbol symbol = Symbol.of(1);
        final ExchangeStateMachine exchange = new ExchangeStateMachine(new MatchingContext().symbol(symbol));
        final FlowEncoder encoder = new FlowEncoder(symbol);
        final UnsafeBuffer body = new UnsafeBuffer(new byte[FlowEncoder.MAX_LENGTH]);
        final Entry entry = new Entry();
        final StagedOutbox outbox = new StagedOutbox();
        final SyntheticFlow flow = new SyntheticFlow(5, ROWS);
        int sweeps = 0;

        while (flow.next(row)) {
            final int length = encoder.encode(row, body, 0);
            entry.set(EntryType.COMMAND, 1, row.seq(), row.tsNs(), 1, row.seq()).body(body, 0, length);
            outbox.clear();
            exchange.apply(entry, outbox);
            final int prices = pricesTraded(outbox);
            assertTrue(row.kind() == FlowKind.IOC ? prices > 0 : prices == 0, "row " + row.seq());
            sweeps += prices > 1 ? 1 : 0;
        }

        assertEquals(0, exchange.rejects());
        assertTrue(sweeps > 100, "sweeps: " + sweeps);
        assertTrue(exchange.restingOrders() > 300, "resting: " + exchange.restingOrders());
        exchange.audit();
    }

    private static int pricesTraded(final StagedOutbox outbox) {
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        final ExecutionDecoder execution = new ExecutionDecoder();
        int prices = 0;
        long last = 0;
        for (int i = 0; i < outbox.count(); i++) {
            header.wrap(outbox.buffer(), outbox.offset(i));
            if (header.templateId() == ExecutionDecoder.TEMPLATE_ID) {
                execution.wrapAndApplyHeader(outbox.buffer(), outbox.offset(i), header);
                prices += execution.priceTicks() == last ? 0 : 1;
                last = execution.priceTicks();
            }
        }
        return prices;
    }

    private static void assertShare(final double least, final double most, final long count) {
        final double percent = 100.0 * count / ROWS;
        assertTrue(percent >= least && percent <= most, percent + " % is not " + least + " to " + most);
    }

    private long fingerprint(final long seed, final long rows) {
        return fingerprint(new SyntheticFlow(seed, rows));
    }

    private long fingerprint(final FlowSource flow) {
        long print = 0;
        while (flow.next(row)) {
            print = print * 31 + row.seq();
            print = print * 31 + row.tsNs();
            print = print * 31 + row.kind().name().charAt(0);
            print = print * 31 + row.side().value();
            print = print * 31 + row.orderId();
            print = print * 31 + row.quantity();
            print = print * 31 + row.price1e4();
        }
        return print;
    }
}
