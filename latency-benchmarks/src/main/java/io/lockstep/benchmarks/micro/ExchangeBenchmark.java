package io.lockstep.benchmarks.micro;

import io.lockstep.core.logic.Entry;
import io.lockstep.core.logic.EntryType;
import io.lockstep.matching.Symbol;
import io.lockstep.matching.flow.DirectMatch;
import io.lockstep.matching.flow.StagedOutbox;
import io.lockstep.matching.flow.SyntheticFlow;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The reference exchange on a synthetic flow, one thread, without network, sequencer or archive.
 *
 * <p>One invocation runs the whole flow from an empty book; one operation is one command: a row read from memory,
 * encoded, checked, decoded and matched, its outputs encoded and left unread. The flow is made once, outside. Between
 * invocations, unmeasured, the session is closed, which empties the book; an invocation takes milliseconds, so that
 * stopping the clock in between does no harm.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class ExchangeBenchmark {
    /** Commands in one invocation. */
    static final int COMMANDS = 1 << 17;

    private static final long SEED = 1;
    private static final long SESSION = 1; // The one that DirectMatch sends as.

    private final Entry close = new Entry().set(EntryType.SESSION_CLOSED, 1, 0, 0, SESSION, 0);
    private final StagedOutbox outbox = new StagedOutbox();
    private KeptFlow flow;
    private DirectMatch match;

    /** Makes the flow and an exchange. */
    @Setup
    public void start() {
        flow = new KeptFlow(new SyntheticFlow(SEED, COMMANDS), COMMANDS);
        match = new DirectMatch(Symbol.of(1));
    }

    /** Empties the book. */
    @Setup(Level.Invocation)
    public void rewind() {
        outbox.clear();
        match.exchange().apply(close, outbox);
        flow.rewind();
    }

    /** The flow, from its first row to its last. */
    @Benchmark
    @OperationsPerInvocation(COMMANDS)
    public DirectMatch.Result apply() {
        return match.run(flow);
    }
}
