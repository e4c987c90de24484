package io.lockstep.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.codecs.AllocationMeter;
import io.lockstep.codecs.OutputFlags;
import io.lockstep.codecs.protocol.AckEncoder;
import io.lockstep.codecs.protocol.CommandEncoder;
import io.lockstep.codecs.protocol.DeliveryGrade;
import io.lockstep.codecs.protocol.EntryKind;
import io.lockstep.codecs.protocol.MessageHeaderEncoder;
import io.lockstep.codecs.protocol.OutputEncoder;
import io.lockstep.core.client.Gateway;
import io.lockstep.core.client.GatewayConfiguration;
import io.lockstep.core.client.GatewayListener;
import io.lockstep.core.client.GatewaySession;
import io.lockstep.core.client.Output;
import io.lockstep.core.epoch.ArchiveSet;
import io.lockstep.core.epoch.LogEnd;
import io.lockstep.core.fixture.Messages;
import io.lockstep.core.logic.Entry;
import io.lockstep.core.logic.Outbox;
import io.lockstep.core.logic.StateMachine;
import io.lockstep.core.port.Publisher;
import io.lockstep.core.replica.Replica;
import io.lockstep.core.replica.ReplicaConfiguration;
import io.lockstep.core.sequencer.IngressCode;
import io.lockstep.core.sequencer.Sequencer;
import io.lockstep.core.sequencer.SequencerConfiguration;
import io.lockstep.core.sequencer.SessionTable;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** A million of each thing that happens once for every command, and not a byte allocated. */
class AllocationTest {
    private static final int RUNS = 1_000_000;
    private static final ArchiveSet ARCHIVES = ArchiveSet.of(1, 2, 3);
    private static final int ENTRY_SEQUENCE_OFFSET = 16;
    private static final int ENTRY_TIME_OFFSET = 24;
    private static final int ENTRY_CLIENT_SEQUENCE_OFFSET = 48;

    private final Messages messages = new Messages();
    private final Counter stream = new Counter();
    private final Counter control = new Counter();

    /** A stream that takes everything and keeps nothing. */
    private static final class Counter implements Publisher {
        long position;

        @Override
        public long offer(final DirectBuffer buffer, final int offset, final int length) {
            position += length;
            return position;
        }

        @Override
        public long offer(
                final DirectBuffer header,
                final int headerOffset,
                final int headerLength,
                final DirectBuffer body,
                final int bodyOffset,
                final int bodyLength) {
            position += headerLength + bodyLength;
            return position;
        }
    }

    @Test
    void sequencerStampsCommandsAndCountsAcknowledgements() {
        final Sequencer sequencer = new Sequencer(
                SequencerConfiguration.of(Messages.CLUSTER, 1, 1, ARCHIVES),
                LogEnd.GENESIS,
                new SessionTable(10),
                stream,
                control);
        sequencer.onDutyCycle(1, 1);
        final UnsafeBuffer open = messages.open(5, 1, 9);
        sequencer.onIngress(open, 0, open.capacity());
        final UnsafeBuffer command = messages.command(2, 2 << 16 | 1, 1, "a command of some length");
        final UnsafeBuffer[] acks = {messages.ack(1, 1, 0, 0), messages.ack(2, 1, 0, 0), messages.ack(3, 1, 0, 0)};
        final int sequenceAt = MessageHeaderEncoder.ENCODED_LENGTH + CommandEncoder.clientSequenceEncodingOffset();
        final int positionAt = MessageHeaderEncoder.ENCODED_LENGTH + AckEncoder.recordedPositionEncodingOffset();

        final long allocated = AllocationMeter.allocatedBytes(RUNS, run -> {
            sequencer.onDutyCycle(run * 1_000L, run);
            command.putLong(sequenceAt, run + 1L, ByteOrder.LITTLE_ENDIAN);
            sequencer.onIngress(command, 0, command.capacity());
            sequencer.onIngress(command, 0, command.capacity()); // a duplicate
            command.putLong(sequenceAt, run + 9L, ByteOrder.LITTLE_ENDIAN);
            sequencer.onIngress(command, 0, command.capacity()); // a gap
            for (final UnsafeBuffer ack : acks) {
                ack.putLong(positionAt, sequencer.position(), ByteOrder.LITTLE_ENDIAN);
                sequencer.onControl(ack, 0, ack.capacity());
            }
        });

        assertEquals(0, allocated);
        assertTrue(sequencer.count(IngressCode.STAMPED) >= 2 * RUNS);
        assertEquals(sequencer.position(), sequencer.commitPosition());
    }

    @Test
    void replicaAppliesAndPublishes() {
        final Replica replica = new Replica(
                new ReplicaConfiguration(Messages.CLUSTER, 1, 1, 8 << 20, 1_024, 1_000_000, 0),
                new Echo(),
                stream,
                control);
        replica.live(true);
        replica.onEntry(messages.epochStart(1, 0), 0);
        final UnsafeBuffer entry = messages.entry(1, 2, 0, EntryKind.COMMAND, 2, 2, 1, "a command of some length");
        final UnsafeBuffer request = messages.outputRequest(1);

        final long allocated = AllocationMeter.allocatedBytes(RUNS, run -> {
            entry.putLong(ENTRY_SEQUENCE_OFFSET, run + 2L, ByteOrder.LITTLE_ENDIAN);
            entry.putLong(ENTRY_TIME_OFFSET, run, ByteOrder.LITTLE_ENDIAN);
            replica.onEntry(entry, 0);
            replica.onDutyCycle(run * 1_000L);
            if ((run & 0x3FFF) == 0) {
                replica.onControl(request, 0, request.capacity()); // everything that is kept, again
            }
        });

        assertEquals(0, allocated);
        assertTrue(replica.commands() >= 2 * RUNS);
        assertEquals(2 * replica.commands(), replica.outputSequence());
    }

    @Test
    void gatewayCarriesCommandsAndOutputs() {
        final Listener listener = new Listener();
        final Gateway gateway = new Gateway(
                GatewayConfiguration.of(Messages.CLUSTER, 50, ARCHIVES), stream, control, listener);
        final GatewaySession session = gateway.open(9);
        gateway.onDutyCycle(0);
        gateway.onEntry(messages.epochStart(1, 0), 0, 100);
        gateway.onEntry(messages.opened(2, 50, 1, 9), 0, 200);
        offer(gateway, messages.output(1, 2, 1, 2, DeliveryGrade.QUORUM, OutputFlags.SESSION_OPENED, ""));
        final UnsafeBuffer[] acks = {messages.ack(1, 1, 200, 0), messages.ack(2, 1, 200, 0)};
        for (final UnsafeBuffer ack : acks) {
            gateway.onControl(ack, 0, ack.capacity());
        }
        final UnsafeBuffer body = Messages.text("a command of some length");
        final UnsafeBuffer entry = messages.entry(1, 3, 0, EntryKind.COMMAND, 2, 2, 1, "a command of some length");
        final UnsafeBuffer held = messages.output(1, 3, 2, 2, DeliveryGrade.QUORUM, 0, "an answer");
        final UnsafeBuffer seen = messages.output(1, 3, 3, 2, DeliveryGrade.SIGHT, 0, "an answer");

        final long allocated = AllocationMeter.allocatedBytes(RUNS, run -> {
            session.offer(body, 0, body.capacity());
            entry.putLong(ENTRY_SEQUENCE_OFFSET, run + 3L, ByteOrder.LITTLE_ENDIAN);
            entry.putLong(ENTRY_CLIENT_SEQUENCE_OFFSET, run + 1L, ByteOrder.LITTLE_ENDIAN);
            gateway.onEntry(entry, 0, (run + 3) * 100L);
            offer(gateway, name(held, run + 3L, 2L * run + 2));
            offer(gateway, name(seen, run + 3L, 2L * run + 3));
            offer(gateway, seen); // the other replica's copy
            for (final UnsafeBuffer ack : acks) {
                ack.putLong(
                        MessageHeaderEncoder.ENCODED_LENGTH + AckEncoder.recordedPositionEncodingOffset(),
                        (run + 3) * 100L,
                        ByteOrder.LITTLE_ENDIAN);
                gateway.onControl(ack, 0, ack.capacity());
            }
            gateway.onDutyCycle(run * 1_000L);
        });

        assertEquals(0, allocated);
        assertTrue(session.committedClientSequence() >= 2 * RUNS);
        assertEquals(2 * session.committedClientSequence(), listener.outputs);
    }

    private static UnsafeBuffer name(final UnsafeBuffer output, final long input, final long outputSequence) {
        final int at = MessageHeaderEncoder.ENCODED_LENGTH;
        output.putLong(at + OutputEncoder.inputSequenceEncodingOffset(), input, ByteOrder.LITTLE_ENDIAN);
        output.putLong(at + OutputEncoder.outputSequenceEncodingOffset(), outputSequence, ByteOrder.LITTLE_ENDIAN);
        return output;
    }

    private static void offer(final Gateway gateway, final UnsafeBuffer output) {
        gateway.onOutput(output, 0, output.capacity());
    }

    /** Says twice what it hears. */
    private static final class Echo implements StateMachine {
        @Override
        public void apply(final Entry entry, final Outbox outbox) {
            outbox.emit(entry.sessionId(), entry.buffer(), entry.offset(), entry.length());
            outbox.emit(Outbox.EVERYONE, entry.buffer(), entry.offset(), entry.length());
        }

        @Override
        public long stateHash() {
            return 0;
        }
    }

    /** Counts outputs. */
    private static final class Listener implements GatewayListener {
        long outputs;

        @Override
        public void onOutput(final GatewaySession session, final Output output) {
            outputs++;
        }
    }
}
