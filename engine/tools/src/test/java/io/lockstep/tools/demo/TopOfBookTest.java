package io.lockstep.tools.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lockstep.codecs.exchange.BookTopEncoder;
import io.lockstep.codecs.exchange.ExecutionEncoder;
import io.lockstep.codecs.exchange.LevelChangedEncoder;
import io.lockstep.codecs.exchange.MessageHeaderEncoder;
import io.lockstep.codecs.exchange.Recipient;
import io.lockstep.codecs.exchange.Side;
import io.lockstep.tools.demo.TopOfBook.Level;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class TopOfBookTest {
    private static final int ALL = 100;

    private final TopOfBook book = new TopOfBook();
    private final UnsafeBuffer body = new UnsafeBuffer(new byte[256]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();

    @Test
    void showsTheBestLevelsOfEachSideTheBestFirst() {
        top(105, 7, 100, 3);
        level(Side.SELL, 107, 9);
        level(Side.SELL, 106, 8);
        level(Side.BUY, 98, 5);
        level(Side.BUY, 99, 4);

        assertEquals(List.of(new Level(105, 7), new Level(106, 8), new Level(107, 9)), book.best(Side.SELL, ALL));
        assertEquals(List.of(new Level(100, 3), new Level(99, 4), new Level(98, 5)), book.best(Side.BUY, ALL));
        assertEquals(List.of(new Level(105, 7), new Level(106, 8)), book.best(Side.SELL, 2));
        assertEquals(List.of(new Level(100, 3)), book.best(Side.BUY, 1));
    }

    @Test
    void forgetsLevelsThatAreBetterThanTheBest() {
        top(105, 7, 100, 3);
        level(Side.SELL, 106, 8);
        level(Side.BUY, 99, 4);

        top(106, 8, 99, 4);

        assertEquals(List.of(new Level(106, 8)), book.best(Side.SELL, ALL));
        assertEquals(List.of(new Level(99, 4)), book.best(Side.BUY, ALL));
    }

    @Test
    void keepsWhatIsBehindABetterBest() {
        top(105, 7, 100, 3);

        top(104, 1, 101, 2);

        assertEquals(List.of(new Level(104, 1), new Level(105, 7)), book.best(Side.SELL, ALL));
        assertEquals(List.of(new Level(101, 2), new Level(100, 3)), book.best(Side.BUY, ALL));
    }

    @Test
    void forgetsALevelThatIsEmptyAndASideThatIs() {
        top(105, 7, 100, 3);
        level(Side.SELL, 106, 8);
        level(Side.SELL, 106, 0);
        level(Side.BUY, 99, 4);

        top(105, 7, 0, 0);

        assertEquals(List.of(new Level(105, 7)), book.best(Side.SELL, ALL));
        assertEquals(List.of(), book.best(Side.BUY, ALL));
    }

    @Test
    void countsEachExecutionAndPassesOverWhatIsNotOfTheExchange() {
        for (int i = 0; i < 3; i++) {
            new ExecutionEncoder()
                    .wrapAndApplyHeader(body, 0, header)
                    .takerSide(Side.BUY)
                    .recipient(Recipient.BOTH);
            output(ExecutionEncoder.BLOCK_LENGTH);
        }
        body.setMemory(0, body.capacity(), (byte) 0x55);
        output(40);

        assertEquals(3, book.fills());
        assertEquals(List.of(), book.best(Side.BUY, ALL));
    }

    private void top(final long ask, final long askLots, final long bid, final long bidLots) {
        new BookTopEncoder()
                .wrapAndApplyHeader(body, 0, header)
                .askPriceTicks(ask)
                .askLots(askLots)
                .bidPriceTicks(bid)
                .bidLots(bidLots)
                .symbolId(1);
        output(BookTopEncoder.BLOCK_LENGTH);
    }

    private void level(final Side side, final long price, final long lots) {
        new LevelChangedEncoder()
                .wrapAndApplyHeader(body, 0, header)
                .priceTicks(price)
                .openLots(lots)
                .symbolId(1)
                .side(side);
        output(LevelChangedEncoder.BLOCK_LENGTH);
    }

    private void output(final int blockLength) {
        book.onOutput(1, 0, body, 0, MessageHeaderEncoder.ENCODED_LENGTH + blockLength);
    }
}
