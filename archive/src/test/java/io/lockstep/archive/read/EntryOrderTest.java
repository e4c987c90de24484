package io.lockstep.archive.read;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lockstep.archive.record.TestEntries;
import org.junit.jupiter.api.Test;

class EntryOrderTest {
    private final EntryCheck check = new EntryCheck(TestEntries.CLUSTER_ID);
    private final TestEntries entries = new TestEntries();
    private final EntryOrder order = new EntryOrder();

    @Test
    void takesTheVeryFirstEntryLiveButNoOtherWithoutHistory() {
        order.startAt(1);
        assertEquals(EntryOrder.AHEAD, live(command(1, 2)));
        assertEquals(EntryOrder.AHEAD, live(start(2, 1, 1, 0, 0)), "the first epoch may have come to nothing");
        assertEquals(EntryOrder.NEXT, live(start(1, 1, 0, 0, 0)));

        order.startAt(5);
        assertEquals(EntryOrder.AHEAD, live(command(1, 5)));
        assertEquals(EntryOrder.NEXT, history(command(1, 5)));
        assertEquals(EntryOrder.OLD, history(command(1, 4)));
        assertEquals(EntryOrder.CONTRADICTION, history(command(1, 6)));
    }

    @Test
    void followsOneEpochDensely() {
        deliveredUpTo(1, 10);

        assertEquals(EntryOrder.NEXT, live(command(1, 11)));
        assertEquals(EntryOrder.OLD, live(command(1, 10)));
        assertEquals(EntryOrder.AHEAD, live(command(1, 12)));
        assertEquals(EntryOrder.CONTRADICTION, history(command(1, 12)));
    }

    @Test
    void goesOverIntoTheNextEpochOnlyWhereItFollows() {
        deliveredUpTo(3, 10);

        assertEquals(EntryOrder.NEXT, live(start(4, 11, 3, 320, 10)));
        assertEquals(EntryOrder.AHEAD, live(start(4, 13, 3, 640, 12)), "the rest of epoch 3 is missing");
        assertEquals(EntryOrder.OVER_RUN, live(start(4, 9, 3, 320, 8)), "9 and 10 of epoch 3 are void");
        assertEquals(EntryOrder.AHEAD, live(start(5, 11, 4, 320, 10)), "epoch 4 lies between");
        assertEquals(EntryOrder.OVER_RUN, live(start(5, 11, 2, 320, 10)), "epoch 3 was never decided");
        assertEquals(EntryOrder.AHEAD, live(command(4, 12)), "joined the new epoch in its midst");
        assertEquals(EntryOrder.ZOMBIE, live(command(2, 11)));
    }

    @Test
    void passesAnEmptyEpochOnlyOutOfHistory() {
        deliveredUpTo(3, 10);

        assertEquals(EntryOrder.AHEAD, live(start(5, 11, 4, 0, 10)));
        assertEquals(EntryOrder.NEXT, history(start(5, 11, 4, 0, 10)));
        assertEquals(EntryOrder.CONTRADICTION, history(start(5, 11, 4, 64, 10)), "epoch 4 is not empty and not here");
    }

    @Test
    void findsOutFromHistoryThatItsLastEntryIsVoid() {
        deliveredUpTo(3, 10);

        assertEquals(9 + 1, order.anchorSequence());
        assertEquals(EntryOrder.OLD, history(command(3, 10)));
        assertEquals(EntryOrder.OVER_RUN, history(command(4, 10)));
        assertEquals(EntryOrder.CONTRADICTION, history(command(2, 10)), "the server has not heard of epoch 3");
        entries.command(3, 10, 99);
        assertEquals(EntryOrder.CONTRADICTION, history(0), "one (epoch, sequence) has one value");
    }

    @Test
    void anyFirstEntryWillDoWhereNoneIsNamed() {
        order.startAnywhere();

        assertEquals(EntryOrder.NEXT, live(command(3, 77)));
        order.onDelivered(check, 64);
        assertEquals(78, order.nextSequence());
        assertEquals(EntryOrder.OLD, live(command(3, 77)));
    }

    private void deliveredUpTo(final long epoch, final long sequence) {
        order.startAnywhere();
        live(command(epoch, sequence));
        order.onDelivered(check, 320);
    }

    private int command(final long epoch, final long sequence) {
        entries.command(epoch, sequence, 8);
        return 0;
    }

    private int start(
            final long epoch,
            final long sequence,
            final long previous,
            final long endPosition,
            final long endSequence) {
        entries.epochStart(epoch, sequence, previous, endPosition, endSequence);
        return 0;
    }

    private int live(final int built) {
        assertEquals(built, check.check(entries.buffer(), 0, entries.length()));
        return order.classifyLive(check);
    }

    private int history(final int built) {
        assertEquals(built, check.check(entries.buffer(), 0, entries.length()));
        return order.classifyHistory(check);
    }
}
