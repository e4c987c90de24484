package io.lockstep.core.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.codecs.protocol.EntryKind;
import io.lockstep.core.fixture.Messages;
import io.lockstep.core.port.Publisher;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplicaTest extends ReplicaFixture {
    @BeforeEach
    void startEpoch() {
        replica.live(true);
        feed(messages.epochStart(1, 0));
    }

    @Test
    void appliesCommandsAndPublishesTheirOutputs() {
        command("AB");
        command("");
        command("*");

        assertEquals(List.of("COMMAND AB", "COMMAND ", "COMMAND *"), applied);
        assertEquals(
                List.of(
                        "1:2 #1[0] QUORUM 2 c2 'A'",
                        "1:2 #2[1] QUORUM 2 c2 LAST 'B'",
                        "1:4 #3[0] QUORUM 0 c0 LAST '*'"),
                outputs.events());
        assertEquals(4, replica.sequence());
        assertEquals(3, replica.commands());
        assertEquals(3, replica.outputSequence());
    }

    @Test
    void tellsThatASessionOpenedBeforeAndThatItClosedAfterWhatTheStateMachineSays() {
        entry(EntryKind.SESSION_OPEN);
        entry(EntryKind.TICK);
        entry(EntryKind.SESSION_CLOSE);

        assertEquals(List.of("SESSION_OPENED ", "SESSION_CLOSED "), applied);
        assertEquals(
                List.of("1:2 #1[0] QUORUM 2 c0 OPENED LAST ''", "1:4 #2[0] QUORUM 2 c0 CLOSED LAST ''"),
                outputs.events());
        assertEquals(0, replica.commands());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 3, -1, Long.MAX_VALUE, Long.MIN_VALUE})
    void stopsAtAnEntryThatIsNotTheNext(final long sequence) {
        final UnsafeBuffer wrong = messages.entry(1, sequence, 9, EntryKind.COMMAND, 2, 2, 1, "A");

        assertThrows(IllegalStateException.class, () -> feed(wrong));
        assertThrows(IllegalStateException.class, () -> command("A"), "it has stopped");
        assertEquals(List.of(), applied);
    }

    @Test
    void goesOnInANewEpochFromItsFirstEntryOnly() {
        assertThrows(IllegalStateException.class, () -> feed(messages.entry(2, 2, 9, EntryKind.TICK, 0, 0, 0, "")));

        final ReplicaFixture fresh = new ReplicaFixture();
        fresh.feed(messages.epochStart(1, 0));
        fresh.feed(messages.epochStart(4, 2, 1, 1));
        assertEquals(4, fresh.replica.epoch());
        assertEquals(2, fresh.replica.sequence());
    }

    @Test
    void stopsAtAnEpochThatIsOldOrStartsTwiceOrEndedElsewhere() {
        assertThrows(IllegalStateException.class, () -> feed(messages.epochStart(1, 1)));

        final ReplicaFixture second = new ReplicaFixture();
        second.feed(messages.epochStart(5, 0));
        assertThrows(IllegalStateException.class, () -> second.feed(messages.epochStart(4, 1)));

        final ReplicaFixture third = new ReplicaFixture();
        third.feed(messages.epochStart(1, 0));
        third.feed(messages.entry(1, 2, 0, EntryKind.TICK, 0, 0, 0, ""));
        assertThrows(IllegalStateException.class, () -> third.feed(messages.epochStart(2, 3, 1)), "over-run");

        final ReplicaFixture other = new ReplicaFixture();
        other.feed(messages.epochStart(1, 0));
        assertThrows(IllegalStateException.class, () -> other.feed(messages.epochStart(3, 2, 1, 2)), "another epoch");

        final ReplicaFixture fourth = new ReplicaFixture();
        assertThrows(
                IllegalStateException.class,
                () -> fourth.feed(messages.entry(1, 1, 1, EntryKind.EPOCH_START, 0, 0, 0, "junk")));
    }

    @Test
    void stopsWhereTimeMovesBackOrAnotherClusterSpeaks() {
        command("A");
        assertThrows(
                IllegalStateException.class,
                () -> feed(messages.entry(1, 3, 1, EntryKind.COMMAND, 2, 2, 3, "A")));

        final ReplicaFixture second = new ReplicaFixture();
        assertThrows(IllegalStateException.class, () -> second.feed(new Messages(1).epochStart(1, 0)));
    }

    @Test
    void aStateMachineThatThrowsStopsItBeforeTheNextEntry() {
        outputs.refuse(Publisher.BACK_PRESSURED);
        command("A");
        replica.onDutyCycle(1);
        control.events();
        outputs.events();

        assertThrows(UnsupportedOperationException.class, () -> command("B!"));
        assertThrows(IllegalStateException.class, () -> command("C"));
        replica.onDutyCycle(9_999);

        assertEquals(List.of("COMMAND A", "COMMAND B!"), applied);
        assertEquals(List.of(), outputs.events(), "outputs of the entry that failed");
        assertEquals(List.of(), control.events(), "a report of a state that is no state");
        assertEquals(2, replica.sequence());
    }

    @Test
    void outputsBeforeTheFailureStillLeave() {
        outputs.refuse(Publisher.BACK_PRESSURED);
        command("A");
        assertThrows(UnsupportedOperationException.class, () -> command("B!"));

        replica.onDutyCycle(1);

        assertEquals(List.of("1:2 #1[0] QUORUM 2 c2 LAST 'A'"), outputs.events());
    }

    @Test
    void outputsOutOfBoundsStopIt() {
        assertThrows(IllegalArgumentException.class, () -> command("L"));
        final ReplicaFixture second = new ReplicaFixture();
        second.feed(messages.epochStart(1, 0));
        assertThrows(IllegalArgumentException.class, () -> second.command("?"));
        final ReplicaFixture third = new ReplicaFixture();
        third.feed(messages.epochStart(1, 0));
        assertThrows(IllegalStateException.class, () -> third.command("MMMMMMMMM"));
    }

    @Test
    void outputsOfHistoryAreKeptAndNotPublished() {
        replica.live(false);
        command("A");
        command("B");
        replica.onDutyCycle(1);
        assertEquals(List.of(), outputs.events());
        control(messages.outputRequest(1));
        replica.onDutyCycle(1);
        assertEquals(List.of(), outputs.events(), "others are nearer");

        replica.live(true);
        command("C");
        assertEquals(List.of("1:4 #3[0] QUORUM 2 c4 LAST 'C'"), outputs.events());

        control(messages.outputRequest(3));
        replica.onDutyCycle(1);
        assertEquals(
                List.of("1:3 #2[0] QUORUM 2 c3 LAST 'B'", "1:4 #3[0] QUORUM 2 c4 LAST 'C'"), outputs.events());
    }

    @Test
    void outputsThatWerePushedBackLeaveLaterAndInOrder() {
        outputs.refuse(0, Publisher.BACK_PRESSURED, -3);
        command("ABC");
        assertEquals(List.of("1:2 #1[0] QUORUM 2 c2 'A'"), outputs.events());
        command("D");
        assertEquals(List.of(), outputs.events());

        replica.onDutyCycle(1);

        assertEquals(
                List.of(
                        "1:2 #2[1] QUORUM 2 c2 'B'",
                        "1:2 #3[2] QUORUM 2 c2 LAST 'C'",
                        "1:3 #4[0] QUORUM 2 c3 LAST 'D'"),
                outputs.events());
    }

    @Test
    void withNobodyConnectedOutputsAreKeptForWhoAsks() {
        outputs.refuse(Publisher.NOT_CONNECTED);
        command("A");
        replica.onDutyCycle(1);
        assertEquals(List.of(), outputs.events());

        control(messages.outputRequest(1));
        replica.onDutyCycle(2);

        assertEquals(List.of("1:2 #1[0] QUORUM 2 c2 LAST 'A'"), outputs.events());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1_000_000_000_000_000L, Long.MAX_VALUE - 5})
    void publishesAgainOnceInAnInterval(final long origin) {
        final ReplicaFixture slow = new ReplicaFixture(1_000);
        slow.replica.live(true);
        slow.feed(messages.epochStart(1, 0));
        slow.command("A");
        slow.outputs.events();

        for (final long passedNs : new long[] {0, 1, 999, 1_000}) {
            slow.replica.onDutyCycle(origin + passedNs);
            slow.control(messages.outputRequest(1));
            slow.replica.onDutyCycle(origin + passedNs);
            assertEquals(passedNs % 1_000 == 0 ? 1 : 0, slow.outputs.events().size(), "after " + passedNs);
        }
    }

    @Test
    void requestsOfOthersAndForNothingAreDropped() {
        command("A");
        outputs.events();
        control(new Messages(1).outputRequest(1));
        control(messages.outputRequest(0));
        control(messages.outputRequest(Long.MIN_VALUE));
        control(messages.outputRequest(Long.MAX_VALUE));
        control(messages.outputRequest(3));
        control(messages.keepAlive(4));

        replica.onDutyCycle(1);

        assertEquals(List.of(), outputs.events());
        assertEquals(0, replica.unservedRequests());
    }

    @Test
    void takesNoEntryWhileTooMuchIsUnpublished() {
        outputs.refuseAll(Publisher.BACK_PRESSURED);
        int taken = 0;
        while (taken < 100 && command("M")) {
            taken++;
        }
        assertEquals(taken, applied.size(), "an entry was applied and yet not taken");
        assertEquals(4, taken);

        assertFalse(command("M"));
        outputs.refuseAll(0);
        assertTrue(command("A"));
        replica.onDutyCycle(1);

        assertEquals(replica.outputSequence(), outputs.messages().size());
    }

    @Test
    void countsRequestsForOutputsThatHaveGivenWay() {
        for (int i = 0; i < 20; i++) {
            command("M");
        }
        outputs.events();

        control(messages.outputRequest(2));
        replica.onDutyCycle(1);

        final List<String> inputs = new ArrayList<>();
        outputs.events().forEach(event -> inputs.add(event.substring(0, event.indexOf(' '))));
        assertEquals(List.of("1:15", "1:16", "1:17", "1:18", "1:19", "1:20", "1:21"), inputs);
        assertEquals(1, replica.unservedRequests());
    }

    @Test
    void reportsItsPlaceWhenDue() {
        assertEquals(1, replica.onDutyCycle(-5_000_000));
        assertEquals(List.of("REPORT 1:1 outputs=0 hash=0"), control.events());
        assertEquals(0, replica.onDutyCycle(-5_000_000 + 999));

        command("A");
        control.refuse(Publisher.BACK_PRESSURED);
        replica.onDutyCycle(-5_000_000 + 1_000);
        assertEquals(List.of(), control.events());
        replica.onDutyCycle(-5_000_000 + 1_001);
        assertEquals(List.of("REPORT 1:2 outputs=1 hash=1"), control.events());

        for (int i = 0; i < 100; i++) {
            command("");
        }
        replica.onDutyCycle(-5_000_000 + 1_002);
        assertEquals(List.of("REPORT 1:102 outputs=1 hash=101"), control.events());
    }

    @Test
    void aClosedOutputStreamIsLoud() {
        outputs.refuse(Publisher.CLOSED);

        assertThrows(IllegalStateException.class, () -> command("A"));
    }
}
