package io.lockstep.core.sequencer;

/** When a gateway was last heard, how many sessions depend on it, and which of its requests have been stamped. */
final class GatewayLiveness {
    final long gatewayIncarnation;
    long lastHeardNs;
    long lastRequestId;
    int sessions;

    GatewayLiveness(final long gatewayIncarnation) {
        this.gatewayIncarnation = gatewayIncarnation;
    }
}
