package io.lockstep.node;

import io.lockstep.core.logic.Entry;
import io.lockstep.core.logic.EntryType;
import io.lockstep.core.logic.Outbox;
import io.lockstep.core.logic.StateMachine;

/** Adds up the numbers that commands carry and answers each with the sum so far. */
public final class SumLogic implements StateMachine {
    private long sum;

    @Override
    public void apply(final Entry entry, final Outbox outbox) {
        if (entry.type() == EntryType.COMMAND) {
            sum = sum * 31 + entry.buffer().getLong(entry.offset());
            final int at = outbox.claim(entry.sessionId(), Long.BYTES);
            outbox.buffer().putLong(at, sum);
        }
    }

    @Override
    public long stateHash() {
        return sum;
    }
}
