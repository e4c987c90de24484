package io.lockstep.benchmarks.micro.book;

import io.lockstep.matching.flow.OrderFlowReader;
import io.lockstep.matching.flow.SyntheticFlow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The exchange on a whole flow, one thread, without network, sequencer or archive.
 *
 * <p>One operation is one command, encoded beforehand: checked, decoded and matched, its outputs encoded and left
 * unread. An invocation starts with an empty book and runs {@link #COMMANDS} of them; in between, unmeasured, the
 * session is closed, which empties the book. An invocation takes milliseconds, so stopping the clock does no harm.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class FlowBenchmark {
    /** Commands in one invocation: as many as the recorded flow has. */
    static final int COMMANDS = 89_079;

    private static final long SEED = 1;

    /** Made up, or what was recorded of one share in one hour. */
    @Param({"synthetic", "aapl"})
    public String flow;

    /** The exchange. */
    @Param({"Lockstep", "Oracle"})
    public String subject;

    private CommandTape tape;
    private BookSubject book;

    /** Encodes the flow and makes an exchange. */
    @Setup
    public void start() {
        tape = new CommandTape()
                .flow(flow.equals("aapl") ? OrderFlowReader.open(recorded()) : new SyntheticFlow(SEED, COMMANDS));
        if (tape.count() != COMMANDS) {
            throw new IllegalStateException("the flow has " + tape.count() + " commands, not " + COMMANDS);
        }
        book = BookSubject.of(subject);
    }

    /** Empties the book. */
    @Setup(Level.Invocation)
    public void empty() {
        book.close();
    }

    /** The flow, from its first command to its last; how many outputs it had. */
    @Benchmark
    @OperationsPerInvocation(COMMANDS)
    public long apply() {
        return tape.sendTo(book);
    }

    BookSubject book() {
        return book;
    }

    private static Path recorded() {
        final String folder = System.getProperty("LOCKSTEP_DATA", System.getenv("LOCKSTEP_DATA"));
        final Path file = Path.of(folder == null ? "." : folder, "aapl-2012-06-21", "orders.csv.gz");
        if (!Files.isReadable(file)) {
            throw new IllegalStateException("no recorded flow at " + file + "; set LOCKSTEP_DATA to its folder, or"
                    + " leave it out by -p flow=synthetic");
        }
        return file;
    }
}
