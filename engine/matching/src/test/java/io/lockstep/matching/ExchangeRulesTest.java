package io.lockstep.matching;

import static io.lockstep.codecs.exchange.SelfTradePrevention.CANCEL_AGGRESSOR;
import static io.lockstep.codecs.exchange.SelfTradePrevention.CANCEL_RESTING;
import static io.lockstep.codecs.exchange.SelfTradePrevention.DECREMENT;
import static io.lockstep.codecs.exchange.SelfTradePrevention.NONE;
import static io.lockstep.matching.CommandBody.buy;
import static io.lockstep.matching.CommandBody.cancel;
import static io.lockstep.matching.CommandBody.massCancel;
import static io.lockstep.matching.CommandBody.reduce;
import static io.lockstep.matching.CommandBody.replace;
import static io.lockstep.matching.CommandBody.sell;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lockstep.codecs.exchange.TimeInForce;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each rule of the exchange, one by one; orders are (id, lots, price), and lines begin with the session. */
final class ExchangeRulesTest {
    private static final long ANN = 1;
    private static final long BOB = 2;
    private static final long FIRM = 77;

    private final ExchangeFixture exchange = new ExchangeFixture(new MatchingContext()
            .symbol(Symbol.of(1).prices(1, 1000).quantities(1, 500))
            .symbol(Symbol.of(2))
            .maxOrders(8)
            .maxLevels(6)
            .maxSessionOrders(5));

    @Test
    void restsAnOrderThatMeetsNothing() {
        assertOutputs(
                exchange.send(ANN, buy(10, 5, 100)),
                "1 accepted 1/10 RESTING filled=0 open=5",
                "0 top 1 ask 0 @0 bid 5 @100");
    }

    @Test
    void tellsOfALevelBehindTheBestByItself() {
        exchange.send(ANN, buy(10, 5, 100));

        assertOutputs(
                exchange.send(ANN, buy(11, 7, 99)), "1 accepted 1/11 RESTING filled=0 open=7", "0 level 1 BUY 7 @99");
        assertOutputs(exchange.send(ANN, cancel(11)), "1 cancelled 1/11 7 REQUEST", "0 level 1 BUY 0 @99");
    }

    @Test
    void tradesFirstComeFirstAtTheRestingPriceAndTellsBothSides() {
        exchange.send(ANN, sell(10, 5, 100));
        exchange.send(BOB, sell(10, 5, 100));

        assertOutputs(
                exchange.send(3, buy(1, 6, 101)),
                "3 execution 1 #1 TAKER BUY 1 with 10: 5 @100 left=1/0",
                "1 execution 1 #1 MAKER BUY 1 with 10: 5 @100 left=1/0",
                "3 execution 1 #2 TAKER BUY 1 with 10: 1 @100 left=0/4",
                "2 execution 1 #2 MAKER BUY 1 with 10: 1 @100 left=0/4",
                "3 accepted 1/1 FILLED filled=6 open=0",
                "0 top 1 ask 4 @100 bid 0 @0");
    }

    @Test
    void tradesTheBestPriceFirstAndRestsTheRemainder() {
        exchange.send(ANN, sell(1, 5, 101));
        exchange.send(ANN, sell(2, 5, 100));

        assertOutputs(
                exchange.send(ANN, buy(3, 12, 101)),
                "1 execution 1 #1 BOTH BUY 3 with 2: 5 @100 left=7/0",
                "1 execution 1 #2 BOTH BUY 3 with 1: 5 @101 left=2/0",
                "1 accepted 1/3 RESTING filled=10 open=2",
                "0 top 1 ask 0 @0 bid 2 @101");
    }

    @Test
    void dropsTheRestOfAnImmediateOrder() {
        exchange.send(ANN, buy(1, 5, 100));

        assertOutputs(
                exchange.send(BOB, sell(1, 8, 100).ioc()),
                "2 execution 1 #1 TAKER SELL 1 with 1: 5 @100 left=3/0",
                "1 execution 1 #1 MAKER SELL 1 with 1: 5 @100 left=3/0",
                "2 accepted 1/1 DROPPED filled=5 open=0 dropped=3 IMMEDIATE_OR_CANCEL",
                "0 top 1 ask 0 @0 bid 0 @0");
    }

    @Test
    void dropsAMarketOrderWhereTheBookIsEmpty() {
        assertOutputs(
                exchange.send(ANN, buy(1, 8, 0).market().ioc()),
                "1 accepted 1/1 DROPPED filled=0 open=0 dropped=8 IMMEDIATE_OR_CANCEL");
        assertRejected(exchange.send(ANN, buy(1, 8, 0).market().fok()), "NOT_FILLABLE");
    }

    @Test
    void tradesAMarketOrderAtAnyPrice() {
        exchange.send(ANN, sell(1, 5, 1000));

        assertOutputs(
                exchange.send(ANN, buy(2, 5, -1).market().ioc()),
                "1 execution 1 #1 BOTH BUY 2 with 1: 5 @1000 left=0/0",
                "1 accepted 1/2 FILLED filled=5 open=0",
                "0 top 1 ask 0 @0 bid 0 @0");
    }

    @Test
    void tradesAllOfAFillOrKillOrderOrNothing() {
        exchange.send(ANN, sell(1, 5, 100));
        exchange.send(ANN, sell(2, 5, 102));
        final List<RestingOrder> before = exchange.exchange().depth();

        assertRejected(exchange.send(BOB, buy(1, 11, 102).fok()), "NOT_FILLABLE");
        assertRejected(exchange.send(BOB, buy(1, 6, 101).fok()), "NOT_FILLABLE");
        assertEquals(before, exchange.exchange().depth());
        assertEquals(0, exchange.exchange().trades());

        assertOutputs(
                exchange.send(ANN, buy(3, 10, 102).fok()),
                "1 execution 1 #1 BOTH BUY 3 with 1: 5 @100 left=5/0",
                "1 execution 1 #2 BOTH BUY 3 with 2: 5 @102 left=0/0",
                "1 accepted 1/3 FILLED filled=10 open=0",
                "0 top 1 ask 0 @0 bid 0 @0");
    }

    @Test
    void rejectsAPostOnlyOrderThatWouldTrade() {
        exchange.send(ANN, sell(1, 5, 100));

        assertRejected(exchange.send(BOB, buy(1, 5, 100).postOnly()), "POST_ONLY_WOULD_TRADE");
        assertOutputs(
                exchange.send(BOB, buy(1, 5, 99).postOnly()),
                "2 accepted 1/1 RESTING filled=0 open=5",
                "0 top 1 ask 5 @100 bid 5 @99");
        assertRejected(exchange.send(BOB, replace(1, 5, 100).postOnly()), "POST_ONLY_WOULD_TRADE");
        assertEquals(2, exchange.exchange().restingOrders());
    }

    @Test
    void rejectsWhatMakesNoSense() {
        assertRejected(exchange.send(ANN, buy(1, 1, 1).market()), "BAD_COMBINATION");
        assertRejected(exchange.send(ANN, buy(1, 1, 1).ioc().postOnly()), "BAD_COMBINATION");
        assertRejected(exchange.send(ANN, buy(1, 1, 1).symbol(9)), "UNKNOWN_SYMBOL");
        assertRejected(exchange.send(ANN, massCancel(9)), "UNKNOWN_SYMBOL");
        for (final long price : new long[] {0, -1, 1001, Long.MAX_VALUE, Long.MIN_VALUE}) {
            assertRejected(exchange.send(ANN, buy(1, 1, price)), "PRICE_OUT_OF_RANGE");
            assertRejected(exchange.send(ANN, sell(1, 1, price).ioc()), "PRICE_OUT_OF_RANGE");
        }
        for (final long lots : new long[] {0, -1, 501, Long.MAX_VALUE, Long.MIN_VALUE}) {
            assertRejected(exchange.send(ANN, buy(1, lots, 1)), "QUANTITY_OUT_OF_RANGE");
            assertRejected(exchange.send(ANN, buy(1, lots, 1).market().ioc()), "QUANTITY_OUT_OF_RANGE");
        }
        assertEquals(0, exchange.exchange().restingOrders());
    }

    @Test
    void knowsOrdersBySessionAndId() {
        exchange.send(ANN, buy(1, 5, 100));

        assertRejected(exchange.send(ANN, sell(1, 5, 200)), "DUPLICATE_ORDER_ID");
        assertRejected(exchange.send(BOB, cancel(1)), "UNKNOWN_ORDER");
        assertRejected(exchange.send(BOB, reduce(1, 1)), "UNKNOWN_ORDER");
        assertRejected(exchange.send(BOB, replace(1, 1, 1)), "UNKNOWN_ORDER");
        exchange.send(BOB, buy(1, 6, 100));
        assertOutputs(exchange.send(BOB, cancel(1)), "2 cancelled 1/1 6 REQUEST", "0 top 1 ask 0 @0 bid 5 @100");
        assertRejected(exchange.send(BOB, cancel(1)), "UNKNOWN_ORDER");
        assertEquals("1 cancelled 1/1 5 REQUEST", exchange.send(ANN, cancel(1)).get(0));
        assertEquals("1 accepted 1/1 RESTING filled=0 open=5", exchange.send(ANN, buy(1, 5, 100)).get(0));
    }

    @Test
    void reducesAnOrderInItsPlaceAndNeverBelowNothing() {
        exchange.send(ANN, sell(1, 5, 100));
        exchange.send(BOB, sell(2, 5, 100));

        assertOutputs(
                exchange.send(ANN, reduce(1, 3)),
                "1 reduced 1/1 by=3 open=2 REQUEST",
                "0 top 1 ask 7 @100 bid 0 @0");
        assertFirst("1", 2);
        assertRejected(exchange.send(ANN, reduce(1, 0)), "QUANTITY_OUT_OF_RANGE");
        assertRejected(exchange.send(ANN, reduce(1, Long.MIN_VALUE)), "QUANTITY_OUT_OF_RANGE");
        assertOutputs(
                exchange.send(ANN, reduce(1, Long.MAX_VALUE)),
                "1 reduced 1/1 by=1 open=0 REQUEST",
                "0 top 1 ask 5 @100 bid 0 @0");
        assertRejected(exchange.send(ANN, cancel(1)), "UNKNOWN_ORDER");
    }

    @Test
    void keepsThePlaceOfAReplacedOrderThatOnlyShrinks() {
        exchange.send(ANN, sell(1, 5, 100));
        exchange.send(BOB, sell(2, 5, 100));

        assertEquals(
                "1 replaced 1/1 RESTING filled=0 open=3 @100 kept",
                exchange.send(ANN, replace(1, 3, 100)).get(0));
        assertEquals(
                "1 replaced 1/1 RESTING filled=0 open=3 @100 kept",
                exchange.send(ANN, replace(1, 3, 100)).get(0));
        assertFirst("1", 3);
    }

    @Test
    void takesThePlaceOfAReplacedOrderThatGrows() {
        exchange.send(ANN, sell(1, 5, 100));
        exchange.send(BOB, sell(2, 5, 100));

        assertOutputs(
                exchange.send(ANN, replace(1, 6, 100)),
                "1 replaced 1/1 RESTING filled=0 open=6 @100",
                "0 top 1 ask 11 @100 bid 0 @0");
        assertFirst("2", 5);
    }

    @Test
    void takesThePlaceOfAReplacedOrderWhosePriceChangesAndComesBack() {
        exchange.send(ANN, sell(1, 5, 100));
        exchange.send(BOB, sell(2, 5, 100));

        assertOutputs(
                exchange.send(ANN, replace(1, 4, 101)),
                "1 replaced 1/1 RESTING filled=0 open=4 @101",
                "0 top 1 ask 5 @100 bid 0 @0",
                "0 level 1 SELL 4 @101");
        exchange.send(ANN, replace(1, 4, 100));
        assertFirst("2", 5);
    }

    @Test
    void tradesAReplacedOrderThatReachesTheOtherSide() {
        exchange.send(ANN, sell(1, 5, 100));
        exchange.send(BOB, buy(2, 2, 90));

        assertOutputs(
                exchange.send(BOB, replace(2, 8, 100)),
                "2 execution 1 #1 TAKER BUY 2 with 1: 5 @100 left=3/0",
                "1 execution 1 #1 MAKER BUY 2 with 1: 5 @100 left=3/0",
                "2 replaced 1/2 RESTING filled=5 open=3 @100",
                "0 top 1 ask 0 @0 bid 3 @100",
                "0 level 1 BUY 0 @90");
        exchange.send(ANN, sell(3, 9, 110));
        assertEquals(
                "2 replaced 1/2 FILLED filled=4 open=0 @110",
                exchange.send(BOB, replace(2, 4, 110)).get(2));
        assertRejected(exchange.send(BOB, cancel(2)), "UNKNOWN_ORDER");
    }

    @Test
    void leavesAnOrderAloneWhoseReplacementIsRejected() {
        exchange.send(ANN, sell(1, 5, 100));
        final List<RestingOrder> before = exchange.exchange().depth();

        assertRejected(exchange.send(ANN, replace(1, 5, 1001)), "PRICE_OUT_OF_RANGE");
        assertRejected(exchange.send(ANN, replace(1, 0, 100)), "QUANTITY_OUT_OF_RANGE");
        assertEquals(before, exchange.exchange().depth());
    }

    @Test
    void letsOneOwnerTradeWithItselfIfItWishes() {
        exchange.send(ANN, sell(1, 5, 100).owner(FIRM, CANCEL_AGGRESSOR));

        assertEquals(1, exchange.exchange().restingOrders());
        exchange.send(BOB, buy(1, 5, 100).owner(FIRM, NONE));
        assertEquals(1, exchange.exchange().trades());
    }

    @Test
    void takesOrdersWithoutOwnerForStrangers() {
        exchange.send(ANN, sell(1, 5, 100).owner(0, CANCEL_AGGRESSOR));
        exchange.send(ANN, buy(2, 5, 100).owner(0, CANCEL_AGGRESSOR));

        assertEquals(1, exchange.exchange().trades());
    }

    @Test
    void cancelsTheRestingOrderOfTheSameOwner() {
        exchange.send(ANN, sell(1, 5, 100).owner(FIRM));
        exchange.send(3, sell(2, 5, 100));

        assertOutputs(
                exchange.send(BOB, buy(9, 6, 100).owner(FIRM, CANCEL_RESTING)),
                "1 cancelled 1/1 5 SELF_TRADE",
                "2 execution 1 #1 TAKER BUY 9 with 2: 5 @100 left=1/0",
                "3 execution 1 #1 MAKER BUY 9 with 2: 5 @100 left=1/0",
                "2 accepted 1/9 RESTING filled=5 open=1",
                "0 top 1 ask 0 @0 bid 1 @100");
    }

    @Test
    void cancelsTheIncomingOrderOfTheSameOwner() {
        exchange.send(3, sell(2, 5, 99));
        exchange.send(ANN, sell(1, 5, 100).owner(FIRM));

        assertOutputs(
                exchange.send(BOB, buy(9, 8, 100).owner(FIRM, CANCEL_AGGRESSOR)),
                "2 execution 1 #1 TAKER BUY 9 with 2: 5 @99 left=3/0",
                "3 execution 1 #1 MAKER BUY 9 with 2: 5 @99 left=3/0",
                "2 accepted 1/9 DROPPED filled=5 open=0 dropped=3 SELF_TRADE",
                "0 top 1 ask 5 @100 bid 0 @0");
    }

    @Test
    void takesTheSmallerQuantityOffBothOrdersOfTheSameOwner() {
        exchange.send(ANN, sell(1, 5, 100).owner(FIRM));
        exchange.send(ANN, sell(2, 5, 101).owner(FIRM));

        assertOutputs(
                exchange.send(BOB, buy(9, 7, 101).owner(FIRM, DECREMENT)),
                "1 reduced 1/1 by=5 open=0 SELF_TRADE",
                "1 reduced 1/2 by=2 open=3 SELF_TRADE",
                "2 accepted 1/9 DROPPED filled=0 open=0 dropped=7 SELF_TRADE",
                "0 top 1 ask 3 @101 bid 0 @0");
        assertOutputs(
                exchange.send(BOB, buy(9, 4, 101).owner(FIRM, DECREMENT)),
                "1 reduced 1/2 by=3 open=0 SELF_TRADE",
                "2 accepted 1/9 RESTING filled=0 open=1 dropped=3 SELF_TRADE",
                "0 top 1 ask 0 @0 bid 1 @101");
    }

    @Test
    void countsNoOwnOrderTowardsAFillOrKill() {
        exchange.send(3, sell(1, 5, 100));
        exchange.send(ANN, sell(2, 5, 100).owner(FIRM));
        exchange.send(3, sell(3, 5, 101));
        final List<RestingOrder> before = exchange.exchange().depth();

        // 15 lots are there, 5 of them the firm's own.
        assertRejected(exchange.send(BOB, buy(9, 11, 101).fok().owner(FIRM, CANCEL_RESTING)), "NOT_FILLABLE");
        // These two would end or shrink at the own order, behind which they do not get.
        assertRejected(exchange.send(BOB, buy(9, 6, 101).fok().owner(FIRM, CANCEL_AGGRESSOR)), "NOT_FILLABLE");
        assertRejected(exchange.send(BOB, buy(9, 6, 101).fok().owner(FIRM, DECREMENT)), "NOT_FILLABLE");
        assertEquals(before, exchange.exchange().depth());

        assertEquals(
                "2 accepted 1/9 FILLED filled=4 open=0",
                exchange.send(BOB, buy(9, 4, 101).fok().owner(FIRM, CANCEL_AGGRESSOR)).get(2));
        final List<String> outputs = exchange.send(BOB, buy(9, 6, 101).fok().owner(FIRM, CANCEL_RESTING));
        assertEquals("1 cancelled 1/2 5 SELF_TRADE", outputs.get(2));
        assertEquals("2 accepted 1/9 FILLED filled=6 open=0", outputs.get(5));
    }

    @Test
    void massCancelsTheSessionsOrdersOldestPriorityFirst() {
        exchange.send(ANN, buy(1, 5, 100));
        exchange.send(ANN, buy(2, 5, 101).symbol(2));
        exchange.send(BOB, buy(3, 5, 100));
        exchange.send(ANN, buy(4, 5, 99));
        exchange.send(ANN, replace(1, 5, 98));

        assertOutputs(
                exchange.send(ANN, massCancel(0)),
                "1 cancelled 2/2 5 MASS_CANCEL",
                "1 cancelled 1/4 5 MASS_CANCEL",
                "1 cancelled 1/1 5 MASS_CANCEL",
                "1 mass cancelled 0 count=3",
                "0 top 2 ask 0 @0 bid 0 @0",
                "0 level 1 BUY 0 @99",
                "0 level 1 BUY 0 @98");
        assertOutputs(exchange.send(ANN, massCancel(0)), "1 mass cancelled 0 count=0");
        assertEquals(1, exchange.exchange().restingOrders());
    }

    @Test
    void massCancelsOneSymbolAlone() {
        exchange.send(ANN, buy(1, 5, 100));
        exchange.send(ANN, buy(2, 5, 101).symbol(2));

        assertOutputs(
                exchange.send(ANN, massCancel(2)),
                "1 cancelled 2/2 5 MASS_CANCEL",
                "1 mass cancelled 2 count=1",
                "0 top 2 ask 0 @0 bid 0 @0");
    }

    @Test
    void cancelsTheOrdersOfASessionThatCloses() {
        exchange.send(ANN, buy(2, 5, 100));
        exchange.send(ANN, buy(1, 5, 100));
        exchange.send(BOB, sell(1, 5, 101));

        assertOutputs(
                exchange.close(ANN),
                "1 cancelled 1/2 5 SESSION_CLOSED",
                "1 cancelled 1/1 5 SESSION_CLOSED",
                "0 top 1 ask 5 @101 bid 0 @0");
        assertOutputs(exchange.close(ANN));
        assertOutputs(exchange.open(ANN));
    }

    @Test
    void rejectsWhatItHasNoRoomFor() {
        for (int i = 0; i < 5; i++) {
            exchange.send(ANN, buy(i, 1, 100 + i));
        }
        assertRejected(exchange.send(ANN, buy(9, 1, 100)), "TOO_MANY_SESSION_ORDERS");
        exchange.send(BOB, buy(1, 1, 106));
        assertRejected(exchange.send(BOB, buy(2, 1, 107)), "TOO_MANY_LEVELS");
        assertRejected(exchange.send(BOB, sell(2, 1, 999)), "TOO_MANY_LEVELS");
        exchange.send(BOB, buy(2, 1, 106));
        assertRejected(exchange.send(BOB, replace(2, 1, 107)), "TOO_MANY_LEVELS");
        exchange.send(BOB, buy(3, 1, 106));
        assertRejected(exchange.send(BOB, buy(4, 1, 106)), "TOO_MANY_ORDERS");
        assertEquals("2 accepted 1/4 FILLED filled=1 open=0", last(exchange.send(BOB, sell(4, 1, 106).ioc())));
        exchange.exchange().audit();
    }

    @Test
    void rejectsAnOrderOfOneSessionTooMany() {
        final ExchangeFixture small =
                new ExchangeFixture(new MatchingContext().symbol(Symbol.of(1)).maxSessions(1));
        small.send(ANN, buy(1, 1, 100));

        assertRejected(small.send(BOB, buy(1, 1, 100)), "TOO_MANY_SESSIONS");
        small.send(ANN, cancel(1));
        assertEquals("2 accepted 1/1 RESTING filled=0 open=1", small.send(BOB, buy(1, 1, 100)).get(0));
    }

    private void assertFirst(final String session, final long openLots) {
        final List<String> outputs = exchange.send(3, buy(99, 1, 1000).timeInForce(TimeInForce.IOC));
        final String made = outputs.get(1);
        assertEquals(session, made.substring(0, 1), made);
        assertEquals("left=0/" + (openLots - 1), made.substring(made.indexOf("left=")), made);
    }

    private static String last(final List<String> outputs) {
        return outputs.stream().filter(line -> line.contains("accepted")).findFirst().orElseThrow();
    }

    private static void assertRejected(final List<String> outputs, final String code) {
        assertEquals(1, outputs.size(), outputs::toString);
        assertEquals(code, outputs.get(0).split(" ", -1)[3], outputs::toString);
    }

    private static void assertOutputs(final List<String> actual, final String... expected) {
        assertEquals(List.of(expected), actual);
    }
}
