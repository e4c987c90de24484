package io.lockstep.transport;

import io.aeron.CommonContext;
import io.aeron.Subscription;
import java.util.List;

/**
 * Reader's end of one replay: the subscription, and what the reader writes into its request so that the log server
 * finds it. Used by the thread that polls the subscription.
 */
public final class ReplayReplySubscription implements AutoCloseable {
    private final Subscription subscription;
    private final boolean isIpc;
    private String channel;

    ReplayReplySubscription(final Subscription subscription, final boolean isIpc) {
        this.subscription = subscription;
        this.isIpc = isIpc;
    }

    /** To be polled. */
    public Subscription subscription() {
        return subscription;
    }

    /** The reply stream id for the request. */
    public int streamId() {
        return subscription.streamId();
    }

    /**
     * The reply channel for the request.
     *
     * @return null while the driver has not bound the port yet; ask again in the next duty cycle
     */
    public String channel() {
        if (channel == null) {
            if (isIpc) {
                channel = CommonContext.IPC_CHANNEL;
            } else {
                final List<String> addresses = subscription.localSocketAddresses();
                channel = addresses.isEmpty() ? null : "aeron:udp?endpoint=" + addresses.get(0);
            }
        }
        return channel;
    }

    @Override
    public void close() {
        subscription.close();
    }
}
