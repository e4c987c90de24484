package io.lockstep.core.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One command of session 5, the third of its client, that became entry 9 of epoch 2, and what others do around it. */
class HopJoinTest {
    private static final long EPOCH = 2;
    private static final long SEQUENCE = 9;
    private static final long SESSION = 5;
    private static final long CLIENT_SEQUENCE = 3;
    private static final long END = 960;

    private final List<HopRecord> gateway = new ArrayList<>();
    private final List<HopRecord> sequencer = new ArrayList<>();
    private final List<HopRecord> replica = new ArrayList<>();
    private final List<HopTrace> others = new ArrayList<>();

    HopJoinTest() {
        gateway.add(command(Hop.GATEWAY_IN, 100));
        sequencer.add(command(Hop.SEQUENCER_IN, 110));
        sequencer.add(new HopRecord(Hop.STAMPED, 120, EPOCH, SEQUENCE, SESSION, CLIENT_SEQUENCE, END));
        replica.add(entry(Hop.REPLICA_IN, 130, 0));
        replica.add(entry(Hop.APPLIED, 140, 0));
        replica.add(entry(Hop.OUTPUT_OUT, 150, 0));
        gateway.add(entry(Hop.GATEWAY_OUT, 160, 1));
        gateway.add(new HopRecord(Hop.ARCHIVE_ACKED, 170, EPOCH, SEQUENCE + 4, 0, 0, 0));
        gateway.add(entry(Hop.RELEASED, 180, 0));
    }

    @Test
    void findsEveryHopOfACommand() {
        final Journey journey = only();

        assertTrue(journey.isComplete());
        assertEquals(EPOCH, journey.epoch());
        assertEquals(SEQUENCE, journey.sequence());
        assertEquals(SESSION, journey.sessionId());
        assertEquals(CLIENT_SEQUENCE, journey.clientSequence());
        assertEquals(1, journey.replicaId());
        assertEquals(
                List.of(100L, 110L, 120L, 170L, 130L, 140L, 150L, 160L, 180L),
                Arrays.stream(Hop.values()).map(journey::nanoTime).toList());
    }

    @Test
    void takesTheFirstOfferAndTheArrivalThatWasStamped() {
        gateway.add(command(Hop.GATEWAY_IN, 112));
        sequencer.add(0, command(Hop.SEQUENCER_IN, 104)); // behind a lost one, so it was dropped
        sequencer.add(command(Hop.SEQUENCER_IN, 125)); // a copy that came too late

        final Journey journey = only();

        assertEquals(100, journey.nanoTime(Hop.GATEWAY_IN));
        assertEquals(110, journey.nanoTime(Hop.SEQUENCER_IN));
    }

    @Test
    void takesTheReplicaWhoseOutputWasTaken() {
        others.add(new HopTrace(
                2,
                List.of(entry(Hop.REPLICA_IN, 121, 0), entry(Hop.APPLIED, 122, 0), entry(Hop.OUTPUT_OUT, 170, 0)),
                0));

        assertEquals(140, only().nanoTime(Hop.APPLIED));
        gateway.set(1, entry(Hop.GATEWAY_OUT, 160, 2));
        assertEquals(122, only().nanoTime(Hop.APPLIED));
        assertEquals(2, only().replicaId());
    }

    @Test
    void putsTheThreadsOfAReplicaTogether() {
        others.add(new HopTrace(1, List.of(replica.remove(0)), 0));

        assertTrue(only().isComplete());
    }

    @Test
    void takesTheGatewayThatReleased() {
        others.add(new HopTrace(
                1, // as the other gateway, in another process
                List.of(
                        entry(Hop.GATEWAY_OUT, 141, 2),
                        new HopRecord(Hop.ARCHIVE_ACKED, 142, EPOCH, SEQUENCE, 0, 0, 0)),
                0));

        assertEquals(160, only().nanoTime(Hop.GATEWAY_OUT));
        assertEquals(170, only().nanoTime(Hop.ARCHIVE_ACKED));
    }

    @Test
    void keepsTheEarliestOfWhatCameAgain() {
        replica.add(entry(Hop.OUTPUT_OUT, 250, 0)); // asked for again
        gateway.add(entry(Hop.RELEASED, 280, 0));

        assertEquals(150, only().nanoTime(Hop.OUTPUT_OUT));
        assertEquals(180, only().nanoTime(Hop.RELEASED));
    }

    @Test
    void keepsEpochsApart() {
        others.add(new HopTrace(
                3,
                List.of(new HopRecord(Hop.STAMPED, 60, 1, SEQUENCE, SESSION, CLIENT_SEQUENCE - 1, END)),
                0)); // void, and its sequence given again
        others.add(new HopTrace(1, List.of(new HopRecord(Hop.APPLIED, 70, 1, SEQUENCE, 0, 0, 0)), 0));

        assertEquals(120, only().nanoTime(Hop.STAMPED));
        assertEquals(140, only().nanoTime(Hop.APPLIED));
        assertEquals(CLIENT_SEQUENCE, only().clientSequence());
    }

    @Test
    void saysWhatIsLost() {
        replica.remove(1);
        final Journey journey = only();

        assertFalse(journey.isComplete());
        assertEquals(Hop.NO_TIME, journey.nanoTime(Hop.APPLIED));
        assertEquals(150, journey.nanoTime(Hop.OUTPUT_OUT));
    }

    @Test
    void withoutItsStampACommandHasNothingInFrontOfIt() {
        sequencer.remove(1);
        final Journey journey = only();

        assertEquals(0, journey.clientSequence());
        assertEquals(Hop.NO_TIME, journey.nanoTime(Hop.GATEWAY_IN));
        assertEquals(Hop.NO_TIME, journey.nanoTime(Hop.SEQUENCER_IN));
        assertEquals(180, journey.nanoTime(Hop.RELEASED));
    }

    @Test
    void anEarlierAcknowledgementMayBeLost() {
        final HopTrace wrapped = new HopTrace(1, gateway, 12);
        assertEquals(Hop.NO_TIME, join(wrapped, 1).get(0).nanoTime(Hop.ARCHIVE_ACKED));

        gateway.add(0, new HopRecord(Hop.ARCHIVE_ACKED, 90, EPOCH, SEQUENCE - 1, 0, 0, 0));
        assertEquals(170, join(wrapped, 1).get(0).nanoTime(Hop.ARCHIVE_ACKED));
    }

    @Test
    void theArchiveThatMakesTheQuorumCounts() {
        others.add(archive(1, 131, END - 1, 133, END)); // reaches the end with its second
        others.add(archive(2, 128, END - 96, 165, END + 96));
        others.add(archive(3, 129, END, 135, END + 96));

        assertEquals(129, join(new HopTrace(1, gateway, 0), 1).get(0).ackSentNs());
        assertEquals(133, join(new HopTrace(1, gateway, 0), 2).get(0).ackSentNs());
        assertEquals(165, join(new HopTrace(1, gateway, 0), 3).get(0).ackSentNs());
        assertEquals(Hop.NO_TIME, join(new HopTrace(1, gateway, 0), 4).get(0).ackSentNs());
    }

    @Test
    void addsUpWhatRingsLost() {
        others.add(new HopTrace(4, List.of(), 30));

        assertEquals(42, HopJoin.of(traces(new HopTrace(1, gateway, 12)), 1).lost());
    }

    private Journey only() {
        final List<Journey> journeys = join(new HopTrace(1, gateway, 0), 1);
        assertEquals(1, journeys.size());
        return journeys.get(0);
    }

    private List<Journey> join(final HopTrace gatewayTrace, final int quorum) {
        return HopJoin.of(traces(gatewayTrace), quorum).journeys();
    }

    private List<HopTrace> traces(final HopTrace gatewayTrace) {
        final List<HopTrace> traces = new ArrayList<>(others);
        traces.add(gatewayTrace);
        traces.add(new HopTrace(1, sequencer, 0));
        traces.add(new HopTrace(1, replica, 0));
        return traces;
    }

    private static HopTrace archive(
            final int id, final long firstNs, final long firstPosition, final long nextNs, final long nextPosition) {
        return new HopTrace(
                id,
                List.of(
                        new HopRecord(Hop.ARCHIVE_ACKED, firstNs, EPOCH, 0, 0, 0, firstPosition),
                        new HopRecord(Hop.ARCHIVE_ACKED, nextNs, EPOCH, 0, 0, 0, nextPosition)),
                0);
    }

    private static HopRecord command(final Hop hop, final long nanoTime) {
        return new HopRecord(hop, nanoTime, 0, 0, SESSION, CLIENT_SEQUENCE, 0);
    }

    private static HopRecord entry(final Hop hop, final long nanoTime, final long detail) {
        return new HopRecord(hop, nanoTime, EPOCH, SEQUENCE, 0, 0, detail);
    }
}
