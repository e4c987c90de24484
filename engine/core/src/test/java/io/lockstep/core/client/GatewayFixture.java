package io.lockstep.core.client;

import io.lockstep.codecs.OutputFlags;
import io.lockstep.codecs.protocol.DeliveryGrade;
import io.lockstep.codecs.protocol.EntryKind;
import io.lockstep.core.epoch.ArchiveSet;
import io.lockstep.core.fixture.Messages;
import io.lockstep.core.fixture.RecordingPublisher;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** A gateway in epoch 1 of one archive, its streams recorded, what it tells its listener written down. */
class GatewayFixture implements GatewayListener {
    static final long GATEWAY = 50;
    static final long RESEND_NS = 1_000;
    static final long ENTRY_LENGTH = 100;

    final Messages messages = new Messages();
    final RecordingPublisher ingress = new RecordingPublisher();
    final RecordingPublisher control = new RecordingPublisher();
    final List<String> told = new ArrayList<>();
    final Gateway gateway;
    long nanoTime = -9_000_000_000L;
    long next = 1;
    long nextOutput = 1;

    GatewayFixture() {
        this(8, 1_024);
    }

    GatewayFixture(final int windowCommands, final int positions) {
        gateway = new Gateway(
                new GatewayConfiguration(
                        Messages.CLUSTER,
                        GATEWAY,
                        ArchiveSet.of(1),
                        windowCommands,
                        1_024,
                        2 << 20,
                        positions,
                        RESEND_NS,
                        1_000_000,
                        2_000),
                ingress,
                control,
                this);
    }

    @Override
    public void onOpened(final GatewaySession session) {
        told.add("opened " + session.sessionId());
    }

    @Override
    public void onOutput(final GatewaySession session, final Output output) {
        told.add((session == null ? "all" : session.sessionId()) + " #" + output.outputSequence() + " "
                + output.buffer().getStringWithoutLengthAscii(output.offset(), output.length()));
    }

    @Override
    public void onClosed(final GatewaySession session, final SessionEnd reason) {
        told.add("closed " + session.sessionId() + " " + reason);
    }

    List<String> told() {
        final List<String> copy = new ArrayList<>(told);
        told.clear();
        return copy;
    }

    void cycle(final long passedNs) {
        nanoTime += passedNs;
        gateway.onDutyCycle(nanoTime);
    }

    boolean feed(final UnsafeBuffer entry) {
        final boolean taken = gateway.onEntry(entry, 0, next * ENTRY_LENGTH);
        if (taken) {
            next++;
        }
        return taken;
    }

    boolean entry(final EntryKind kind, final long session, final long incarnation, final long clientSequence) {
        return feed(messages.entry(1, next, next, kind, session, incarnation, clientSequence, ""));
    }

    boolean command(final long session, final long clientSequence) {
        return entry(EntryKind.COMMAND, session, session, clientSequence);
    }

    void tick() {
        entry(EntryKind.TICK, 0, 0, 0);
    }

    void control(final UnsafeBuffer message) {
        gateway.onControl(message, 0, message.capacity());
    }

    boolean output(final UnsafeBuffer message) {
        return gateway.onOutput(message, 0, message.capacity());
    }

    /** The next output, of an entry. */
    boolean output(final long input, final long session, final DeliveryGrade grade) {
        return output(copy(nextOutput++, input, session, grade));
    }

    UnsafeBuffer copy(final long outputSequence, final long input, final long session, final DeliveryGrade grade) {
        return messages.output(1, input, outputSequence, session, grade, OutputFlags.LAST, "of" + input);
    }

    UnsafeBuffer notice(final long outputSequence, final long input, final long session, final int flag) {
        return messages.output(1, input, outputSequence, session, DeliveryGrade.QUORUM, flag, "");
    }

    /** The quorum has recorded everything up to an entry, and forced another to disk. */
    void commit(final long recorded, final long synced) {
        control(messages.ack(1, 1, recorded * ENTRY_LENGTH, synced * ENTRY_LENGTH));
    }

    /** A session that is open; its id, and its incarnation, are the sequence of its opening. */
    GatewaySession opened(final long client) {
        if (next == 1) {
            feed(messages.epochStart(1, 0));
        }
        final GatewaySession session = gateway.open(client);
        final long sequence = next;
        cycle(RESEND_NS);
        feed(messages.opened(sequence, GATEWAY, session.requestId(), client));
        output(notice(nextOutput++, sequence, sequence, OutputFlags.SESSION_OPENED));
        commit(sequence, 0);
        ingress.events();
        control.events();
        told.clear();
        return session;
    }

    long offer(final GatewaySession session, final String body) {
        return session.offer(Messages.text(body), 0, body.length());
    }
}
