package io.lockstep.node;

import io.lockstep.core.client.Gateway;
import io.lockstep.core.client.GatewaySession;
import io.lockstep.core.client.Output;
import io.lockstep.core.client.SessionEnd;
import io.lockstep.core.client.SessionState;
import io.lockstep.node.agent.GatewayProgram;
import org.agrona.concurrent.UnsafeBuffer;

/** Sends numbers and checks that each is answered once, in order, with the sum so far. */
final class SumProgram implements GatewayProgram {
    private final UnsafeBuffer command = new UnsafeBuffer(new byte[Long.BYTES]);
    private final long clientId;
    private final long count;
    private GatewaySession session;
    private long sent;
    private long answered;
    private long wrong;
    private volatile SessionEnd end; // published last, and the counts with it
    private long sum;

    SumProgram(final long clientId, final long count, final long sumBefore) {
        this.clientId = clientId;
        this.count = count;
        this.sum = sumBefore;
    }

    @Override
    public int onDutyCycle(final Gateway gateway, final long nanoTime, final boolean live) {
        if (session == null) {
            if (live) {
                session = gateway.open(clientId);
            }
            return 0;
        }
        int work = 0;
        while (session.state() == SessionState.OPEN && sent < count && work < 32) {
            command.putLong(0, sent);
            if (session.offer(command, 0, Long.BYTES) < 0) {
                return work;
            }
            sent++;
            work++;
        }
        if (answered == count && session.state() == SessionState.OPEN) {
            session.close();
        }
        return work;
    }

    @Override
    public void onOutput(final GatewaySession from, final Output output) {
        sum = sum * 31 + (output.clientSequence() - 1);
        if (from != session
                || output.clientSequence() != answered + 1
                || !output.isLast()
                || output.buffer().getLong(output.offset()) != sum) {
            wrong++;
        }
        answered++;
    }

    @Override
    public void onClosed(final GatewaySession closed, final SessionEnd reason) {
        end = reason;
    }

    long answered() {
        return answered;
    }

    long wrong() {
        return wrong;
    }

    SessionEnd end() {
        return end;
    }

    long sum() {
        return sum;
    }
}
