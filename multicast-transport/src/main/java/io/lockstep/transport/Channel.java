package io.lockstep.transport;

import java.util.List;

/**
 * One end of a stream as Aeron wants it told.
 *
 * @param uri of the publication or subscription
 * @param streamId of the stream
 * @param destinations to be added to it, in order; empty unless the uri has {@code control-mode=manual}
 */
public record Channel(String uri, int streamId, List<String> destinations) {
    /** Copies the list. */
    public Channel {
        destinations = List.copyOf(destinations);
    }

    static Channel of(final String uri, final int streamId) {
        return new Channel(uri, streamId, List.of());
    }
}
