package io.lockstep.core.sequencer;

import io.lockstep.codecs.EntryReader;
import io.lockstep.core.epoch.ArchiveSet;
import io.lockstep.core.epoch.LogEnd;
import io.lockstep.core.fixture.Messages;
import io.lockstep.core.fixture.RecordingPublisher;
import org.agrona.concurrent.UnsafeBuffer;

/** A sequencer of epoch 1 with three archives, whose streams are recorded and whose time stands still until moved. */
class SequencerFixture {
    static final long INTERVAL_NS = 1_000;
    static final long TIMEOUT_NS = 100_000;
    static final int WINDOW = 1_024;
    static final long GATEWAY = 50;

    final Messages messages = new Messages();
    final RecordingPublisher log = new RecordingPublisher();
    final RecordingPublisher control = new RecordingPublisher();
    final SessionTable table;
    final Sequencer sequencer;
    long nanoTime = -7_000_000_000_000L; // System.nanoTime() may well be negative
    long clockNs = 1_000;

    SequencerFixture() {
        this(new SessionTable(3), LogEnd.GENESIS);
    }

    SequencerFixture(final SessionTable table, final LogEnd previous) {
        this(table, previous, WINDOW);
    }

    SequencerFixture(final SessionTable table, final LogEnd previous, final int windowBytes) {
        this.table = table;
        final SequencerConfiguration configuration = new SequencerConfiguration(
                Messages.CLUSTER,
                9,
                99,
                ArchiveSet.of(1, 2, 3),
                windowBytes,
                INTERVAL_NS * 10,
                TIMEOUT_NS,
                INTERVAL_NS,
                4);
        sequencer = new Sequencer(configuration, previous, table, log, control);
    }

    SequencerFixture started() {
        cycle(0);
        log.events();
        return this;
    }

    int cycle(final long passedNs) {
        nanoTime += passedNs;
        return sequencer.onDutyCycle(nanoTime, clockNs);
    }

    int ingress(final UnsafeBuffer message) {
        return sequencer.onIngress(message, 0, message.capacity());
    }

    int open(final long request, final long client) {
        return ingress(messages.open(GATEWAY, request, client));
    }

    /** The next command of a session by its own incarnation. */
    int command(final long session, final long clientSequence) {
        return ingress(messages.command(session, table.incarnation(session), clientSequence, "x"));
    }

    int close(final long session, final long clientSequence) {
        return ingress(messages.close(session, table.incarnation(session), clientSequence));
    }

    void ack(final int archive, final long position) {
        final UnsafeBuffer message = messages.ack(archive, sequencer.epoch(), position, 0);
        sequencer.onControl(message, 0, message.capacity());
    }

    void commitAll() {
        ack(1, sequencer.position());
        ack(2, sequencer.position());
    }

    /** What a standby makes of the log. */
    SessionTable replayed() {
        final SessionTable replayed = new SessionTable(3);
        final SessionReplay replay = new SessionReplay(replayed);
        log.messages().forEach(entry -> replay.onEntry(new EntryReader().wrap(entry, 0)));
        return replayed;
    }
}
