package io.lockstep.archive.read;

import io.lockstep.transport.Channel;

/** Turns the channel that a stranger's request names into one a log server may publish on. */
@FunctionalInterface
public interface ReplyChannels {
    /**
     * The channel to publish on; {@code Channels#replayReplyPublication} of the transport is meant to be this.
     *
     * @param requested channel as the request names it; not to be trusted
     * @param streamId as the request names it
     * @return null if it is not to be served
     */
    Channel of(String requested, int streamId);
}
