package io.lockstep.benchmarks.micro.book;

import io.lockstep.codecs.exchange.Side;
import io.lockstep.codecs.exchange.TimeInForce;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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
 * The exchange, one kind of command at a time, on a book that holds {@link #COUNT} orders on a hundred levels when the
 * kind adds some and twice as many when it acts on some.
 *
 * <p>One operation is one command as bytes: checked, decoded, applied, its outputs encoded and left unread. A mass
 * cancel cancels all orders, and one operation is two of them. Between invocations, unmeasured, the book is made
 * anew.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class CommandBenchmark {
    /** Commands in one invocation. */
    static final int COUNT = 1024;

    private static final int LEVELS = 50; // on each side
    private static final int MIDDLE = 50_000;
    private static final int LOTS = 100;
    private static final int TRADED_LOTS = 10;
    private static final int UNKNOWN_ID = 1 << 30;

    /** The kind: {@code replace} keeps its place in the queue, {@code move} loses it, {@code reject} names no order. */
    @Param({"add", "cancel", "reduce", "replace", "move", "trade", "massCancel", "reject"})
    public String command;

    /** The exchange. */
    @Param({"Lockstep", "Oracle"})
    public String subject;

    private final SplittableRandom random = new SplittableRandom(1);
    private final int[] levels = new int[2 * COUNT + 1];
    private final CommandTape base = new CommandTape();
    private final CommandTape measured = new CommandTape();
    private BookSubject book;

    /** Encodes the commands and makes an exchange. */
    @Setup
    public void start() {
        orders(base, 0);
        if (command.equals("add")) {
            orders(measured, COUNT);
        } else {
            orders(base, COUNT);
            if (command.equals("massCancel")) {
                measured.massCancel();
            } else {
                for (final int id : shuffled()) {
                    encode(id);
                }
            }
        }
        book = BookSubject.of(subject);
    }

    /** Makes the book anew. */
    @Setup(Level.Invocation)
    public void fill() {
        book.close();
        base.sendTo(book);
    }

    /** All commands; how many outputs they had. */
    @Benchmark
    @OperationsPerInvocation(COUNT)
    public long apply() {
        return measured.sendTo(book);
    }

    BookSubject book() {
        return book;
    }

    private void orders(final CommandTape tape, final int firstId) {
        for (int id = firstId + 1; id <= firstId + COUNT; id++) {
            levels[id] = random.nextInt(LEVELS);
            tape.order(id, side(id), price(side(id), levels[id]), LOTS, TimeInForce.GTC);
        }
    }

    private void encode(final int id) {
        final Side side = side(id);
        switch (command) {
            case "cancel" -> measured.cancel(id);
            case "reduce" -> measured.reduce(id, 1);
            case "replace" -> measured.replace(id, price(side, levels[id]), LOTS - 1);
            case "move" -> measured.replace(id, price(side, (levels[id] + 1) % LEVELS), LOTS);
            case "trade" -> {
                final long limit = price(side(id + 1), LEVELS); // behind all levels of the other side
                measured.order(UNKNOWN_ID + id, side, limit, TRADED_LOTS, TimeInForce.IOC);
            }
            case "reject" -> measured.cancel(UNKNOWN_ID + id);
            default -> throw new IllegalArgumentException("no such command: " + command);
        }
    }

    /** The ids that are acted on, the later half, in no order. */
    private int[] shuffled() {
        final int[] ids = IntStream.rangeClosed(COUNT + 1, 2 * COUNT).toArray();
        for (int i = ids.length - 1; i > 0; i--) {
            final int other = random.nextInt(i + 1);
            final int id = ids[i];
            ids[i] = ids[other];
            ids[other] = id;
        }
        return ids;
    }

    private static Side side(final int id) {
        return id % 2 == 0 ? Side.BUY : Side.SELL;
    }

    private static long price(final Side side, final int level) {
        return side == Side.BUY ? MIDDLE - 1 - level : MIDDLE + 1 + level;
    }
}
