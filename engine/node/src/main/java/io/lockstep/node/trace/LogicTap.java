package io.lockstep.node.trace;

import io.lockstep.codecs.HotPath;
import io.lockstep.core.logic.Entry;
import io.lockstep.core.logic.EntryType;
import io.lockstep.core.logic.Outbox;
import io.lockstep.core.logic.StateMachine;
import io.lockstep.core.trace.Hop;
import io.lockstep.core.trace.HopRing;

/** Takes the time after each command that a state machine has applied. The state machine itself sees no clock. */
@HotPath
final class LogicTap implements StateMachine {
    private final HopRing ring;
    private final StateMachine stateMachine;

    LogicTap(final HopRing ring, final StateMachine stateMachine) {
        this.ring = ring;
        this.stateMachine = stateMachine;
    }

    @Override
    public void apply(final Entry entry, final Outbox outbox) {
        stateMachine.apply(entry, outbox);
        if (entry.type() == EntryType.COMMAND) {
            ring.entry(Hop.APPLIED, System.nanoTime(), entry.epoch(), entry.sequence(), 0);
        }
    }

    @Override
    public long stateHash() {
        return stateMachine.stateHash();
    }
}
