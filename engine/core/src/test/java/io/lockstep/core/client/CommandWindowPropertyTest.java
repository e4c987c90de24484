package io.lockstep.core.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random commands, sends, sightings and commits, against a queue of what is uncommitted. */
class CommandWindowPropertyTest {
    private static final int COMMANDS = 16;
    private static final int BYTES = 512;

    private final CommandWindow window = new CommandWindow(COMMANDS, BYTES);
    private final ArrayDeque<Command> model = new ArrayDeque<>();
    private long logSequence;

    private static final class Command {
        final long clientSequence;
        final int length;
        final byte fill;
        long sequence;

        Command(final long clientSequence, final int length, final byte fill) {
            this.clientSequence = clientSequence;
            this.length = length;
            this.fill = fill;
        }
    }

    static LongStream seeds() {
        final Long seed = Long.getLong("seed");
        return seed == null ? LongStream.range(0, 100) : LongStream.of(seed);
    }

    @ParameterizedTest(name = "-Dseed={0}")
    @MethodSource("seeds")
    void holdsWhatAQueueWould(final long seed) {
        final Random random = new Random(seed);
        final long first = 1 + random.nextLong(1_000);
        window.start(first);
        int full = 0;
        for (int step = 0; step < 2_000; step++) {
            switch (random.nextInt(6)) {
                case 0 -> window.onCommitted(random.nextLong(logSequence + 1));
                case 1 -> see(random);
                case 2 -> window.sendAgainFrom(window.unsequenced() + random.nextInt(4) - 2);
                case 3 -> send();
                default -> full += claim(random) ? 0 : 1;
            }
            check();
        }
        assertTrue(full > 100, "the bound was not met");
        assertTrue(window.next() > first + 100, "the ring did not wrap");
    }

    private boolean claim(final Random random) {
        final int length = 1 + random.nextInt(random.nextBoolean() ? 40 : 200);
        final int at = window.claim(length);
        if (at < 0) {
            // Two pieces of free room may each be too small; four times the length surely has one that is not.
            final int used = model.stream().mapToInt(command -> (command.length + 7) & ~7).sum();
            assertTrue(
                    model.size() == COMMANDS || BYTES - used < 4 * 208, "refused with " + used + " of " + BYTES);
            return false;
        }
        assertTrue(at >= 0 && at + length <= BYTES);
        final byte fill = (byte) random.nextInt();
        window.buffer().setMemory(at, length, fill);
        model.add(new Command(window.next() - 1, length, fill));
        return true;
    }

    /** The log shows the next command, be it one that was sent or one that another copy of was. */
    private void see(final Random random) {
        if (window.unsequenced() < window.next() && random.nextBoolean()) {
            final long clientSequence = window.unsequenced();
            logSequence += 1 + random.nextInt(3);
            window.onSequenced(logSequence);
            model.stream()
                    .filter(command -> command.clientSequence == clientSequence)
                    .forEach(command -> command.sequence = logSequence);
        }
    }

    private void send() {
        if (window.send() < window.next()) {
            window.onSent();
        }
    }

    private void check() {
        while (!model.isEmpty() && model.peek().clientSequence < window.head()) {
            assertTrue(model.poll().sequence > 0, "let go of a command that is not in the log");
        }
        assertEquals(model.size(), window.next() - window.head());
        assertTrue(window.head() <= window.unsequenced());
        assertTrue(window.unsequenced() <= window.send());
        assertTrue(window.send() <= window.next());
        for (final Command command : model) {
            assertEquals(command.length, window.length(command.clientSequence));
            final int at = window.offset(command.clientSequence);
            assertEquals(command.fill, window.buffer().getByte(at));
            assertEquals(command.fill, window.buffer().getByte(at + command.length - 1));
        }
    }

    @Test
    void letsGoOfExactlyWhatIsCommitted() {
        window.start(1);
        for (int i = 0; i < 3; i++) {
            window.claim(8);
            window.onSent();
            window.onSequenced(10 + i);
        }

        window.onCommitted(9);
        assertEquals(1, window.head());
        window.onCommitted(11);
        assertEquals(3, window.head());
    }

    @Test
    void knowsWhatItCanNeverHold() {
        assertTrue(window.canHold(BYTES));
        assertFalse(window.canHold(BYTES + 1));
        window.start(1);
        window.claim(100);
        window.onSequenced(1);
        window.onCommitted(1);
        assertTrue(window.claim(BYTES) >= 0, "an empty window holds what it can hold, wherever it stands");
        assertThrows(IllegalArgumentException.class, () -> new CommandWindow(15, BYTES));
        assertThrows(IllegalArgumentException.class, () -> new CommandWindow(16, BYTES - 1));
    }
}
