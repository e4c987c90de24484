package io.lockstep.core.takeover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.core.epoch.ArchiveSet;
import io.lockstep.core.fixture.Messages;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Archive 2 of three; an entry takes 100 bytes; suspicion after 50. */
class ArchiveMemberTest {
    private static final long CANDIDATE = 77;

    private final MemoryRecordings recordings = new MemoryRecordings();
    private final Spoken spoken = new Spoken();
    private long nanoTime = Long.MAX_VALUE - 100;
    private ArchiveMember member = member(true);

    @Test
    void acknowledgesWhatIsRecordedOfTheOpenEpoch() {
        live(1, 300);
        cycle();
        cycle();
        recordings.epochs.get(1L).position = 400;
        cycle();

        assertEquals(List.of("ack 1:300", "ack 1:400"), spoken.lines());
    }

    @Test
    void saysWhetherItHasHeardTheSequencerOfLate() {
        live(1, 300);
        cycle();
        say(Spoken.preVote(CANDIDATE, 1, 5));
        pass(60);
        say(Spoken.preVote(CANDIDATE, 1, 6));
        member.onHeard(1, 300);
        say(Spoken.preVote(CANDIDATE, 2, 7));

        assertEquals(List.of("heard 1", "not heard 1", "heard 1"), preVoteAnswers());
    }

    @Test
    void aCandidateThatIsBehindIsToldOfTheNewerEpoch() {
        recordings.hold(2, 100, 0, 0);
        pass(60);
        say(Spoken.preVote(CANDIDATE, 1, 5));

        assertEquals(List.of("heard 2"), preVoteAnswers());
    }

    @Test
    void answersASealOnlyWhenItIsOnDiskAndTheRecordingHasStopped() {
        live(1, 300);
        cycle();
        spoken.lines();
        say(Spoken.seal(CANDIDATE, 1));
        recordings.epochs.get(1L).position = 400; // still recorded, no longer acknowledged
        cycle();
        assertEquals(List.of("register 1"), recordings.orders());
        assertFalse(member.mayRecord(1));
        assertTrue(member.mayRecord(2));

        recordings.carryOutSeal(member);
        cycle();
        assertEquals(List.of("stop 1"), recordings.orders());
        recordings.epochs.get(1L).position = 500;
        recordings.carryOut(member);
        cycle();
        assertEquals(List.of("read 1"), recordings.orders());
        assertEquals(List.of(), spoken.lines());
        recordings.carryOut(member);
        cycle();
        cycle();

        assertEquals(List.of("sealed 1 holds 1:500 #5"), spoken.lines());
    }

    @Test
    void aSealIsRememberedByTheNextProcess() {
        recordings.hold(1, 300, 0, 0);
        recordings.sealedEpoch = 1;
        member = member(true);
        member.onHeard(1, 500);
        cycle();

        assertEquals(List.of(), spoken.lines());
        assertFalse(member.mayRecord(1));
    }

    @Test
    void sealsAnEpochItHoldsNothingOfAndTellsTheLastEntryOfTheLogBefore() {
        recordings.hold(1, 300, 0, 0);
        sealAndAnswer(3);

        assertEquals(List.of("sealed 3 holds 1:300 #3"), spoken.lines());
    }

    @Test
    void aLateSealIsAnsweredWithTheNewerEpochAndSealsNothing() {
        recordings.hold(1, 300, 0, 0);
        live(2, 100).head = new EpochHead(2, 7, 1, 300, 3);
        say(Spoken.seal(CANDIDATE, 1));
        cycle();

        assertEquals(List.of(), recordings.orders());
        assertEquals(List.of("ack 2:100", "sealed 0 holds 2:0 #0"), spoken.lines());
    }

    @Test
    void whatWasAnsweredBeforeTheSealIsReadAgain() {
        live(2, 100);
        say(Spoken.seal(CANDIDATE, 1)); // late
        cycle();
        spoken.lines();
        recordings.epochs.get(2L).position = 900;
        sealAndAnswer(2);

        assertEquals("sealed 2 holds 2:900 #9", last(spoken.lines()));
    }

    @Test
    void repairLengthensASealedEpochAndIsNeverAcknowledged() {
        recordings.hold(1, 300, 0, 0);
        sealAndAnswer(1);
        spoken.lines();
        recordings.orders();
        say(Spoken.repair(CANDIDATE, 1, 500, 3));
        cycle();
        assertEquals(List.of("fetch 1 to 500 from 3"), recordings.orders());
        recordings.carryOut(member);
        cycle();
        recordings.carryOut(member); // reads the end again
        cycle();
        pass(100);
        cycle();

        assertEquals(List.of("sealed 1 holds 1:500 #5"), spoken.lines());
    }

    @Test
    void nothingIsRepairedThatIsNotSealed() {
        live(1, 300);
        say(Spoken.repair(CANDIDATE, 1, 500, 3));
        cycle();

        assertEquals(List.of(), recordings.orders());
    }

    @Test
    void aVoidTailIsCutBeforeTheNextEpochIsAcknowledged() {
        recordings.hold(1, 500, 0, 0);
        live(2, 100).head = new EpochHead(2, 7, 1, 300, 3);
        cycle();
        assertEquals(List.of("truncate 1 to 300"), recordings.orders());
        assertEquals(List.of(), spoken.lines());
        recordings.carryOut(member);
        cycle();

        assertEquals(List.of("ack 2:100"), spoken.lines());
    }

    @Test
    void whatIsShortIsFetchedAndWhatIsStillWrittenToIsStopped() {
        recordings.hold(1, 200, 0, 0).active = true;
        live(2, 100).head = new EpochHead(2, 7, 1, 300, 3);
        cycle();
        recordings.carryOut(member);
        cycle();
        assertEquals(List.of("stop 1", "fetch 1 to 300 from 3"), recordings.orders());
        recordings.fail(member);
        cycle();
        assertEquals(List.of(), recordings.orders(), "not at once");
        pass(20);
        cycle();
        assertEquals(List.of("fetch 1 to 300 from 1"), recordings.orders());
        recordings.carryOut(member);
        cycle();

        assertEquals(List.of("ack 2:100"), spoken.lines());
    }

    @Test
    void anEpochThatTheChainPassesOverIsRemoved() {
        recordings.hold(1, 300, 0, 0);
        recordings.hold(2, 100, 1, 300);
        recordings.hold(3, 100, 1, 300);
        live(4, 100).head = new EpochHead(4, 7, 1, 300, 3);
        cycle();
        recordings.carryOut(member);
        cycle();
        recordings.carryOut(member);
        cycle();

        assertEquals(List.of("truncate 3 to 0", "truncate 2 to 0"), recordings.orders());
        assertEquals(List.of("ack 4:100"), spoken.lines());
    }

    @Test
    void whatWasMissedOfTheOpenEpochIsFetchedUntilTheLiveStreamIsJoined() {
        live(1, 300).active = false;
        member.onHeard(1, 900);
        cycle();

        assertEquals(List.of("fetch 1 to live from 3"), recordings.orders());
    }

    @Test
    void aRecordingThatStandsStillIsSaidSoAndRepaired() {
        live(1, 300);
        cycle();
        member.onHeard(1, 900);
        cycle();
        pass(100);
        cycle();

        assertEquals(List.of("ack 1:300", "ack 1:300 STALLED"), spoken.lines());
        assertEquals(List.of("fetch 1 to live from 3"), recordings.orders());
    }

    @Test
    void anArchiveThatHasForgottenIsAbsentUntilItHoldsWhatThereWasWhenItCameBack() {
        member = member(false);
        recordings.hold(1, 300, 0, 0).active = true;
        member.onOpenEpoch(1);
        member.onHeard(1, 500); // joined there: whatever it acknowledged lies before
        cycle();
        assertEquals(List.of(), spoken.lines());
        recordings.epochs.get(1L).position = 500;
        cycle();

        assertEquals(List.of("ack 1:500"), spoken.lines());
    }

    @Test
    void anArchiveThatHasForgottenDoesNotAnswerASealButCountsForTheNextEpoch() {
        member = member(false);
        recordings.hold(1, 300, 0, 0);
        assertTrue(member.needsOpenEpoch());
        assertFalse(member.isPresent(2), "the ledger has not been asked");
        member.onOpenEpoch(1);
        sealAndAnswer(1);
        assertEquals(List.of(), spoken.lines());

        live(2, 100).head = new EpochHead(2, 7, 1, 300, 3);
        cycle();
        assertEquals("ack 2:100", last(spoken.lines()));
    }

    private void sealAndAnswer(final long epoch) {
        say(Spoken.seal(CANDIDATE, epoch));
        cycle();
        recordings.carryOutSeal(member);
        for (int i = 0; i < 4; i++) {
            cycle();
            if (recordings.orders().stream().anyMatch(order -> !order.startsWith("register"))) {
                recordings.carryOut(member);
            }
        }
    }

    private MemoryRecordings.Held live(final long epoch, final long position) {
        final MemoryRecordings.Held held = recordings.hold(epoch, position, 0, 0);
        held.active = true;
        member.onHeard(epoch, 0);
        member.onHeard(epoch, position);
        return held;
    }

    private ArchiveMember member(final boolean remembers) {
        final ArchiveMember made = new ArchiveMember(
                new ArchiveMemberConfiguration(
                        Messages.CLUSTER, 2, 12, ArchiveSet.of(1, 2, 3), 50, 1_000, 100, 20, remembers),
                recordings,
                spoken.control());
        made.onDutyCycle(nanoTime);
        return made;
    }

    private void cycle() {
        member.onDutyCycle(nanoTime);
    }

    private void pass(final long ns) {
        nanoTime += ns;
        cycle();
    }

    private void say(final UnsafeBuffer message) {
        member.onControl(message, 0, message.capacity());
    }

    private List<String> preVoteAnswers() {
        return spoken.lines().stream().filter(line -> line.contains("heard")).toList();
    }

    private static String last(final List<String> lines) {
        return lines.get(lines.size() - 1);
    }
}
