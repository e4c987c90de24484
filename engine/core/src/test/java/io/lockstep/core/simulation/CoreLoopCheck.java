package io.lockstep.core.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.codecs.EntryFrame;
import io.lockstep.codecs.EntryReader;
import io.lockstep.codecs.OutputFlags;
import io.lockstep.codecs.protocol.DeliveryGrade;
import io.lockstep.codecs.protocol.EntryKind;
import io.lockstep.codecs.protocol.MessageHeaderDecoder;
import io.lockstep.codecs.protocol.OutputDecoder;
import io.lockstep.core.client.SessionEnd;
import io.lockstep.core.fixture.RecordingPublisher;
import io.lockstep.core.replica.Replica;
import io.lockstep.core.sequencer.SessionReplay;
import io.lockstep.core.sequencer.SessionTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;

/** Looks at the log and at what the clients saw, and knows nothing of how it came about. */
final class CoreLoopCheck {
    private final CoreLoop loop;
    private final Map<Long, List<Command>> commands = new HashMap<>(); // by the sequence of the opening
    private final Map<Long, Long> closes = new HashMap<>(); // sequence of the close by that of the opening
    private final List<Golden> golden = new ArrayList<>();
    private long sequenced;

    CoreLoopCheck(final CoreLoop loop) {
        this.loop = loop;
    }

    /** A command as it stands in the log. */
    private record Command(long clientSequence, UnsafeBuffer body) {}

    /** An output as one replica that never failed gives it. */
    private record Golden(long session, long input, DeliveryGrade grade, boolean notice, UnsafeBuffer body) {}

    /** Commands in the log. */
    long sequenced() {
        return sequenced;
    }

    void check() {
        readLog();
        replayGolden();
        for (final GatewayModel gateway : loop.gateways()) {
            gateway.clients().forEach(this::checkCommands);
            gateway.clients().forEach(this::checkOutputs);
            checkEveryone(gateway);
        }
    }

    private void readLog() {
        final EntryReader entry = new EntryReader();
        final SessionTable rebuilt = new SessionTable(64);
        final SessionReplay replay = new SessionReplay(rebuilt);
        final Map<Long, Long> openings = new HashMap<>(); // current opening of a session id
        long timeNs = 0;
        for (int i = 0; i < loop.stream().size(); i++) {
            final UnsafeBuffer bytes = loop.stream().get(i).entry();
            assertTrue(EntryFrame.isIntact(bytes, 0, bytes.capacity()));
            entry.wrap(bytes, 0);
            assertEquals(i + 1, entry.sequence());
            assertTrue(entry.timeNs() >= timeNs);
            timeNs = entry.timeNs();
            replay.onEntry(entry); // throws where a client sequence is skipped or doubled
            if (entry.kind() == EntryKind.SESSION_OPEN) {
                openings.put(entry.sessionId(), entry.sequence());
                commands.put(entry.sequence(), new ArrayList<>());
            } else if (entry.kind() == EntryKind.SESSION_CLOSE) {
                closes.put(openings.get(entry.sessionId()), entry.sequence());
            } else if (entry.kind() == EntryKind.COMMAND) {
                sequenced++;
                final UnsafeBuffer body = new UnsafeBuffer(bytes, entry.bodyOffset(), entry.bodyLength());
                commands.get(openings.get(entry.sessionId())).add(new Command(entry.clientSequence(), body));
            }
        }
        assertEquals(loop.table().size(), rebuilt.size());
        openings.keySet()
                .forEach(id -> assertEquals(loop.table().lastClientSequence(id), rebuilt.lastClientSequence(id)));
    }

    private void replayGolden() {
        final RecordingPublisher outputs = new RecordingPublisher();
        final Replica replica = ReplicaModel.create(99, outputs, new RecordingPublisher());
        replica.live(true);
        for (int i = 0; i < loop.stream().size(); i++) {
            assertTrue(replica.onEntry(loop.stream().get(i).entry(), 0));
        }
        for (final ReplicaModel other : loop.replicas()) {
            assertEquals(replica.stateHash(), other.replica().stateHash());
            assertEquals(replica.outputSequence(), other.replica().outputSequence());
        }
        final OutputDecoder output = new OutputDecoder();
        for (final UnsafeBuffer bytes : outputs.messages()) {
            output.wrapAndApplyHeader(bytes, 0, new MessageHeaderDecoder());
            assertEquals(golden.size() + 1, output.outputSequence());
            golden.add(new Golden(
                    output.sessionId(),
                    output.inputSequence(),
                    output.grade(),
                    (output.flags() & (OutputFlags.SESSION_OPENED | OutputFlags.SESSION_CLOSED)) != 0,
                    new UnsafeBuffer(bytes, output.limit() + OutputDecoder.bodyHeaderLength(), output.bodyLength())));
        }
    }

    /** What a session took is in the log once and in order: all of it, or of one that was cut off a beginning. */
    private void checkCommands(final Client client) {
        final long opening = client.session.openSequence();
        if (opening == 0) {
            assertTrue(client.offered.isEmpty());
            return;
        }
        final List<Command> logged = commands.get(opening);
        final boolean cutOff = client.abandoned || client.end != null;
        if (cutOff) {
            assertTrue(logged.size() <= client.offered.size(), "commands from nowhere");
        } else {
            assertEquals(client.offered.size(), logged.size(), "session " + client.session.sessionId());
        }
        for (int i = 0; i < logged.size(); i++) {
            assertEquals(client.offered.get(i).clientSequence(), logged.get(i).clientSequence);
            assertEquals(client.offered.get(i).body(), logged.get(i).body);
        }
    }

    private void checkOutputs(final Client client) {
        final long opening = client.session.openSequence();
        final long last = closes.getOrDefault(opening, Long.MAX_VALUE);
        checkReleased(client.released);
        client.released.forEach(one -> {
            assertEquals(client.session.sessionId(), golden(one).session);
            assertTrue(one.inputSequence() >= opening && one.inputSequence() <= last);
        });
        final boolean complete = client.end == SessionEnd.CLOSED || (client.end == null && !client.abandoned);
        if (complete && opening > 0) {
            assertTrue(client.opened || client.end == SessionEnd.CLOSED);
            final long expected = golden.stream()
                    .filter(one -> one.session == client.session.sessionId() && !one.notice)
                    .filter(one -> one.input >= opening && one.input <= last)
                    .count();
            assertEquals(expected, client.released.size(), "outputs of session " + client.session.sessionId());
        }
    }

    private void checkEveryone(final GatewayModel gateway) {
        checkReleased(gateway.everyone());
        gateway.everyone().forEach(one -> assertEquals(0, golden(one).session));
        final long from = gateway.firstOpened();
        if (from > 0 && gateway.clients().stream().noneMatch(client -> client.abandoned)) {
            final long expected = golden.stream()
                    .filter(one -> one.session == 0 && one.input > from)
                    .count();
            final long released = gateway.everyone().stream()
                    .filter(one -> one.inputSequence() > from)
                    .count();
            assertTrue(released == expected || !loop.isAlive(gateway), "outputs for everyone: " + released);
        }
    }

    /** Each output is what it should be, and each grade of them comes in order and once. */
    private void checkReleased(final List<Client.Released> released) {
        final long[] last = new long[4];
        for (final Client.Released one : released) {
            assertEquals(golden(one).input, one.inputSequence());
            assertEquals(golden(one).grade, one.grade());
            assertEquals(golden(one).body, one.body());
            assertTrue(one.outputSequence() > last[one.grade().value()], "doubled or out of order");
            last[one.grade().value()] = one.outputSequence();
        }
    }

    private Golden golden(final Client.Released released) {
        return golden.get((int) released.outputSequence() - 1);
    }
}
