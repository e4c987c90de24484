package io.lockstep.benchmarks.micro.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.matching.ExchangeStateMachine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The benchmarks of the book do what they say they measure, and both exchanges do the same. */
@Timeout(120)
final class BookBenchmarksTest {
    private static final int COUNT = CommandBenchmark.COUNT;

    /** Columns: kind, orders left behind, trades made, rejects. */
    @ParameterizedTest
    @CsvSource({
        "add, 2048, 0, 0",
        "cancel, 1024, 0, 0",
        "reduce, 2048, 0, 0",
        "replace, 2048, 0, 0",
        "move, 2048, 0, 0",
        "trade, 1946, 1024, 0",
        "massCancel, 0, 0, 0",
        "reject, 2048, 0, 1024"
    })
    void everyCommandOfAKindIsAppliedAndEveryRunIsAlike(
            final String command, final int resting, final long trades, final long rejects) {
        final CommandBenchmark fast = started(command, "Lockstep");
        final ExchangeStateMachine exchange = ((BookSubject.Fast) fast.book()).exchange();
        final CommandBenchmark plain = started(command, "Oracle");

        for (int run = 1; run <= 3; run++) {
            fast.fill();
            assertEquals(command.equals("add") ? COUNT : 2 * COUNT, exchange.restingOrders());
            final long outputs = fast.apply();
            plain.fill();
            assertEquals(plain.apply(), outputs);
            assertTrue(outputs >= COUNT, "outputs: " + outputs);
            assertEquals(resting, exchange.restingOrders());
            assertEquals(run * trades, exchange.trades());
            assertEquals(run * rejects, exchange.rejects());
        }
        exchange.audit();
    }

    @Test
    void bothExchangesMakeTheSameOfTheFlow() {
        final FlowBenchmark fast = started("Lockstep");
        final FlowBenchmark plain = started("Oracle");

        final long outputs = fast.apply();

        final ExchangeStateMachine exchange = ((BookSubject.Fast) fast.book()).exchange();
        assertEquals(plain.apply(), outputs);
        assertEquals(0, exchange.rejects());
        assertTrue(exchange.trades() > 1000 && exchange.restingOrders() > 0, "trades: " + exchange.trades());
        fast.empty();
        assertEquals(0, exchange.restingOrders());
        assertEquals(outputs, fast.apply());
    }

    private static CommandBenchmark started(final String command, final String subject) {
        final CommandBenchmark benchmark = new CommandBenchmark();
        benchmark.command = command;
        benchmark.subject = subject;
        benchmark.start();
        return benchmark;
    }

    private static FlowBenchmark started(final String subject) {
        final FlowBenchmark benchmark = new FlowBenchmark();
        benchmark.flow = "synthetic";
        benchmark.subject = subject;
        benchmark.start();
        benchmark.empty();
        return benchmark;
    }
}
