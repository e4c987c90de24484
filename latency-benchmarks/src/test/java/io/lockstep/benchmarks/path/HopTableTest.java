package io.lockstep.benchmarks.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.core.trace.Hop;
import io.lockstep.core.trace.HopJoin;
import io.lockstep.core.trace.HopRecord;
import io.lockstep.core.trace.HopTrace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class HopTableTest {
    private static final long START = -5_000_000_000L;
    private static final int COUNT = 100;

    private final List<HopRecord> gateway = new ArrayList<>();
    private final List<HopRecord> others = new ArrayList<>();
    private final List<HopRecord> archive = new ArrayList<>();
    private final LoadClient load = new LoadClient(LoadShape.constant(1_000_000, 0, 1e-4), MessageSource.indexed(64));

    @Test
    void legsOfAHeldCommandMakeUpTheWhole() {
        commands(1, 40);

        final HopTable table = table(0, true);

        assertEquals(COUNT, table.commands());
        assertEquals(10, value(table, Leg.DUE));
        assertEquals(11, value(table, Leg.INGRESS));
        assertEquals(12, value(table, Leg.STAMP));
        assertEquals(13, value(table, Leg.LOG));
        assertEquals(14, value(table, Leg.APPLY));
        assertEquals(15, value(table, Leg.EMIT));
        assertEquals(16, value(table, Leg.OUTPUT));
        assertEquals(40, value(table, Leg.QUORUM));
        assertEquals(17, value(table, Leg.RELEASE));
        assertEquals(148, value(table, Leg.WHOLE));
        assertEquals(30, value(table, Leg.RECORD));
        assertEquals(13 + 14 + 15 + 16 + 40 - 30, value(table, Leg.ACKNOWLEDGE));
        assertEquals(1, onWay().stream().mapToDouble(table::shareOfMiddle).sum(), 1e-9);
        assertEquals(40 / 148.0, table.shareOfMiddle(Leg.QUORUM), 1e-9);
        assertEquals(40 / 148.0, table.shareOfTail(Leg.QUORUM), 1e-9);
    }

    @Test
    void nobodyWaitsForAnAcknowledgementThatWasThereBefore() {
        commands(1, -5);

        final HopTable table = table(0, true);

        assertEquals(0, value(table, Leg.QUORUM));
        assertEquals(17, value(table, Leg.RELEASE));
        assertEquals(108, value(table, Leg.WHOLE));
    }

    @Test
    void whatIsReleasedAtSightWaitsForNoArchive() {
        commands(1, 10);

        final HopTable table = table(0, false);

        assertEquals(0, table.times(Leg.QUORUM).getTotalCount());
        assertEquals(27, value(table, Leg.RELEASE));
        assertEquals(1, onWay().stream().mapToDouble(table::shareOfMiddle).sum(), 1e-9);
    }

    @Test
    void whatIsReleasedAtSightMayNotBeAcknowledgedYet() {
        commands(1, 10);
        gateway.removeIf(record -> record.hop() == Hop.ARCHIVE_ACKED && record.sequence() > 80);

        assertEquals(80, table(0, true).commands());
        final HopTable table = table(0, false);
        assertEquals(COUNT, table.commands());
        assertEquals(80, table.times(Leg.ACKNOWLEDGE).getTotalCount());
    }

    @Test
    void theSlowestHaveSharesOfTheirOwn() {
        commands(1, 40);
        slowDownTheLast(10_000);

        final HopTable table = table(0, true);

        assertEquals(40 / 148.0, table.shareOfMiddle(Leg.QUORUM), 1e-9);
        assertEquals(10_017 / 10_148.0, table.shareOfTail(Leg.RELEASE), 1e-9);
        assertTrue(Math.abs(table.times(Leg.WHOLE).getMaxValue() - 10_148) < 10);
    }

    @Test
    void leavesOutTheWarmUpAndCountsWhatLostATime() {
        commands(1, 40);
        others.removeIf(record -> record.hop() == Hop.APPLIED && record.sequence() > 90);

        final HopTable table = table(60, true);

        assertEquals(30, table.commands());
        assertEquals(10, table.incomplete());
    }

    @Test
    void goesThroughALineAndAddsUp() {
        commands(1, 40);
        final HopTable one = table(0, true);

        final HopTable sum = new HopTable();
        assertTrue(Double.isNaN(sum.shareOfMiddle(Leg.LOG)));
        sum.add(HopTable.parse(one.toString()));
        sum.add(HopTable.parse(one.toString()));
        sum.add(HopTable.parse(new HopTable().toString()));

        assertEquals(2 * COUNT, sum.commands());
        assertEquals(2 * COUNT, sum.times(Leg.LOG).getTotalCount());
        assertEquals(13, value(sum, Leg.LOG));
        assertEquals(one.shareOfMiddle(Leg.LOG), sum.shareOfMiddle(Leg.LOG), 1e-9);
    }

    private HopTable table(final int measuredFrom, final boolean isHeld) {
        load.send(START, (buffer, offset, length) -> true);
        final List<HopTrace> traces =
                List.of(new HopTrace(1, gateway, 0), new HopTrace(1, others, 0), new HopTrace(1, archive, 0));
        return HopTable.of(HopJoin.of(traces, 1).journeys(), load, measuredFrom, isHeld);
    }

    /** Commands one microsecond apart, whose legs take 10, 11, 12 … nanoseconds. */
    private void commands(final long epoch, final long ackAfterOutput) {
        for (int i = 0; i < COUNT; i++) {
            final long sequence = i + 1L;
            long time = START + i * 1_000L + 10;
            gateway.add(new HopRecord(Hop.GATEWAY_IN, time, 0, 0, 3, sequence, 0));
            time += 11;
            others.add(new HopRecord(Hop.SEQUENCER_IN, time, 0, 0, 3, sequence, 0));
            time += 12;
            others.add(new HopRecord(Hop.STAMPED, time, epoch, sequence, 3, sequence, sequence * 96));
            archive.add(new HopRecord(Hop.ARCHIVE_ACKED, time + 30, epoch, 0, 0, 0, sequence * 96));
            time += 13;
            others.add(new HopRecord(Hop.REPLICA_IN, time, epoch, sequence, 0, 0, 0));
            time += 14;
            others.add(new HopRecord(Hop.APPLIED, time, epoch, sequence, 0, 0, 0));
            time += 15;
            others.add(new HopRecord(Hop.OUTPUT_OUT, time, epoch, sequence, 0, 0, 0));
            time += 16;
            gateway.add(new HopRecord(Hop.GATEWAY_OUT, time, epoch, sequence, 0, 0, 1));
            time += ackAfterOutput;
            gateway.add(new HopRecord(Hop.ARCHIVE_ACKED, time, epoch, sequence, 0, 0, 0));
            time += 17 + Math.max(0, -ackAfterOutput);
            gateway.add(new HopRecord(Hop.RELEASED, time, epoch, sequence, 0, 0, 0));
        }
    }

    private void slowDownTheLast(final long nanos) {
        final int last = gateway.size() - 1;
        final HopRecord released = gateway.get(last);
        gateway.set(
                last,
                new HopRecord(
                        Hop.RELEASED, released.nanoTime() + nanos, released.epoch(), released.sequence(), 0, 0, 0));
    }

    private static long value(final HopTable table, final Leg leg) {
        assertEquals(table.times(leg).getMinValue(), table.times(leg).getMaxValue());
        return table.times(leg).getMaxValue();
    }

    private static List<Leg> onWay() {
        return Arrays.stream(Leg.values()).filter(Leg::isOnWay).toList();
    }
}
