package io.lockstep.simulator;

import io.lockstep.codecs.protocol.DeliveryGrade;
import io.lockstep.core.logic.Entry;
import io.lockstep.core.logic.EntryType;
import io.lockstep.core.logic.Outbox;
import io.lockstep.core.logic.StateMachine;
import org.agrona.collections.Long2LongHashMap;

/**
 * Keeps a sum for each session. What it emits, how often, to whom and at which grade follows from the value that a
 * command carries.
 */
final class SummingStateMachine implements StateMachine {
    /** Bytes of an output: the sum, then the sequence of the input. */
    static final int OUTPUT_LENGTH = 16;

    private static final DeliveryGrade[] GRADES = {
        DeliveryGrade.QUORUM, DeliveryGrade.QUORUM, DeliveryGrade.SIGHT, DeliveryGrade.QUORUM_SYNCED
    };

    private final Long2LongHashMap sums = new Long2LongHashMap(0);
    private long previousSession;
    private long hash = 17;

    @Override
    public void apply(final Entry entry, final Outbox outbox) {
        final long session = entry.sessionId();
        final long value = entry.type() == EntryType.COMMAND ? entry.buffer().getLong(entry.offset()) : 1;
        final long sum = sums.get(session) + value;
        if (entry.type() == EntryType.SESSION_CLOSED) {
            sums.remove(session);
        } else {
            sums.put(session, sum);
        }
        hash = ((hash * 31 + session) * 31 + sum) * 31 + entry.timeNs();

        if (entry.type() == EntryType.COMMAND) {
            emit(outbox, session, DeliveryGrade.QUORUM, sum, entry.sequence()); // the answer
        }
        final int count = (int) (value & 1);
        for (int i = 0; i < count; i++) {
            final int choice = (int) (value >> (2 + 4 * i)) & 15;
            final long receiver = choice < 10 ? session : choice < 13 ? previousSession : Outbox.EVERYONE;
            emit(outbox, receiver, GRADES[choice & 3], sum + i, entry.sequence());
        }
        previousSession = session;
    }

    private static void emit(
            final Outbox outbox, final long receiver, final DeliveryGrade grade, final long sum, final long sequence) {
        final int at = outbox.claim(receiver, grade, OUTPUT_LENGTH);
        outbox.buffer().putLong(at, sum);
        outbox.buffer().putLong(at + 8, sequence);
    }

    @Override
    public long stateHash() {
        return hash;
    }
}
