package io.lockstep.core.sequencer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.codecs.EntryFrame;
import io.lockstep.codecs.protocol.EpochEndReason;
import io.lockstep.core.epoch.LogEnd;
import io.lockstep.core.fixture.Messages;
import io.lockstep.core.port.Publisher;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class SequencerTest extends SequencerFixture {
    @Test
    void startsItsEpochWhereThePreviousOneEnded() {
        final SequencerFixture next =
                new SequencerFixture(new SessionTable(3), new LogEnd(6, 4_096, 41, 5_000_000));

        assertEquals(1, next.cycle(0));

        assertEquals(
                List.of("7:42 t=5000000 EPOCH_START owner=9/99 previous=6:41@4096 protocol=1 logic=4 archives=1,2,3"),
                next.log.events());
        assertEquals(42, next.sequencer.sequence());
        assertTrue(EntryFrame.isIntact(next.log.last(), 0, next.log.last().capacity()));
    }

    @Test
    void takesNothingBeforeItsEpochHasStarted() {
        log.refuse(Publisher.NOT_CONNECTED);
        assertEquals(0, cycle(0));
        assertEquals(IngressCode.BACK_PRESSURED, open(1, 9));
        assertFalse(sequencer.hasStarted());

        assertEquals(1, cycle(1));
        assertEquals(IngressCode.STAMPED, open(1, 9));
    }

    @Test
    void stampsOpeningCommandsAndCloseInOrder() {
        started();

        assertEquals(IngressCode.STAMPED, open(1, 9));
        assertEquals(IngressCode.STAMPED, command(2, 1));
        assertEquals(IngressCode.STAMPED, command(2, 2));
        assertEquals(IngressCode.STAMPED, close(2, 3));

        assertEquals(
                List.of(
                        "1:2 t=1000 SESSION_OPEN 2 c0 gateway=50 request=1 client=9",
                        "1:3 t=1000 COMMAND 2 c1 'x'",
                        "1:4 t=1000 COMMAND 2 c2 'x'",
                        "1:5 t=1000 SESSION_CLOSE 2 c3 client=9 CLIENT"),
                log.events());
        assertEquals(0, table.size());
        assertEquals(4, sequencer.count(IngressCode.STAMPED));
    }

    @Test
    void dropsDuplicates() {
        started();
        open(1, 9);
        command(2, 1);
        log.events();

        assertEquals(IngressCode.DUPLICATE, open(1, 9));
        assertEquals(IngressCode.DUPLICATE, command(2, 1));
        assertEquals(IngressCode.DUPLICATE, command(2, 0));
        assertEquals(IngressCode.DUPLICATE, command(2, Long.MIN_VALUE));

        assertEquals(List.of(), log.events());
        assertEquals(List.of(), control.events());
    }

    @Test
    void answersAGapOnceInAnInterval() {
        started();
        open(1, 9);

        assertEquals(IngressCode.GAP, command(2, 2));
        assertEquals(IngressCode.GAP, command(2, 3));
        assertEquals(IngressCode.GAP, command(2, Long.MAX_VALUE));
        assertEquals(List.of("EXPECTED_SEQUENCE 2 c1"), control.events());

        cycle(INTERVAL_NS - 1);
        command(2, 3);
        assertEquals(List.of(), control.events());

        cycle(1);
        command(2, 3);
        assertEquals(List.of("EXPECTED_SEQUENCE 2 c1"), control.events());
    }

    @Test
    void answersAGapOfASessionFromTheLogAtOnce() {
        started();
        open(1, 9);
        final SequencerFixture next = new SequencerFixture(replayed(), new LogEnd(1, 0, 2, 0)).started();

        assertEquals(IngressCode.GAP, next.command(2, 5));

        assertEquals(List.of("EXPECTED_SEQUENCE 2 c1"), next.control.events());
    }

    @Test
    void refusesAnUnknownSessionOnceInAnInterval() {
        started();

        assertEquals(IngressCode.UNKNOWN_SESSION, command(44, 1));
        assertEquals(IngressCode.UNKNOWN_SESSION, command(44, 2));
        assertEquals(IngressCode.UNKNOWN_SESSION, command(-1, 2));
        assertEquals(IngressCode.UNKNOWN_SESSION, close(44, 3));
        assertEquals(List.of("UNKNOWN_SESSION 44", "UNKNOWN_SESSION -1", "UNKNOWN_SESSION 44"), control.events());

        cycle(INTERVAL_NS);
        command(44, 1);
        assertEquals(List.of("UNKNOWN_SESSION 44"), control.events());
        assertEquals(List.of(), log.events());
    }

    @Test
    void aSecondOpenFencesTheFirstAndKeepsTheClientSequence() {
        started();
        open(1, 9);
        command(2, 1);
        final long first = table.incarnation(2);
        log.events();

        assertEquals(IngressCode.STAMPED, ingress(messages.open(51, 1, 9)));
        assertEquals(IngressCode.FENCED, ingress(messages.command(2, first, 2, "x")));
        assertEquals(IngressCode.STAMPED, command(2, 2));

        assertEquals(
                List.of(
                        "1:4 t=1000 SESSION_OPEN 2 c1 gateway=51 request=1 client=9",
                        "1:5 t=1000 COMMAND 2 c2 'x'"),
                log.events());
        assertEquals(List.of("FENCED 2"), control.events());
        assertNotEquals(first, table.incarnation(2));
    }

    @Test
    void aLateCopyOfAnOpenBringsNothingBack() {
        started();
        open(1, 9);
        ingress(messages.open(51, 1, 9));
        assertEquals(IngressCode.DUPLICATE, open(1, 9), "would fence the session at the other gateway");

        close(2, 1);
        assertEquals(IngressCode.DUPLICATE, open(1, 9), "would open a session that nobody wants");
        assertEquals(0, table.size());
    }

    @Test
    void anEpochThatWentOnElsewhereNeverGivesTheSameIncarnation() {
        started();
        open(1, 9);
        final SequencerFixture other = new SequencerFixture(new SessionTable(3), new LogEnd(1, 0, 0, 0)).started();
        other.open(1, 9);

        assertEquals(2, table.size() + other.table.size());
        assertNotEquals(table.incarnation(2), other.table.incarnation(2));
    }

    @Test
    void refusesMoreSessionsThanTheTableHolds() {
        started();
        open(1, 1);
        open(2, 2);
        open(3, 3);

        assertEquals(IngressCode.TABLE_FULL, open(4, 4));
        assertEquals(IngressCode.STAMPED, open(5, 3), "a client that has a session needs no room");

        assertEquals(List.of("SESSION_TABLE_FULL gateway=50 request=4"), control.events());
        close(2, 1);
        assertEquals(IngressCode.STAMPED, open(6, 4));
    }

    @Test
    void closeTakesItsPlaceAfterTheCommands() {
        started();
        open(1, 9);

        assertEquals(IngressCode.GAP, close(2, 2));
        command(2, 1);
        assertEquals(IngressCode.STAMPED, close(2, 2));
    }

    @Test
    void closesTheSessionsOfASilentGateway() {
        started();
        open(1, 9);
        ingress(messages.open(51, 1, 8));
        log.events();

        for (int i = 0; i < 9; i++) {
            cycle(TIMEOUT_NS / 10);
            ingress(messages.keepAlive(51));
            commitAll();
        }
        assertEquals(2, table.size());
        cycle(TIMEOUT_NS / 10);

        assertTrue(log.events().contains("1:14 t=1000 SESSION_CLOSE 2 c1 client=9 TIMEOUT"));
        assertEquals(1, table.size());
        assertEquals(0, table.lastClientSequence(3));
    }

    @Test
    void silenceCountsOnlyWhileItListens() {
        started();
        open(1, 9);

        cycle(TIMEOUT_NS * 5);
        assertEquals(1, table.size(), "it stood still itself");

        fillWindow(1);
        for (int i = 0; i < 30; i++) {
            cycle(TIMEOUT_NS / 10);
        }
        commitAll();
        cycle(TIMEOUT_NS / 10);
        assertEquals(1, table.size(), "intake was shut");
    }

    @Test
    void manySilentSessionsCloseInSlices() {
        final SequencerFixture wide = new SequencerFixture(new SessionTable(200), LogEnd.GENESIS, 1 << 20).started();
        for (int client = 1; client <= 100; client++) {
            wide.open(client, client);
            wide.commitAll();
        }
        int most = 0;
        for (int i = 0; i < 30; i++) {
            most = Math.max(most, wide.cycle(TIMEOUT_NS / 10));
            wide.commitAll();
        }

        assertEquals(0, wide.table.size());
        assertEquals(1 + 64, most);
    }

    @Test
    void windowPushesBackUntilACommit() {
        started();
        open(1, 9);
        final long next = fillWindow(1);

        assertEquals(IngressCode.BACK_PRESSURED, command(2, next));
        assertEquals(IngressCode.BACK_PRESSURED, open(2, 10));
        assertEquals(IngressCode.BACK_PRESSURED, close(2, next));
        assertEquals(IngressCode.DUPLICATE, command(2, next - 1));
        ack(1, sequencer.position());
        assertEquals(IngressCode.BACK_PRESSURED, command(2, next), "one of three is no quorum");

        ack(3, sequencer.position());
        assertEquals(IngressCode.STAMPED, command(2, next));
    }

    @Test
    void acknowledgementsBeyondItsOwnStreamAreNoWords() {
        started();
        ack(1, Long.MAX_VALUE);
        ack(2, Long.MAX_VALUE);
        ack(1, sequencer.position() + 1);
        ack(2, sequencer.position() + 1);
        final UnsafeBuffer other = new Messages(1).ack(3, 1, sequencer.position(), 0);
        sequencer.onControl(other, 0, other.capacity());
        ack(1, sequencer.position());

        assertEquals(0, sequencer.commitPosition());
    }

    @Test
    void ticksCarryCommit() {
        started();
        commitAll();
        final long commit = sequencer.position();

        assertEquals(0, cycle(INTERVAL_NS * 10 - 1));
        clockNs = 2_000;
        assertEquals(1, cycle(1));
        assertEquals(0, cycle(1));

        assertEquals(List.of("1:2 t=2000 TICK commit=" + commit), log.events());
    }

    @Test
    void timeNeverMovesBack() {
        started();
        open(1, 9);
        clockNs = 5;
        cycle(1);
        command(2, 1);
        clockNs = 3_000;
        cycle(1);
        command(2, 2);

        assertEquals(
                List.of(
                        "1:2 t=1000 SESSION_OPEN 2 c0 gateway=50 request=1 client=9",
                        "1:3 t=1000 COMMAND 2 c1 'x'",
                        "1:4 t=3000 COMMAND 2 c2 'x'"),
                log.events());
    }

    @Test
    void backPressureNeitherSkipsNorDoubles() {
        final Random random = new Random(3);
        started();
        long clientSequence = 0;
        while (open(1, 9) != IngressCode.STAMPED) {
            cycle(1);
        }
        for (int i = 0; i < 500; i++) {
            log.refuse(random.nextBoolean() ? 0 : random.nextBoolean() ? Publisher.BACK_PRESSURED : -3);
            commitAll();
            cycle(random.nextInt(8_000));
            if (command(2, clientSequence + 1) == IngressCode.STAMPED) {
                clientSequence++;
            }
        }

        assertTrue(clientSequence > 100);
        long sequence = 1;
        long sent = 0;
        for (final String event : log.events()) {
            assertTrue(event.startsWith("1:" + ++sequence + " "), event);
            if (event.contains("COMMAND")) {
                assertTrue(event.endsWith(" c" + ++sent + " 'x'"), event);
            }
        }
        assertEquals(clientSequence, sent);
    }

    @Test
    void aClosedStreamEndsTheEpochLoudly() {
        started();
        log.refuse(Publisher.CLOSED);

        assertThrows(IllegalStateException.class, () -> open(1, 9));
    }

    @Test
    void nothingComesAfterEpochEnd() {
        started();
        log.refuse(Publisher.BACK_PRESSURED);
        assertFalse(sequencer.end(EpochEndReason.HANDOVER));
        assertTrue(sequencer.end(EpochEndReason.HANDOVER));
        assertTrue(sequencer.end(EpochEndReason.HANDOVER));

        assertEquals(IngressCode.BACK_PRESSURED, open(1, 9));
        cycle(TIMEOUT_NS);

        assertEquals(List.of("1:2 t=1000 EPOCH_END HANDOVER"), log.events());
    }

    @Test
    void anEpochEndedBeforeItStartedNeverStarts() {
        assertTrue(sequencer.end(EpochEndReason.SHUTDOWN));

        assertEquals(0, cycle(1));
        assertEquals(List.of(), log.events());
    }

    @Test
    void dropsForeignClustersAndMalformedBytes() {
        started();
        open(1, 9);
        log.events();
        final Messages foreign = new Messages(1);
        assertEquals(IngressCode.OTHER_CLUSTER, ingress(foreign.command(2, table.incarnation(2), 1, "x")));
        assertEquals(IngressCode.OTHER_CLUSTER, ingress(foreign.open(50, 2, 9)));
        assertEquals(IngressCode.OTHER_CLUSTER, ingress(foreign.close(2, table.incarnation(2), 1)));
        assertEquals(IngressCode.OTHER_CLUSTER, ingress(foreign.keepAlive(50)));
        assertEquals(IngressCode.MALFORMED, ingress(messages.ack(1, 1, 1, 1)), "not on this stream");
        assertEquals(IngressCode.MALFORMED, ingress(new UnsafeBuffer(new byte[0])));

        final UnsafeBuffer command = messages.command(2, table.incarnation(2), 1, "x");
        for (int length = 0; length < command.capacity(); length++) {
            assertEquals(IngressCode.MALFORMED, sequencer.onIngress(command, 0, length));
        }
        assertEquals(List.of(), log.events());
    }

    /** Fills the window with commands of session 2; returns the client sequence that is next. */
    private long fillWindow(final long first) {
        long next = first;
        while (next < first + WINDOW && command(2, next) == IngressCode.STAMPED) {
            next++;
        }
        assertTrue(next > first + 3 && next < first + WINDOW);
        return next;
    }
}
