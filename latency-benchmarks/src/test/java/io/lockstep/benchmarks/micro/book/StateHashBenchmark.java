package io.lockstep.benchmarks.micro.book;

import io.lockstep.codecs.exchange.Side;
import io.lockstep.codecs.exchange.TimeInForce;
import io.lockstep.matching.ExchangeStateMachine;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Asking the exchange for its state hash. The hash is kept with each change, so the size of the book must not matter;
 * what keeping it costs is in the other benchmarks' commands.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class StateHashBenchmark {
    /** Orders that rest. */
    @Param({"10", "10000"})
    public int orders;

    private ExchangeStateMachine exchange;

    /** Fills the book. */
    @Setup
    public void start() {
        final CommandTape tape = new CommandTape();
        for (int id = 1; id <= orders; id++) {
            tape.order(id, Side.BUY, 1 + id % 100, 1, TimeInForce.GTC);
        }
        final BookSubject.Fast book = new BookSubject.Fast();
        tape.sendTo(book);
        exchange = book.exchange();
        if (exchange.restingOrders() != orders) {
            throw new IllegalStateException("resting: " + exchange.restingOrders());
        }
    }

    /** The hash. */
    @Benchmark
    public long stateHash() {
        return exchange.stateHash();
    }
}
