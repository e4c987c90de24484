package io.lockstep.benchmarks.path.subject;

import io.lockstep.codecs.protocol.DeliveryGrade;
import io.lockstep.core.logic.Entry;
import io.lockstep.core.logic.EntryType;
import io.lockstep.core.logic.Outbox;
import io.lockstep.core.logic.StateMachine;

/** Answers each command with itself. */
final class EchoLogic implements StateMachine {
    private final DeliveryGrade grade;
    private long hash;

    EchoLogic(final DeliveryGrade grade) {
        this.grade = grade;
    }

    @Override
    public void apply(final Entry entry, final Outbox outbox) {
        if (entry.type() == EntryType.COMMAND) {
            hash = hash * 31 + entry.sequence();
            final int offset = outbox.claim(entry.sessionId(), grade, entry.length());
            outbox.buffer().putBytes(offset, entry.buffer(), entry.offset(), entry.length());
        }
    }

    @Override
    public long stateHash() {
        return hash;
    }
}
