package io.lockstep.core.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.codecs.OutputFlags;
import io.lockstep.codecs.protocol.AnswerCode;
import io.lockstep.codecs.protocol.EntryKind;
import io.lockstep.core.fixture.Messages;
import io.lockstep.core.port.Publisher;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sessions and commands; outputs are in {@link GatewayOutputTest}. */
class GatewayTest extends GatewayFixture {
    @Test
    void asksForASessionUntilItIsInTheLog() {
        gateway.open(9);
        cycle(0);
        cycle(RESEND_NS);
        assertEquals(List.of("ALIVE"), ingress.events(), "it would not see the opening");
        feed(messages.epochStart(1, 0));
        cycle(0);
        cycle(RESEND_NS - 1);
        assertEquals(List.of("OPEN request=1 client=9"), ingress.events());
        cycle(1);
        assertEquals(List.of("OPEN request=1 client=9"), ingress.events());

        feed(messages.opened(2, GATEWAY, 1, 9));
        cycle(RESEND_NS);

        assertEquals(List.of(), ingress.events());
        assertEquals(List.of(), told(), "not committed yet");
    }

    @Test
    void asksForOneSessionAfterTheOther() {
        final GatewaySession first = gateway.open(9);
        gateway.open(8);
        feed(messages.epochStart(1, 0));
        cycle(0);
        cycle(RESEND_NS);
        assertEquals(List.of("OPEN request=1 client=9", "ALIVE", "OPEN request=1 client=9"), ingress.events());

        feed(messages.opened(2, GATEWAY, 1, 9));
        cycle(0);

        assertEquals(List.of("OPEN request=2 client=8"), ingress.events());
        assertEquals(SessionState.SEQUENCED, first.state());
    }

    @Test
    void takesCommandsOnceOpen() {
        final GatewaySession early = gateway.open(1);
        assertEquals(GatewaySession.NOT_OPEN, offer(early, "x"));
        cycle(0);
        feed(messages.epochStart(1, 0));
        feed(messages.opened(2, 2, 41, GATEWAY, 1, 9));
        assertEquals(GatewaySession.NOT_OPEN, offer(early, "x"));
        output(notice(1, 2, 2, OutputFlags.SESSION_OPENED));
        assertEquals(GatewaySession.NOT_OPEN, offer(early, "x"));
        commit(2, 0);
        ingress.events();

        assertEquals(List.of("opened 2"), told());
        assertEquals(42, offer(early, "x"), "the client goes on where it was");
        assertEquals(43, offer(early, "yz"));
        assertEquals(List.of("COMMAND 2 c42 'x'", "COMMAND 2 c43 'yz'"), ingress.events());
    }

    @Test
    void refusesWhatTheWindowCannotHold() {
        final GatewaySession session = opened(9);
        assertEquals(GatewaySession.TOO_LONG, session.offer(Messages.text("x".repeat(1_000)), 0, 1_000));
        assertThrows(IndexOutOfBoundsException.class, () -> session.offer(Messages.text("x"), 0, 2));
        for (int i = 1; i <= 8; i++) {
            assertEquals(i, offer(session, "x"));
        }
        assertEquals(GatewaySession.WINDOW_FULL, offer(session, "x"));
        assertFalse(session.close());

        command(2, 1);
        assertEquals(GatewaySession.WINDOW_FULL, offer(session, "x"), "in the log is not committed");
        commit(3, 0);
        assertEquals(1, session.committedClientSequence());
        assertEquals(9, offer(session, "x"));
    }

    @Test
    void sendsLaterWhatWasPushedBack() {
        final GatewaySession session = opened(9);
        ingress.refuse(Publisher.BACK_PRESSURED, Publisher.BACK_PRESSURED);
        offer(session, "a");
        offer(session, "b");
        assertEquals(List.of(), ingress.events());

        cycle(1);

        assertEquals(List.of("COMMAND 2 c1 'a'", "COMMAND 2 c2 'b'"), ingress.events());
    }

    @Test
    void sendsAgainWhatTheSequencerWaitsForButOnceForManyAnswers() {
        final GatewaySession session = opened(9);
        for (final String body : List.of("a", "b", "c")) {
            offer(session, body);
        }
        ingress.events();

        control(messages.answer(AnswerCode.EXPECTED_SEQUENCE, 2, 2, 2));
        control(messages.answer(AnswerCode.EXPECTED_SEQUENCE, 2, 2, 2));
        cycle(1);
        control(messages.answer(AnswerCode.EXPECTED_SEQUENCE, 2, 2, 2));
        cycle(1);
        assertEquals(List.of("COMMAND 2 c2 'b'", "COMMAND 2 c3 'c'"), ingress.events());

        control(messages.answer(AnswerCode.EXPECTED_SEQUENCE, 2, 2, 3));
        cycle(1);
        assertEquals(List.of("COMMAND 2 c3 'c'"), ingress.events());
        assertEquals(3, session.resends());
    }

    @Test
    void staleAnswersSendNothing() {
        final GatewaySession session = opened(9);
        offer(session, "a");
        offer(session, "b");
        command(2, 1);
        ingress.events();

        control(messages.answer(AnswerCode.EXPECTED_SEQUENCE, 2, 2, 1));
        control(messages.answer(AnswerCode.EXPECTED_SEQUENCE, 2, 2, 3));
        control(messages.answer(AnswerCode.EXPECTED_SEQUENCE, 2, 2, Long.MAX_VALUE));
        control(messages.answer(AnswerCode.EXPECTED_SEQUENCE, 2, 2, Long.MIN_VALUE));
        control(messages.answer(AnswerCode.EXPECTED_SEQUENCE, 2, 3, 2));
        control(messages.answer(AnswerCode.EXPECTED_SEQUENCE, 3, 2, 2));
        control(new Messages(1).answer(AnswerCode.EXPECTED_SEQUENCE, 2, 2, 2));
        cycle(1);

        assertEquals(List.of(), ingress.events());
    }

    @Test
    void sendsAgainAfterATimeOutThatDoubles() {
        final GatewaySession session = opened(9);
        cycle(0);
        offer(session, "a");
        offer(session, "b");
        ingress.events();

        cycle(RESEND_NS);
        assertEquals(List.of(), ingress.events());
        cycle(1);
        assertEquals(List.of("COMMAND 2 c1 'a'", "COMMAND 2 c2 'b'"), ingress.events());
        cycle(2 * RESEND_NS);
        assertEquals(List.of(), ingress.events());
        cycle(1);
        assertEquals(2, ingress.events().size());

        command(2, 1);
        cycle(RESEND_NS + 1);
        assertEquals(List.of("COMMAND 2 c2 'b'"), ingress.events());
        assertEquals(1, session.sequencedClientSequence());
    }

    @Test
    void idleTimeIsNoReasonToSendAgain() {
        final GatewaySession session = opened(9);
        cycle(50 * RESEND_NS);
        ingress.events();

        offer(session, "a");
        cycle(RESEND_NS);

        assertEquals(List.of("COMMAND 2 c1 'a'"), ingress.events());
    }

    @Test
    void isFencedWhereTheLogSaysSo() {
        final GatewaySession session = opened(9);
        offer(session, "a");
        control(messages.answer(AnswerCode.FENCED, 2, 2, 0));
        control(messages.answer(AnswerCode.UNKNOWN_SESSION, 2, 2, 0));
        assertEquals(SessionState.OPEN, session.state(), "outputs may be on their way");
        assertEquals(2, gateway.refusals());

        feed(messages.opened(3, 2, 0, 51, 1, 9));

        assertEquals(List.of("closed 2 FENCED"), told());
        assertEquals(GatewaySession.NOT_OPEN, offer(session, "b"));
        cycle(10 * RESEND_NS);
        assertFalse(ingress.events().contains("COMMAND 2 c1 'a'") && session.resends() > 0);
        entry(EntryKind.COMMAND, 2, 3, 1);
    }

    @Test
    void aClientMayTakeItsSessionOverAtTheSameGateway() {
        final GatewaySession first = opened(9);
        offer(first, "a");
        final GatewaySession second = gateway.open(9);
        feed(messages.opened(3, 2, 0, GATEWAY, second.requestId(), 9));
        assertEquals(List.of("closed 2 FENCED"), told());
        assertEquals(SessionState.ENDED, first.state());

        output(notice(2, 3, 2, OutputFlags.SESSION_OPENED));
        commit(3, 0);

        assertEquals(List.of("opened 2"), told());
        assertEquals(1, offer(second, "b"));
        entry(EntryKind.COMMAND, 2, 3, 1);
        assertEquals(1, second.sequencedClientSequence());
    }

    @Test
    void isRefusedWhereTheTableIsFull() {
        final GatewaySession session = gateway.open(9);
        control(messages.answer(AnswerCode.SESSION_TABLE_FULL, 0, 0, 0, GATEWAY + 1, 1));
        control(messages.answer(AnswerCode.SESSION_TABLE_FULL, 0, 0, 0, GATEWAY, 2));
        assertEquals(SessionState.OPENING, session.state());

        control(messages.answer(AnswerCode.SESSION_TABLE_FULL, 0, 0, 0, GATEWAY, 1));

        assertEquals(List.of("closed 0 REFUSED"), told());
        cycle(RESEND_NS);
        assertEquals(List.of("ALIVE"), ingress.events());
    }

    @Test
    void closesAfterItsLastCommand() {
        final GatewaySession session = opened(9);
        offer(session, "a");
        assertTrue(session.close());
        assertTrue(session.close());
        assertEquals(List.of("COMMAND 2 c1 'a'", "CLOSE 2 c2"), ingress.events());

        cycle(0);
        ingress.events();
        cycle(RESEND_NS + 1);
        assertEquals(List.of("COMMAND 2 c1 'a'", "CLOSE 2 c2"), ingress.events());
        command(2, 1);
        entry(EntryKind.SESSION_CLOSE, 2, 2, 2);
        cycle(9 * RESEND_NS);
        assertEquals(List.of(), ingress.events());
        output(notice(nextOutput++, 4, 2, OutputFlags.SESSION_CLOSED));
        assertEquals(List.of(), told());

        commit(4, 0);
        assertEquals(List.of("closed 2 CLOSED"), told());
    }

    @Test
    void aCloseByTimeOutIsNotTakenForACommand() {
        final GatewaySession session = opened(9);
        offer(session, "a");
        session.close();

        entry(EntryKind.SESSION_CLOSE, 2, 2, 1);

        assertEquals(0, session.sequencedClientSequence());
    }

    @Test
    void aSessionThatIsClosedBeforeItOpensClosesThen() {
        final GatewaySession session = gateway.open(9);
        assertTrue(session.close());
        cycle(0);
        feed(messages.epochStart(1, 0));
        feed(messages.opened(2, GATEWAY, 1, 9));
        output(notice(1, 2, 2, OutputFlags.SESSION_OPENED));
        ingress.events();

        commit(2, 0);

        assertEquals(List.of("CLOSE 2 c1"), ingress.events());
        assertEquals(List.of(), told(), "never told as open");
        assertSame(SessionState.CLOSING, session.state());
    }

    @Test
    void aLogThatContradictsItselfIsLoud() {
        opened(9);
        assertThrows(IllegalStateException.class, () -> command(2, 2));

        final GatewayFixture gap = new GatewayFixture();
        gap.opened(9);
        gap.next++;
        assertThrows(IllegalStateException.class, gap::tick);

        final GatewayFixture epoch = new GatewayFixture();
        epoch.opened(9);
        assertThrows(
                IllegalStateException.class,
                () -> epoch.feed(messages.entry(2, epoch.next, 9, EntryKind.TICK, 0, 0, 0, "")));
        assertThrows(
                IllegalStateException.class,
                () -> epoch.feed(new Messages(1).entry(1, epoch.next, 9, EntryKind.TICK, 0, 0, 0, "")));
        assertThrows(IllegalStateException.class, () -> epoch.feed(messages.epochStart(2, 1)), "over-run");
        epoch.feed(messages.epochStart(2, epoch.next - 1));
        assertEquals(2, epoch.gateway.epoch());
    }

    @Test
    void entriesWaitWhileTooManyAreUncommitted() {
        final GatewayFixture small = new GatewayFixture(8, 16);
        small.opened(9);
        int taken = 0;
        while (taken < 100 && small.entry(EntryKind.TICK, 0, 0, 0)) {
            taken++;
        }
        assertEquals(16, taken);
        assertFalse(small.entry(EntryKind.TICK, 0, 0, 0));

        small.commit(5, 0);

        assertTrue(small.entry(EntryKind.TICK, 0, 0, 0));
    }

    @Test
    void acknowledgementsOfOtherEpochsAndClustersCommitNothing() {
        opened(9);
        tick();
        control(messages.ack(1, 2, 1_000_000, 0));
        control(messages.ack(1, 0, 1_000_000, 0));
        control(messages.ack(2, 1, 1_000_000, 0));
        control(new Messages(1).ack(1, 1, 1_000_000, 0));

        assertEquals(2, gateway.commitSequence());
    }

    @Test
    void saysThatItLives() {
        cycle(0);
        cycle(999_999);
        assertEquals(List.of("ALIVE"), ingress.events());
        cycle(1);
        assertEquals(List.of("ALIVE"), ingress.events());
    }
}
