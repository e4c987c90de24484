package io.lockstep.node.agent;

import io.aeron.ExclusivePublication;
import io.aeron.FragmentAssembler;
import io.aeron.Subscription;
import io.aeron.logbuffer.Header;
import io.lockstep.core.logic.StateMachine;
import io.lockstep.core.replica.Replica;
import io.lockstep.core.replica.ReplicaConfiguration;
import io.lockstep.node.trace.HopTaps;
import io.lockstep.transport.Role;
import io.lockstep.transport.Transport;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;

/** A replica with its ends of the control and output streams; whoever owns it polls it from one thread. */
final class ReplicaEnds implements AutoCloseable {
    private static final int FRAGMENT_LIMIT = 16;

    private final ExclusivePublication outputs;
    private final Subscription controlSubscription;
    private final FragmentAssembler controlAssembler = new FragmentAssembler(this::onControl);
    private final Replica replica;

    ReplicaEnds(
            final AgentAids aids,
            final ReplicaConfiguration configuration,
            final StateMachine stateMachine,
            final HopTaps taps) {
        final Transport transport = aids.transport();
        final int replicaId = configuration.replicaId();
        outputs = transport.addOutputPublication(replicaId);
        controlSubscription = transport.addControlSubscription(Role.REPLICA, replicaId);
        replica = new Replica(
                configuration,
                taps.logic(stateMachine),
                taps.outputsOut(aids.publisher(outputs)),
                aids.publisher(transport.controlPublication(Role.REPLICA, replicaId)));
    }

    /** Everything but the log. */
    int poll(final long nanoTime) {
        return controlSubscription.poll(controlAssembler, FRAGMENT_LIMIT) + replica.onDutyCycle(nanoTime);
    }

    Replica replica() {
        return replica;
    }

    @Override
    public void close() {
        CloseHelper.closeAll(controlSubscription, outputs);
    }

    private void onControl(final DirectBuffer buffer, final int offset, final int length, final Header header) {
        replica.onControl(buffer, offset, length);
    }
}
