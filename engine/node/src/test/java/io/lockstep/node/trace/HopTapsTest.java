package io.lockstep.node.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.logbuffer.ControlledFragmentHandler;
import io.aeron.logbuffer.ControlledFragmentHandler.Action;
import io.aeron.logbuffer.FragmentHandler;
import io.lockstep.archive.read.EntryHandler;
import io.lockstep.codecs.AllocationMeter;
import io.lockstep.codecs.EntryFrame;
import io.lockstep.codecs.EntryWriter;
import io.lockstep.codecs.protocol.CommandEncoder;
import io.lockstep.codecs.protocol.EntryKind;
import io.lockstep.codecs.protocol.MessageHeaderEncoder;
import io.lockstep.codecs.protocol.OutputEncoder;
import io.lockstep.core.client.GatewayListener;
import io.lockstep.core.logic.StateMachine;
import io.lockstep.core.port.Publisher;
import io.lockstep.core.trace.Hop;
import io.lockstep.core.trace.HopRecord;
import java.lang.reflect.Method;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each tap writes down, what it passes on, and that it costs no memory. */
class HopTapsTest {
    private static final int RUNS = 1_000_000;
    private static final long SESSION = 5;

    private final HopRings rings = HopRings.ofCapacity(1 << 12);
    private final HopTaps taps = rings.taps(1);
    private final Stream stream = new Stream();
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[256]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final CommandEncoder command = new CommandEncoder();
    private final OutputEncoder output = new OutputEncoder();
    private final EntryWriter writer = new EntryWriter();

    /** Takes what it is told to take. */
    private static final class Stream implements Publisher {
        private long result = 96;

        @Override
        public long offer(final DirectBuffer buffer, final int offset, final int length) {
            return result;
        }

        @Override
        public long offer(
                final DirectBuffer first,
                final int firstOffset,
                final int firstLength,
                final DirectBuffer body,
                final int bodyOffset,
                final int bodyLength) {
            return result;
        }
    }

    @Test
    void handsBackWhatItWasGivenWhereTimesAreNotTaken() {
        final HopTaps none = HopRings.off().taps(1);
        final ControlledFragmentHandler handler = (buffer, offset, length, frame) -> Action.CONTINUE;
        final FragmentHandler control = (buffer, offset, length, frame) -> {};
        final EntryHandler entries = (buffer, offset, length, endPosition) -> true;
        final GatewayListener listener = (session, released) -> {};

        assertSame(stream, none.commandsOut(stream));
        assertSame(stream, none.entriesOut(stream));
        assertSame(stream, none.outputsOut(stream));
        assertSame(handler, none.commandsIn(handler));
        assertSame(handler, none.outputsIn(handler, null));
        assertSame(entries, none.entriesIn(entries));
        assertSame(entries, none.commitsByEntry(entries, null));
        assertSame(control, none.commitsByControl(control, null));
        assertSame(listener, none.released(listener));
        assertNull(none.logic(null));
        assertNull(none.acks(null));
    }

    @Test
    void notesACommandOnceHoweverOftenItIsRefused() {
        final Publisher tapped = taps.commandsOut(stream);
        stream.result = Publisher.BACK_PRESSURED;
        assertEquals(Publisher.BACK_PRESSURED, tapped.offer(message, 0, command(3)));
        assertEquals(Publisher.BACK_PRESSURED, tapped.offer(message, 0, command(3)));
        stream.result = 96;
        assertEquals(96, tapped.offer(message, 0, command(3)));
        assertEquals(96, tapped.offer(message, 0, command(4)));
        assertEquals(96, tapped.offer(message, 0, command(3)));

        assertEquals(List.of(3L, 4L, 3L), records().stream().map(HopRecord::clientSequence).toList());
        assertTrue(records().stream().allMatch(r -> r.hop() == Hop.GATEWAY_IN && r.sessionId() == SESSION));
    }

    @Test
    void notesACommandOnceHoweverOftenTheSequencerLeavesIt() {
        final Action[] action = {Action.ABORT};
        final ControlledFragmentHandler tapped = taps.commandsIn((buffer, offset, length, frame) -> action[0]);
        assertEquals(Action.ABORT, tapped.onFragment(message, 0, command(3), null));
        assertEquals(Action.ABORT, tapped.onFragment(message, 0, command(3), null));
        action[0] = Action.CONTINUE;
        assertEquals(Action.CONTINUE, tapped.onFragment(message, 0, command(3), null));
        assertEquals(Action.CONTINUE, tapped.onFragment(message, 0, command(3), null));
        assertEquals(Action.CONTINUE, tapped.onFragment(message, 0, 5, null));

        assertEquals(List.of(3L, 3L), records().stream().map(HopRecord::clientSequence).toList());
    }

    @Test
    void notesAStampWhenTheStreamTakesIt() {
        final Publisher tapped = taps.entriesOut(stream);
        stream.result = Publisher.BACK_PRESSURED;
        offerEntry(tapped, 9, EntryKind.COMMAND);
        stream.result = 192;
        offerEntry(tapped, 9, EntryKind.COMMAND);
        offerEntry(tapped, 10, EntryKind.TICK);

        final HopRecord stamped = only();
        assertEquals(
                new HopRecord(Hop.STAMPED, stamped.nanoTime(), 2, 9, SESSION, 3, 192), stamped);
    }

    @Test
    void notesAnEntryOnceHoweverOftenTheReplicaLeavesIt() {
        final boolean[] isTaken = {false};
        final EntryHandler tapped = taps.entriesIn((buffer, offset, length, endPosition) -> isTaken[0]);
        offerEntry(stream, 9, EntryKind.COMMAND);
        tapped.onEntry(writer.header(), 0, EntryFrame.HEADER_LENGTH, 96);
        isTaken[0] = true;
        tapped.onEntry(writer.header(), 0, EntryFrame.HEADER_LENGTH, 96);
        offerEntry(stream, 10, EntryKind.TICK);
        tapped.onEntry(writer.header(), 0, EntryFrame.HEADER_LENGTH, 192);

        final HopRecord in = only();
        assertEquals(new HopRecord(Hop.REPLICA_IN, in.nanoTime(), 2, 9, 0, 0, 0), in);
    }

    @Test
    void notesTheFirstOutputOfAnEntryWhenTheStreamTakesIt() {
        final Publisher tapped = taps.outputsOut(stream);
        stream.result = Publisher.NOT_CONNECTED;
        tapped.offer(message, 0, output(9, 0));
        stream.result = 96;
        tapped.offer(message, 0, output(9, 0));
        tapped.offer(message, 0, output(9, 1));

        final HopRecord out = only();
        assertEquals(new HopRecord(Hop.OUTPUT_OUT, out.nanoTime(), 2, 9, 0, 0, 0), out);
    }

    /** A method that were left to its default would be lost behind the tap. */
    @ParameterizedTest
    @ValueSource(classes = {LogicTap.class, ReleaseTap.class})
    void passesEveryMethodOn(final Class<?> tap) {
        final Class<?> tapped = tap == LogicTap.class ? StateMachine.class : GatewayListener.class;

        for (final Method method : tapped.getMethods()) {
            assertTrue(
                    List.of(tap.getDeclaredMethods()).stream()
                            .anyMatch(own -> own.getName().equals(method.getName())
                                    && List.of(own.getParameterTypes()).equals(List.of(method.getParameterTypes()))),
                    tap.getSimpleName() + " does not pass on " + method);
        }
    }

    @Test
    void notesWithoutAllocating() {
        final Publisher commandsOut = taps.commandsOut(stream);
        final Publisher entriesOut = taps.entriesOut(stream);
        final Publisher outputsOut = taps.outputsOut(stream);
        final ControlledFragmentHandler commandsIn =
                taps.commandsIn((buffer, offset, length, frame) -> Action.CONTINUE);
        final EntryHandler entriesIn = taps.entriesIn((buffer, offset, length, endPosition) -> true);

        final long allocated = AllocationMeter.allocatedBytes(RUNS, i -> {
            final int length = command(i + 1);
            commandsOut.offer(message, 0, length);
            commandsIn.onFragment(message, 0, length, null);
            offerEntry(entriesOut, i + 1, EntryKind.COMMAND);
            entriesIn.onEntry(writer.header(), 0, EntryFrame.HEADER_LENGTH, 96);
            outputsOut.offer(message, 0, output(i + 1, 0));
        });

        assertEquals(0, allocated);
        assertTrue(rings.traces().get(0).lost() >= 9L * RUNS, "not all were noted");
    }

    private int command(final long clientSequence) {
        command.wrapAndApplyHeader(message, 0, header)
                .clusterId(1)
                .reserved(0)
                .sessionId(SESSION)
                .incarnation(6)
                .clientSequence(clientSequence);
        message.putInt(command.limit(), 0);
        return command.limit() + CommandEncoder.bodyHeaderLength();
    }

    private int output(final long inputSequence, final int index) {
        output.wrapAndApplyHeader(message, 0, header)
                .epoch(2)
                .inputSequence(inputSequence)
                .outputSequence(inputSequence)
                .index(index);
        return output.limit() + OutputEncoder.bodyHeaderLength();
    }

    private void offerEntry(final Publisher log, final long sequence, final EntryKind kind) {
        writer.writeHeader(2, sequence, 1, SESSION, 6, 3, 1, kind, message, 200, 0);
        log.offer(writer.header(), 0, EntryFrame.HEADER_LENGTH, message, 200, 0);
    }

    private HopRecord only() {
        assertEquals(1, records().size(), records().toString());
        return records().get(0);
    }

    private List<HopRecord> records() {
        return rings.traces().get(0).records();
    }
}
