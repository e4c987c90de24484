package io.lockstep.archive.read;

import io.aeron.ChannelUri;
import io.aeron.ChannelUriStringBuilder;
import io.aeron.CommonContext;

/**
 * Turns the channel that a reader asks to be answered on into the one the server publishes on. What comes from the wire
 * chooses an endpoint and nothing else: no other driver parameter is taken over.
 */
final class ReplyChannel {
    private static final int MAX_ENDPOINT_LENGTH = 256;

    private ReplyChannel() {}

    /**
     * The channel to publish on.
     *
     * @param asked by the reader
     * @param termLength of the publication
     * @return null if what was asked is no UDP endpoint and no shared memory
     */
    static String of(final String asked, final int termLength) {
        final ChannelUri uri;
        try {
            uri = ChannelUri.parse(asked);
        } catch (final IllegalArgumentException e) {
            // Bytes of a stranger; refused and counted by the caller.
            return null;
        }
        final ChannelUriStringBuilder reply =
                new ChannelUriStringBuilder().media(uri.media()).termLength(termLength).sparse(true);
        if (uri.prefix() != null && !uri.prefix().isEmpty()) {
            return null;
        }
        if (uri.isIpc()) {
            return reply.build();
        }
        final String endpoint = uri.get(CommonContext.ENDPOINT_PARAM_NAME);
        return uri.isUdp() && isPlain(endpoint) ? reply.endpoint(endpoint).build() : null;
    }

    private static boolean isPlain(final String endpoint) {
        if (endpoint == null || endpoint.length() > MAX_ENDPOINT_LENGTH || endpoint.indexOf(':') < 0) {
            return false;
        }
        for (int i = 0; i < endpoint.length(); i++) {
            final char c = endpoint.charAt(i);
            final boolean isNameOrAddress = (c >= '0' && c <= '9')
                    || (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || ".:-_[]%".indexOf(c) >= 0;
            if (!isNameOrAddress) {
                return false;
            }
        }
        return true;
    }
}
