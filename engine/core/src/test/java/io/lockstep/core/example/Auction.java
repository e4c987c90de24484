package io.lockstep.core.example;

import io.lockstep.core.logic.Entry;
import io.lockstep.core.logic.EntryType;
import io.lockstep.core.logic.Outbox;
import io.lockstep.core.logic.StateMachine;

/** An English auction: a command is a price; the highest leads and everybody hears of it, a lower one is refused. */
final class Auction implements StateMachine {
    private long highestBid;
    private long leader;
    private long hash;

    @Override
    public void apply(final Entry entry, final Outbox outbox) {
        if (entry.type() == EntryType.COMMAND && entry.length() == Long.BYTES) {
            final long bid = entry.buffer().getLong(entry.offset());
            if (bid > highestBid) {
                highestBid = bid;
                leader = entry.sessionId();
                hash = hash * 31 + highestBid * 17 + leader;
                tell(outbox, Outbox.EVERYONE);
            } else {
                tell(outbox, entry.sessionId());
            }
        }
    }

    private void tell(final Outbox outbox, final long sessionId) {
        final int offset = outbox.claim(sessionId, 2 * Long.BYTES);
        outbox.buffer().putLong(offset, highestBid);
        outbox.buffer().putLong(offset + Long.BYTES, leader);
    }

    @Override
    public long stateHash() {
        return hash;
    }
}
