package io.lockstep.benchmarks.path.subject;

import io.lockstep.benchmarks.path.LoadClient;
import io.lockstep.benchmarks.path.MessageSink;
import io.lockstep.core.client.Gateway;
import io.lockstep.core.client.GatewaySession;
import io.lockstep.core.client.Output;
import io.lockstep.core.client.SessionState;
import io.lockstep.node.agent.GatewayProgram;

/** Runs a load through a session; the first output of a command is its answer. */
final class LoadProgram implements GatewayProgram {
    private static final long CLIENT_ID = 1;

    private final LoadClient load;
    private final MessageSink sink = (buffer, offset, length) -> this.session.offer(buffer, offset, length) > 0;
    private GatewaySession session;
    private long firstClientSequence;

    LoadProgram(final LoadClient load) {
        this.load = load;
    }

    @Override
    public int onDutyCycle(final Gateway gateway, final long nanoTime, final boolean live) {
        if (session == null) {
            if (live) {
                session = gateway.open(CLIENT_ID);
            }
            return 0;
        }
        return session.state() == SessionState.OPEN ? load.send(nanoTime, sink) : 0;
    }

    @Override
    public void onOpened(final GatewaySession opened) {
        firstClientSequence = opened.nextClientSequence();
    }

    @Override
    public void onOutput(final GatewaySession from, final Output output) {
        final long index = output.clientSequence() - firstClientSequence;
        if (output.clientSequence() > 0 && index >= load.answered()) {
            load.onAnswer(index);
        }
    }
}
