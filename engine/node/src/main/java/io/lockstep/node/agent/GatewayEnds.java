package io.lockstep.node.agent;

import io.aeron.ControlledFragmentAssembler;
import io.aeron.ExclusivePublication;
import io.aeron.FragmentAssembler;
import io.aeron.Subscription;
import io.aeron.logbuffer.ControlledFragmentHandler.Action;
import io.aeron.logbuffer.Header;
import io.lockstep.archive.read.LogReader;
import io.lockstep.core.client.Gateway;
import io.lockstep.core.client.GatewayConfiguration;
import io.lockstep.node.adapter.LogEnds;
import io.lockstep.node.trace.HopTaps;
import io.lockstep.transport.Role;
import io.lockstep.transport.Transport;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;

/** A gateway with its ends of the streams; whoever owns it polls it from one thread. */
public final class GatewayEnds implements AutoCloseable {
    private static final int CONTROL_LIMIT = 64;

    /** A command has several outputs and every replica sends them all, so more come in here than go out. */
    private static final int OUTPUT_LIMIT = 512;

    private final ExclusivePublication ingress;
    private final Subscription controlSubscription;
    private final Subscription outputs;
    private final FragmentAssembler controlAssembler;
    private final ControlledFragmentAssembler outputAssembler;
    private final LogEnds log;
    private final LogReader reader;
    private final Gateway gateway;
    private final GatewayProgram program;

    /**
     * Opens the ends; called on the thread that polls.
     *
     * @param aids what agents of a node share
     * @param gatewayId names the gateway among its kind
     * @param configuration of the gateway
     * @param program is told of outputs, sessions and control messages, in {@link #poll}
     */
    public GatewayEnds(
            final AgentAids aids,
            final int gatewayId,
            final GatewayConfiguration configuration,
            final GatewayProgram program) {
        this.program = program;
        final Transport transport = aids.transport();
        ingress = transport.addIngressPublication();
        controlSubscription = transport.addControlSubscription(Role.GATEWAY, gatewayId);
        outputs = transport.addOutputSubscription();
        final HopTaps taps = aids.hops().taps(gatewayId);
        gateway = new Gateway(
                configuration,
                taps.commandsOut(aids.publisher(ingress)),
                aids.publisher(transport.controlPublication(Role.GATEWAY, gatewayId)),
                taps.released(program));
        controlAssembler = new FragmentAssembler(taps.commitsByControl(this::onControl, gateway));
        outputAssembler = new ControlledFragmentAssembler(taps.outputsIn(this::onOutput, gateway));
        log = aids.logFromLive("gateway-" + gatewayId, taps.commitsByEntry(this::onEntry, gateway));
        reader = log.reader();
    }

    /**
     * Moves everything there is to move, once.
     *
     * @param nanoTime for intervals, any origin
     * @return how much was done
     */
    public int poll(final long nanoTime) {
        int work = gateway.onDutyCycle(nanoTime);
        work += reader.poll(nanoTime);
        work += outputs.controlledPoll(outputAssembler, OUTPUT_LIMIT);
        return work + controlSubscription.poll(controlAssembler, CONTROL_LIMIT);
    }

    public Gateway gateway() {
        return gateway;
    }

    /** Whether the log is seen as it grows, so that sessions can open. */
    public boolean isLive() {
        return reader.state() == LogReader.State.LIVE;
    }

    @Override
    public void close() {
        CloseHelper.closeAll(log, outputs, controlSubscription, ingress);
    }

    private boolean onEntry(final DirectBuffer buffer, final int offset, final int length, final long endPosition) {
        return gateway.onEntry(buffer, offset, endPosition);
    }

    private Action onOutput(final DirectBuffer buffer, final int offset, final int length, final Header header) {
        return gateway.onOutput(buffer, offset, length) ? Action.CONTINUE : Action.ABORT;
    }

    private void onControl(final DirectBuffer buffer, final int offset, final int length, final Header header) {
        gateway.onControl(buffer, offset, length);
        program.onControl(buffer, offset, length);
    }
}
