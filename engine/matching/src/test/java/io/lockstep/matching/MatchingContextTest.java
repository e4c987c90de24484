package io.lockstep.matching;

import static io.lockstep.matching.CommandBody.buy;
import static io.lockstep.matching.CommandBody.sell;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class MatchingContextTest {
    @Test
    void namesAllFaultsAtOnce() {
        final MatchingContext context = new MatchingContext()
                .symbol(Symbol.of(4))
                .symbol(Symbol.of(4))
                .maxOrders(0)
                .maxLevels(-1);

        final String message =
                assertThrows(IllegalArgumentException.class, context::conclude).getMessage();

        assertTrue(message.contains("two symbols of id 4"), message);
        assertTrue(message.contains("maxOrders"), message);
        assertTrue(message.contains("maxLevels"), message);
        assertThrows(IllegalArgumentException.class, () -> new MatchingContext().conclude());
    }

    @Test
    void isFrozenOnceInUse() {
        final MatchingContext context = new MatchingContext().symbol(Symbol.of(1)).conclude();

        assertThrows(IllegalStateException.class, () -> context.maxOrders(5));
    }

    @Test
    void refusesSymbolsThatCouldOverflow() {
        assertThrows(IllegalArgumentException.class, () -> Symbol.of(0));
        assertThrows(IllegalArgumentException.class, () -> Symbol.of(1).tick(0));
        assertThrows(IllegalArgumentException.class, () -> Symbol.of(1).lot(-1));
        assertThrows(IllegalArgumentException.class, () -> Symbol.of(1).prices(2, 1));
        assertThrows(IllegalArgumentException.class, () -> Symbol.of(1).prices(Long.MIN_VALUE, Long.MAX_VALUE));
        assertThrows(IllegalArgumentException.class, () -> Symbol.of(1).quantities(0, 1));
        assertThrows(IllegalArgumentException.class, () -> Symbol.of(1).quantities(1, Long.MAX_VALUE));
    }

    @Test
    void holdsAsManyLevelsAsItSaysHoweverFarApartTheyLie() {
        final int levels = 2_000;
        final long limit = Symbol.PRICE_TICKS_LIMIT;
        final ExchangeFixture exchange = new ExchangeFixture(new MatchingContext()
                .symbol(Symbol.of(1).prices(-limit, limit).quantities(1, Symbol.MAX_LOTS_LIMIT))
                .symbol(Symbol.of(2).prices(0, 5))
                .maxOrders(levels)
                .maxLevels(levels));
        final Random random = new Random(1);

        for (int i = 0; i < levels; i++) {
            final long far = Math.floorMod(random.nextLong(), limit);
            exchange.send(1, i % 2 == 0 ? buy(i, limit, -1 - far) : sell(i, limit, 1 + far));
        }

        assertEquals(levels, exchange.exchange().levels());
        exchange.exchange().audit();
        exchange.close(1);
        assertEquals(0, exchange.exchange().levels());
    }

    @Test
    void hashesAlikeWhateverTheSeedOfItsTableAndOtherwiseWhateverDiffers() {
        final long hash = hashOf(1, buy(1, 5, 100).owner(3));

        assertEquals(hash, hashOf(2, buy(1, 5, 100).owner(3)));
        assertNotEquals(hash, hashOf(1, buy(2, 5, 100).owner(3)));
        assertNotEquals(hash, hashOf(1, buy(1, 6, 100).owner(3)));
        assertNotEquals(hash, hashOf(1, buy(1, 5, 101).owner(3)));
        assertNotEquals(hash, hashOf(1, sell(1, 5, 100).owner(3)));
        assertNotEquals(hash, hashOf(1, buy(1, 5, 100).owner(4)));
        assertNotEquals(hash, hashOf(1, buy(1, 5, 100).owner(3).symbol(2)));
    }

    private static long hashOf(final long seed, final CommandBody command) {
        final ExchangeFixture exchange = new ExchangeFixture(new MatchingContext()
                .symbol(Symbol.of(1))
                .symbol(Symbol.of(2))
                .hashSeed(seed));
        exchange.send(1, command);
        return exchange.exchange().stateHash();
    }
}
