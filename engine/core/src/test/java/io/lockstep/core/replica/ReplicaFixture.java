package io.lockstep.core.replica;

import io.lockstep.codecs.protocol.DeliveryGrade;
import io.lockstep.codecs.protocol.EntryKind;
import io.lockstep.core.fixture.Messages;
import io.lockstep.core.fixture.RecordingPublisher;
import io.lockstep.core.logic.Entry;
import io.lockstep.core.logic.EntryType;
import io.lockstep.core.logic.Outbox;
import io.lockstep.core.logic.StateMachine;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** A replica in epoch 1 whose state machine does what the command's body says. */
class ReplicaFixture {
    static final int LOG_BYTES = 8 << 20;

    final Messages messages = new Messages();
    final RecordingPublisher outputs = new RecordingPublisher();
    final RecordingPublisher control = new RecordingPublisher();
    final List<String> applied = new ArrayList<>();
    final Replica replica;
    long next = 1;

    ReplicaFixture() {
        this(0);
    }

    ReplicaFixture(final long serveIntervalNs) {
        replica = new Replica(
                new ReplicaConfiguration(Messages.CLUSTER, 3, 33, LOG_BYTES, 100, 1_000, serveIntervalNs),
                new Obedient(applied),
                outputs,
                control);
    }

    boolean feed(final UnsafeBuffer entry) {
        final boolean taken = replica.onEntry(entry, 0);
        if (taken) {
            next++;
        }
        return taken;
    }

    /** The next entry of session 2, whose body is what the state machine is to do. */
    boolean command(final String body) {
        return feed(messages.entry(1, next, next, EntryKind.COMMAND, 2, 2, next, body));
    }

    boolean entry(final EntryKind kind) {
        return feed(messages.entry(1, next, next, kind, kind == EntryKind.TICK ? 0 : 2, 2, next, ""));
    }

    void control(final UnsafeBuffer message) {
        replica.onControl(message, 0, message.capacity());
    }

    /**
     * Each letter of a command is done in turn: an upper-case letter is an output to the session the command came
     * from, {@code *} one to everyone, {@code !} throws, {@code M} a megabyte.
     */
    private static final class Obedient implements StateMachine {
        private final List<String> applied;

        Obedient(final List<String> applied) {
            this.applied = applied;
        }

        @Override
        public void apply(final Entry entry, final Outbox outbox) {
            final String body = entry.buffer().getStringWithoutLengthAscii(entry.offset(), entry.length());
            applied.add(entry.type() + " " + body);
            if (entry.type() != EntryType.COMMAND) {
                return;
            }
            for (int i = 0; i < body.length(); i++) {
                final char letter = body.charAt(i);
                switch (letter) {
                    case '!' -> throw new UnsupportedOperationException("told to");
                    case '?' -> outbox.claim(1, DeliveryGrade.NULL_VAL, 1);
                    case 'M' -> outbox.claim(entry.sessionId(), Outbox.MAX_OUTPUT_LENGTH);
                    case 'L' -> outbox.claim(entry.sessionId(), Outbox.MAX_OUTPUT_LENGTH + 1);
                    case '*' -> outbox.emit(Outbox.EVERYONE, Messages.text("*"), 0, 1);
                    default -> outbox.emit(entry.sessionId(), Messages.text("" + letter), 0, 1);
                }
            }
        }

        @Override
        public long stateHash() {
            return applied.size();
        }
    }
}
