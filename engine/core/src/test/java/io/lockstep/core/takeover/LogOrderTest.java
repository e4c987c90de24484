package io.lockstep.core.takeover;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lockstep.codecs.EntryReader;
import io.lockstep.codecs.protocol.EntryKind;
import io.lockstep.core.fixture.Messages;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A reader that has taken entries 1 and 2 of epoch 1 and 3 to 5 of epoch 3; epoch 2 was empty. */
class LogOrderTest {
    private final Messages messages = new Messages();
    private final LogOrder order = new LogOrder();

    @BeforeEach
    void read() {
        take(messages.epochStart(1, 1, 0, 0));
        take(tick(1, 2));
        take(messages.epochStart(3, 3, 2, 1));
        take(tick(3, 4));
        take(tick(3, 5));
    }

    @Test
    void takesTheNextOfItsEpochAndNoOther() {
        assertEquals(LogOrder.NEXT, judge(tick(3, 6)));
        assertEquals(LogOrder.OLD, judge(tick(3, 5)));
        assertEquals(LogOrder.AHEAD, judge(tick(3, 7)));
    }

    @Test
    void nothingOfAnEndedEpochIsTakenWhateverItsSequence() {
        assertEquals(LogOrder.OLD, judge(tick(1, 3)));
        assertEquals(LogOrder.OLD, judge(tick(1, 6)));
        assertEquals(LogOrder.OLD, judge(messages.epochStart(2, 6, 5, 1)));
    }

    @Test
    void takesTheStartOfAnEpochThatGoesOnFromItsLastEntry() {
        assertEquals(LogOrder.NEXT, judge(messages.epochStart(4, 6, 5, 3)));
        assertEquals(LogOrder.NEXT, judge(messages.epochStart(9, 6, 5, 3)), "those between are empty");
    }

    @Test
    void isOverrunWhereAnEpochGoesOnBeforeItsLastEntry() {
        assertEquals(LogOrder.OVERRUN, judge(messages.epochStart(4, 5, 4, 3)));
        assertEquals(LogOrder.OVERRUN, judge(tick(4, 5)), "its start was missed");
        assertEquals(LogOrder.OVERRUN, judge(tick(4, 6)), "its start was missed");
    }

    @Test
    void isOverrunWhereTheSameSequenceWasGivenInAnotherEpoch() {
        assertEquals(LogOrder.OVERRUN, judge(messages.epochStart(5, 6, 5, 4)));
        assertEquals(LogOrder.OVERRUN, judge(messages.epochStart(5, 6, 5, 1)), "epoch 3 was void as a whole");
    }

    @Test
    void waitsForWhatIsMissingBeforeANewerEpoch() {
        assertEquals(LogOrder.AHEAD, judge(messages.epochStart(4, 8, 7, 3)));
        assertEquals(LogOrder.AHEAD, judge(tick(4, 9)));
    }

    @Test
    void goesOnFromWhereItIsTakenBackTo() {
        order.rewind(3, 4);

        assertEquals(LogOrder.NEXT, judge(messages.epochStart(4, 5, 4, 3)));
        order.rewind(0, 0);
        assertEquals(LogOrder.NEXT, judge(messages.epochStart(1, 1, 0, 0)));
    }

    private UnsafeBuffer tick(final long epoch, final long sequence) {
        return messages.entry(epoch, sequence, 0, EntryKind.TICK, 0, 0, 0, "");
    }

    private int judge(final UnsafeBuffer entry) {
        return order.judge(new EntryReader().wrap(entry, 0));
    }

    private void take(final UnsafeBuffer entry) {
        assertEquals(LogOrder.NEXT, judge(entry));
        order.take(new EntryReader().wrap(entry, 0));
    }
}
