package io.lockstep.core.sequencer;

/** When a gateway was last heard and how many sessions depend on it. */
final class GatewayLiveness {
    final long gatewayIncarnation;
    long lastHeardNs;
    int sessions;

    GatewayLiveness(final long gatewayIncarnation, final long lastHeardNs) {
        this.gatewayIncarnation = gatewayIncarnation;
        this.lastHeardNs = lastHeardNs;
    }
}
