package io.lockstep.node.trace;

import io.lockstep.codecs.HotPath;
import io.lockstep.core.client.GatewayListener;
import io.lockstep.core.client.GatewaySession;
import io.lockstep.core.client.Output;
import io.lockstep.core.client.SessionEnd;
import io.lockstep.core.trace.Hop;
import io.lockstep.core.trace.HopRing;

/** Takes the time at which the first output that answers a command goes to its client. */
@HotPath
final class ReleaseTap implements GatewayListener {
    private final HopRing ring;
    private final GatewayListener listener;
    private long lastInputSequence;

    ReleaseTap(final HopRing ring, final GatewayListener listener) {
        this.ring = ring;
        this.listener = listener;
    }

    @Override
    public void onOpened(final GatewaySession session) {
        listener.onOpened(session);
    }

    @Override
    public void onOutput(final GatewaySession session, final Output output) {
        // Client sequence 0: for everybody, or for a session that somebody else's command concerns.
        if (output.clientSequence() > 0 && output.inputSequence() != lastInputSequence) {
            lastInputSequence = output.inputSequence();
            ring.entry(Hop.RELEASED, System.nanoTime(), output.epoch(), lastInputSequence, 0);
        }
        listener.onOutput(session, output);
    }

    @Override
    public void onClosed(final GatewaySession session, final SessionEnd reason) {
        listener.onClosed(session, reason);
    }
}
