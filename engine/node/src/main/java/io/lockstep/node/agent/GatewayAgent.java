package io.lockstep.node.agent;

import io.lockstep.core.client.GatewayConfiguration;
import org.agrona.concurrent.Agent;

/** Runs a gateway and, in the same thread, the program that trades through it. */
public final class GatewayAgent implements Agent {
    private final NodeClock clock = new NodeClock();
    private final int gatewayId;
    private final GatewayEnds ends;
    private final GatewayProgram program;

    /**
     * An agent whose ends are open; called on its thread.
     *
     * @param aids what agents of a node share
     * @param gatewayId names the gateway among its kind
     * @param configuration of the gateway
     * @param program that trades
     */
    public GatewayAgent(
            final AgentAids aids,
            final int gatewayId,
            final GatewayConfiguration configuration,
            final GatewayProgram program) {
        this.gatewayId = gatewayId;
        this.program = program;
        this.ends = new GatewayEnds(aids, gatewayId, configuration, program);
    }

    @Override
    public int doWork() {
        final long nanoTime = clock.nanoTime();
        return ends.poll(nanoTime) + program.onDutyCycle(ends.gateway(), nanoTime, ends.isLive());
    }

    @Override
    public String roleName() {
        return "gateway-" + gatewayId;
    }

    @Override
    public void onClose() {
        ends.close();
    }

    public GatewayEnds ends() {
        return ends;
    }
}
