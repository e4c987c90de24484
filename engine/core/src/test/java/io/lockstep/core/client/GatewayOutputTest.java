package io.lockstep.core.client;

import static io.lockstep.codecs.protocol.DeliveryGrade.QUORUM;
import static io.lockstep.codecs.protocol.DeliveryGrade.QUORUM_SYNCED;
import static io.lockstep.codecs.protocol.DeliveryGrade.SIGHT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.codecs.OutputFlags;
import io.lockstep.codecs.protocol.EntryKind;
import io.lockstep.core.fixture.Messages;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What becomes of outputs; session 2 is open, and the first output was the notice of that. */
class GatewayOutputTest extends GatewayFixture {
    @Test
    void theFirstCopyWinsAndTheSecondIsDropped() {
        opened(9);
        command(2, 1);
        commit(3, 0);

        assertTrue(output(copy(2, 3, 2, QUORUM)));
        assertTrue(output(copy(2, 3, 2, QUORUM)));

        assertEquals(List.of("2 #2 of3"), told());
        assertEquals(1, gateway.duplicates());
        assertEquals(1, gateway.released());
    }

    @Test
    void aCopyAheadIsLeftToTheOtherReplica() {
        opened(9);
        commit(100, 0);
        output(copy(3, 3, 2, SIGHT));
        assertEquals(List.of(), told());
        assertEquals(1, gateway.ahead());

        output(copy(2, 3, 2, SIGHT));
        output(copy(3, 3, 2, SIGHT));

        assertEquals(List.of("2 #2 of3", "2 #3 of3"), told());
    }

    @Test
    void eachGradeWaitsForWhatItSays() {
        opened(9);
        command(2, 1);
        output(3, 2, SIGHT);
        output(3, 2, QUORUM);
        output(3, 2, QUORUM_SYNCED);
        assertEquals(List.of("2 #2 of3"), told());

        control(messages.ack(1, 1, 3 * ENTRY_LENGTH - 1, 0));
        assertEquals(List.of(), told());
        commit(3, 2);
        assertEquals(List.of("2 #3 of3"), told());
        commit(3, 3);
        assertEquals(List.of("2 #4 of3"), told());
    }

    @Test
    void commitThatCameFirstReleasesAtOnce() {
        opened(9);
        command(2, 1);
        commit(3, 3);

        output(3, 2, QUORUM);
        output(3, 2, QUORUM_SYNCED);

        assertEquals(List.of("2 #2 of3", "2 #3 of3"), told());
    }

    @Test
    void outputsOfEntriesNotSeenYetWaitForThem() {
        opened(9);
        commit(50, 50);
        output(3, 2, QUORUM);
        assertEquals(List.of(), told());

        command(2, 1);

        assertEquals(List.of("2 #2 of3"), told());
    }

    @Test
    void releasesInTheOrderOfTheLog() {
        opened(9);
        opened(8);
        for (int i = 4; i < 10; i++) {
            command(i % 2 == 0 ? 2 : 3, (i - 2) / 2);
            output(i, i % 2 == 0 ? 2 : 3, QUORUM);
            output(i, 77, QUORUM);
            output(i, 0, QUORUM);
        }
        assertEquals(List.of(), told());

        commit(5, 0);
        assertEquals(List.of("2 #3 of4", "all #5 of4", "3 #6 of5", "all #8 of5"), told());
        commit(99, 0);
        assertEquals(8, told().size());
    }

    @Test
    void theNoticeOfASessionWaitsForItsEntry() {
        opened(9);
        final GatewaySession session = gateway.open(8);
        final UnsafeBuffer notice = notice(2, 3, 3, OutputFlags.SESSION_OPENED);
        commit(99, 0);
        assertFalse(output(notice));
        assertFalse(output(notice(2, Long.MAX_VALUE, 3, OutputFlags.SESSION_OPENED)));

        feed(messages.opened(3, GATEWAY, session.requestId(), 8));

        assertTrue(output(notice));
        assertEquals(List.of("opened 3"), told());
    }

    @Test
    void outputsBeforeTheFirstSessionAreOfNoInterest() {
        feed(messages.epochStart(1, 0));
        commit(99, 0);
        assertTrue(output(copy(1, 1, 0, SIGHT)));
        assertTrue(output(copy(7, 1, 2, QUORUM)));
        nextOutput = 8;
        final GatewaySession session = gateway.open(9);
        feed(messages.opened(2, 51, 1, 7));
        assertTrue(output(notice(8, 2, 2, OutputFlags.SESSION_OPENED)), "of another gateway");
        feed(messages.opened(3, GATEWAY, session.requestId(), 9));

        assertTrue(output(notice(9, 3, 3, OutputFlags.SESSION_OPENED)));
        output(copy(10, 3, 0, SIGHT));

        assertEquals(List.of("opened 3", "all #10 of3"), told());
        assertEquals(0, gateway.ahead());
    }

    @Test
    void outputsForAnEarlierIncarnationAreNotForThisOne() {
        opened(9);
        command(2, 1);
        output(3, 2, QUORUM);
        final GatewaySession second = gateway.open(9);
        feed(messages.opened(4, 2, 1, GATEWAY, second.requestId(), 9));
        output(3, 2, SIGHT);
        told();

        output(notice(nextOutput++, 4, 2, OutputFlags.SESSION_OPENED));
        output(4, 2, QUORUM);
        commit(4, 4);

        assertEquals(List.of("opened 2", "2 #5 of4"), told());
    }

    @Test
    void theEndOfASessionIsToldAfterItsLastOutput() {
        opened(9);
        command(2, 1);
        output(3, 2, QUORUM_SYNCED);
        entry(EntryKind.SESSION_CLOSE, 2, 2, 2);
        output(notice(nextOutput++, 4, 2, OutputFlags.SESSION_CLOSED));
        commit(4, 2);
        assertEquals(List.of(), told());

        commit(4, 4);

        assertEquals(List.of("2 #2 of3", "closed 2 CLOSED"), told());
    }

    @Test
    void outputsAfterTheCloseAreNotForTheSession() {
        opened(9);
        entry(EntryKind.SESSION_CLOSE, 2, 2, 1);
        output(3, 2, SIGHT);
        output(notice(nextOutput++, 3, 2, OutputFlags.SESSION_CLOSED));
        tick();
        output(4, 2, SIGHT);
        output(4, 2, QUORUM);
        commit(4, 4);

        assertEquals(List.of("2 #2 of3", "closed 2 CLOSED"), told());
    }

    @Test
    void outputsThatCannotBeHeldWaitWithoutBeingAskedFor() {
        opened(9);
        tick();
        final UnsafeBuffer large = messages.output(1, 3, 2, 2, QUORUM, 0, "x".repeat(4_000));
        int held = 0;
        while (held < 2_000 && output(large)) {
            large.putLong(8 + 16, ++held + 2);
        }
        assertTrue(held > 400 && held < 2_000, "held=" + held);
        control(messages.report(1, 3, 1_000));
        for (int i = 0; i < 10; i++) {
            cycle(1_000);
            assertFalse(output(large));
        }
        assertEquals(0, gateway.outputRequests());

        commit(3, 0);
        assertTrue(output(large));
        assertEquals(held + 1, told().size());
    }

    @Test
    void missingOutputsAreAskedForOnceInAnInterval() {
        opened(9);
        command(2, 1);
        output(3, 2, SIGHT);
        control(messages.report(1, 3, 2));
        cycle(10_000);
        cycle(10_000);
        assertEquals(List.of(), control.events(), "nothing is missing");

        control(messages.report(1, 3, 3));
        control(new Messages(1).report(1, 3, 9));
        cycle(0);
        cycle(1_999);
        assertEquals(List.of(), control.events());
        cycle(1);
        cycle(1_999);
        assertEquals(List.of("OUTPUTS_FROM 3"), control.events());
        cycle(1);
        assertEquals(List.of("OUTPUTS_FROM 3"), control.events());

        output(3, 2, SIGHT);
        cycle(10_000);
        cycle(10_000);
        assertEquals(List.of(), control.events());
    }

    @Test
    void aCopyAheadShowsThatSomethingIsMissing() {
        opened(9);
        cycle(0);
        output(copy(3, 3, 2, SIGHT));
        cycle(0);
        cycle(2_000);

        assertEquals(List.of("OUTPUTS_FROM 2"), control.events());
    }

    @Test
    void theFirstNoticeIsAskedForToo() {
        final GatewaySession session = gateway.open(9);
        cycle(0);
        feed(messages.epochStart(1, 0));
        cycle(10_000);
        cycle(10_000);
        assertEquals(List.of(), control.events());
        feed(messages.opened(2, GATEWAY, session.requestId(), 9));

        cycle(0);
        cycle(2_000);

        assertEquals(List.of("OUTPUTS_FROM 2"), control.events());
    }

    @Test
    void aLostFirstNoticeIsNotPassedOverForALaterOne() {
        final GatewaySession first = gateway.open(9);
        final GatewaySession second = gateway.open(8);
        feed(messages.epochStart(1, 0));
        feed(messages.opened(2, GATEWAY, first.requestId(), 9));
        feed(messages.opened(3, GATEWAY, second.requestId(), 8));
        commit(3, 0);
        output(notice(2, 3, 3, OutputFlags.SESSION_OPENED));
        assertEquals(List.of(), told());
        cycle(0);
        cycle(2_000);
        assertTrue(control.events().contains("OUTPUTS_FROM 2"));

        output(notice(1, 2, 2, OutputFlags.SESSION_OPENED));
        output(notice(2, 3, 3, OutputFlags.SESSION_OPENED));

        assertEquals(List.of("opened 2", "opened 3"), told());
    }

    @Test
    void outputsOfAnEntryThatIsNotInTheLogAreDropped() {
        opened(9);
        tick();
        feed(messages.epochStart(2, 3));
        control(messages.ack(1, 2, 1_000_000, 0));
        assertTrue(output(messages.output(1, 4, 2, 2, QUORUM, 0, "void")));
        assertTrue(output(messages.output(2, 3, 2, 2, SIGHT, 0, "void")));
        assertTrue(output(messages.output(2, -1, 2, 2, SIGHT, 0, "void")));
        assertTrue(output(messages.output(2, 4, -2, 2, SIGHT, 0, "void")));
        assertFalse(output(messages.output(3, 5, 2, 2, QUORUM, 0, "not known yet")));
        assertEquals(4, gateway.stale());

        assertTrue(output(messages.output(1, 3, 2, 2, QUORUM, 0, "old")));
        assertTrue(output(messages.output(2, 4, 3, 2, QUORUM, 0, "new")));

        assertEquals(List.of("2 #2 old", "2 #3 new"), told());
    }

    @Test
    void outputsBeyondTheEndOfAnEpochAreDroppedAndTakenFromTheNext() {
        opened(9);
        output(3, 2, QUORUM);
        output(4, 2, QUORUM);

        next = 1;
        assertTrue(feed(messages.epochStart(2, 2)));
        control(messages.ack(1, 2, 1_000_000, 0));
        assertEquals(List.of(), told());

        feed(messages.entry(2, 4, 4, EntryKind.COMMAND, 2, 2, 1, ""));
        assertTrue(output(messages.output(2, 4, 2, 2, QUORUM, 0, "new")));
        control(messages.ack(1, 2, 1_000_000, 0));
        assertEquals(List.of("2 #2 new"), told());
    }

    @Test
    void aNewEpochReleasesWhatItDecides() {
        opened(9);
        command(2, 1);
        output(3, 2, QUORUM);
        assertEquals(List.of(), told());

        next = 1;
        assertTrue(feed(messages.epochStart(2, 3)));

        assertEquals(List.of("2 #2 of3"), told());
    }

    @Test
    void aListenerThatThrowsIsNotToldAgain() {
        final int[] calls = new int[1];
        final GatewayFixture fixture = new GatewayFixture() {
            @Override
            public void onOutput(final GatewaySession session, final Output output) {
                calls[0]++;
                throw new UnsupportedOperationException("told to");
            }
        };
        fixture.opened(9);
        fixture.command(2, 1);
        fixture.output(3, 2, QUORUM);

        assertThrows(UnsupportedOperationException.class, () -> fixture.commit(3, 0));
        fixture.tick();
        fixture.commit(4, 0);
        assertEquals(2, fixture.gateway.outputSequence());
        assertThrows(UnsupportedOperationException.class, () -> fixture.output(3, 2, SIGHT));
        fixture.output(fixture.copy(3, 3, 2, SIGHT));

        assertEquals(2, calls[0]);
    }

    @Test
    void foreignAndMalformedBytesAreCounted() {
        opened(9);
        assertTrue(output(new Messages(1).output(1, 3, 2, 2, SIGHT, 0, "x")));
        assertTrue(output(messages.keepAlive(1)));
        final UnsafeBuffer output = copy(2, 3, 2, SIGHT);
        for (int length = 0; length < output.capacity(); length++) {
            assertTrue(gateway.onOutput(output, 0, length));
        }

        assertEquals(List.of(), told());
        assertEquals(2 + output.capacity(), gateway.malformed());
    }
}
