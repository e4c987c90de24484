package io.lockstep.matching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.codecs.exchange.BookTopEncoder;
import io.lockstep.codecs.exchange.MessageHeaderEncoder;
import io.lockstep.codecs.exchange.Reason;
import io.lockstep.codecs.exchange.RejectCode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The fast exchange against the plain one, command by command; rerun one seed by {@code -Dseed=}. */
final class ExchangePropertyTest {
    private static final int COMMANDS = 50_000;
    private static final int AUDIT_EVERY = 250;
    private static final int SESSIONS = 6;
    private static final int[] SYMBOLS = {7, 1, 900};
    private static final long[] CENTERS = {0, 5_000_000, 130};

    private final UnsafeBuffer body = new UnsafeBuffer(new byte[256]);

    static LongStream seeds() {
        final Long seed = Long.getLong("seed");
        return seed != null ? LongStream.of(seed) : LongStream.of(1, 2, 3, 4, 5, 6, 7, System.nanoTime());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void agreesWithThePlainExchange(final long seed) {
        System.out.println("ExchangePropertyTest seed=" + seed);
        final Random random = new Random(seed);
        final MatchingContext context = context(random);
        final ExchangeFixture fast = new ExchangeFixture(context);
        final OracleExchange plain = new OracleExchange(context);
        final DepthFollower follower = new DepthFollower();
        final RandomCommands commands = new RandomCommands(
                random, SYMBOLS, CENTERS, 1 + random.nextInt(12), 20 + random.nextInt(200));
        int rested = 0;

        for (int i = 0; i < COMMANDS; i++) {
            final long hash = fast.exchange().stateHash();
            step(random, fast, plain, commands, "seed=" + seed + " command=" + i);
            follower.onOutputs(fast.outbox());
            assertNotEquals(hash, fast.exchange().stateHash(), "every entry leaves its mark on the hash");
            rested = Math.max(rested, fast.exchange().restingOrders());
            if (i % AUDIT_EVERY == 0 || i == COMMANDS - 1) {
                fast.exchange().audit();
                final List<RestingOrder> depth = plain.depth();
                assertEquals(depth, fast.exchange().depth(), "seed=" + seed + " command=" + i);
                assertEquals(DepthFollower.levels(depth), follower.levels(), "seed=" + seed + " command=" + i);
            }
        }

        assertTrue(rested >= 10, "resting at most: " + rested);
        assertTrue(fast.exchange().trades() > 500, "trades: " + fast.exchange().trades());
        for (int session = 1; session <= SESSIONS; session++) {
            fast.close(session);
        }
        fast.exchange().audit();
        assertEquals(0, fast.exchange().restingOrders());
        assertEquals(0, fast.exchange().levels());
        assertEquals(Map.of(), DepthFollower.levels(fast.exchange().depth()));
    }

    @Test
    void reachesEveryRejectCodeAndEveryReason() {
        final Set<String> words = new HashSet<>();
        for (long seed = 1; seed <= 12; seed++) {
            final Random random = new Random(seed);
            final ExchangeFixture fast = new ExchangeFixture(context(random));
            final RandomCommands commands = new RandomCommands(random, SYMBOLS, CENTERS, 5, 100);
            for (int i = 0; i < COMMANDS / 5; i++) {
                final int length = random.nextInt(50) == 0 ? 1 : commands.next().encode(body, 0);
                fast.send(1 + random.nextInt(SESSIONS), body, 0, length)
                        .forEach(line -> words.addAll(List.of(line.split(" ", -1))));
            }
            body.setMemory(0, body.capacity(), (byte) 0);
            new BookTopEncoder().wrapAndApplyHeader(body, 0, new MessageHeaderEncoder());
            words.addAll(List.of(
                    fast.send(1, body, 0, 8 + BookTopEncoder.BLOCK_LENGTH).get(0).split(" ", -1)));
            fast.close(1).forEach(line -> words.addAll(List.of(line.split(" ", -1))));
        }

        for (final RejectCode code : RejectCode.values()) {
            assertTrue(code == RejectCode.NULL_VAL || words.contains(code.name()), code.name());
        }
        for (final Reason reason : Reason.values()) {
            final boolean isNone = reason == Reason.NULL_VAL || reason == Reason.NONE;
            assertTrue(isNone || words.contains(reason.name()), reason.name());
        }
    }

    private void step(
            final Random random,
            final ExchangeFixture fast,
            final OracleExchange plain,
            final RandomCommands commands,
            final String where) {
        final long session = 1L + random.nextInt(SESSIONS);
        final int dice = random.nextInt(1000);
        if (dice < 4) {
            assertEquals(plain.close(session), fast.close(session), where);
            return;
        }
        if (dice < 6) {
            assertEquals(List.of(), fast.open(session), where);
            return;
        }
        final int offset = random.nextInt(64);
        int length = commands.next().encode(body, offset);
        if (dice < 26) {
            length = damage(random, offset, length);
        }
        final List<String> expected = List.copyOf(plain.send(session, body, offset, length));
        assertEquals(expected, fast.send(session, body, offset, length), where);
        assertFalse(expected.isEmpty(), where);
        assertEquals(1, answers(expected, session), () -> where + " has one answer: " + expected);
    }

    /** Answers are those lines to the session that a command of its own causes, whatever else happens to its orders. */
    private static long answers(final List<String> outputs, final long session) {
        return outputs.stream()
                .filter(line -> line.startsWith(session + " accepted ")
                        || line.startsWith(session + " rejected ")
                        || line.startsWith(session + " replaced ")
                        || line.startsWith(session + " mass cancelled ")
                        || (line.startsWith(session + " ") && line.endsWith(" REQUEST")))
                .count();
    }

    private int damage(final Random random, final int offset, final int length) {
        if (random.nextInt(3) == 0) {
            return random.nextInt(length);
        }
        for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
            final int at = offset + random.nextInt(length);
            body.putByte(at, (byte) random.nextInt());
        }
        return length;
    }

    private static MatchingContext context(final Random random) {
        final boolean isTight = random.nextBoolean();
        return new MatchingContext()
                .symbol(Symbol.of(SYMBOLS[0]).prices(-500, 500).quantities(1, 1000))
                .symbol(Symbol.of(SYMBOLS[1]).prices(1, 1 << 24).quantities(2, Symbol.MAX_LOTS_LIMIT))
                .symbol(Symbol.of(SYMBOLS[2]).prices(100, 160))
                .maxOrders(isTight ? 15 + random.nextInt(60) : 4096)
                .maxLevels(isTight ? 10 + random.nextInt(60) : 4096)
                .maxSessions(isTight ? 2 + random.nextInt(SESSIONS) : 64)
                .maxSessionOrders(isTight ? 10 + random.nextInt(50) : 4096)
                .hashSeed(random.nextLong());
    }
}
