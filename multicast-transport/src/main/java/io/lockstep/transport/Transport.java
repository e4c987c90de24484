package io.lockstep.transport;

import io.aeron.Aeron;
import io.aeron.AvailableImageHandler;
import io.aeron.ExclusivePublication;
import io.aeron.Subscription;
import io.aeron.UnavailableImageHandler;
import java.util.List;
import org.agrona.CloseHelper;

/**
 * Makes the live ends of all streams on one Aeron client, with their destinations. Called by the thread that owns the
 * client; each call waits for the driver's answer, so all ends are made before traffic starts, except replay replies.
 *
 * <p>Image handlers run on the client's conductor: with a conductor thread of its own that is another thread than the
 * one that polls. A handler may be null.
 */
public final class Transport {
    private final Aeron aeron;
    private final TransportContext context;
    private final Channels channels;
    private ExclusivePublication control;

    /**
     * The ends of a context's streams.
     *
     * @param aeron client that will own them; closed by its owner
     * @param context concluded
     */
    public Transport(final Aeron aeron, final TransportContext context) {
        this.aeron = aeron;
        this.context = context;
        this.channels = new Channels(context);
    }

    /** The client that owns the ends. */
    public Aeron aeron() {
        return aeron;
    }

    /** Where the streams run. */
    public TransportContext context() {
        return context;
    }

    /** The URIs behind the ends. */
    public Channels channels() {
        return channels;
    }

    /** Gateway's end of the ingress. */
    public ExclusivePublication addIngressPublication() {
        return publish(channels.ingressPublication());
    }

    /**
     * Sequencer's end of the ingress, also that of a standby: an image for each gateway.
     *
     * @param sequencerId of the candidate that listens
     */
    public Subscription addIngressSubscription(final int sequencerId) {
        return subscribe(channels.ingressSubscription(sequencerId), null, null);
    }

    /**
     * Sequencer's end of the log: a new one for each epoch, from position 0, with a session-id of its own.
     *
     * @param sequencerId of the candidate that publishes
     */
    public ExclusivePublication addSequencedPublication(final int sequencerId) {
        return publish(channels.sequencedPublication(sequencerId));
    }

    /** Reader's end of the log: an image for each epoch. */
    public Subscription addSequencedSubscription() {
        return addSequencedSubscription(null, null);
    }

    /**
     * Reader's end of the log: an image for each epoch.
     *
     * @param onAvailable hears of a new image, or null
     * @param onUnavailable hears of a lost image, or null
     */
    public Subscription addSequencedSubscription(
            final AvailableImageHandler onAvailable, final UnavailableImageHandler onUnavailable) {
        return subscribe(channels.sequencedSubscription(), onAvailable, onUnavailable);
    }

    /**
     * See {@link Channels#sequencedRecordingChannels}.
     *
     * @param archiveId of the archive that records
     */
    public List<RecordingChannel> sequencedRecordingChannels(final int archiveId) {
        return channels.sequencedRecordingChannels(archiveId);
    }

    /**
     * Sending end of control. Where all members share one group, the roles on one client share one end, since each one
     * more costs the driver time in each of its turns, and every subscriber an image. It is closed with the client and
     * not by whoever asked for it.
     *
     * @param role of who sends
     * @param id of the member that sends; any for a gateway
     */
    public ExclusivePublication controlPublication(final Role role, final int id) {
        if (context.medium() == Medium.UNICAST) {
            return publish(channels.controlPublication(role, id));
        }
        if (control == null) {
            control = publish(channels.controlPublication(role, id));
        }
        return control;
    }

    /**
     * Receiving end of control.
     *
     * @param role of who receives
     * @param id of the member that receives; any for a gateway
     */
    public Subscription addControlSubscription(final Role role, final int id) {
        return subscribe(channels.controlSubscription(role, id), null, null);
    }

    /**
     * Replica's end of the outputs.
     *
     * @param replicaId of the replica that publishes
     */
    public ExclusivePublication addOutputPublication(final int replicaId) {
        return publish(channels.outputPublication(replicaId));
    }

    /** Gateway's end of the outputs: an image for each replica. */
    public Subscription addOutputSubscription() {
        return subscribe(channels.outputSubscription(), null, null);
    }

    /**
     * Reader's end of the requests to one archive's log server.
     *
     * @param archiveId of the archive asked
     */
    public ExclusivePublication addReplayRequestPublication(final int archiveId) {
        return publish(channels.replayRequestPublication(archiveId));
    }

    /**
     * Log server's end of the requests.
     *
     * @param archiveId of the archive that serves
     */
    public Subscription addReplayRequestSubscription(final int archiveId) {
        return subscribe(channels.replayRequestSubscription(archiveId), null, null);
    }

    /** Reader's end of one replay, on a port and stream id of its own. */
    public ReplayReplySubscription addReplayReplySubscription() {
        return addReplayReplySubscription(null, null);
    }

    /**
     * Reader's end of one replay, on a port and stream id of its own.
     *
     * @param onAvailable hears of the image, or null
     * @param onUnavailable hears of its end, or null
     */
    public ReplayReplySubscription addReplayReplySubscription(
            final AvailableImageHandler onAvailable, final UnavailableImageHandler onUnavailable) {
        final int base = StreamKind.REPLAY_REPLY.id();
        final int streamId = base | (int) (aeron.nextCorrelationId() & (base - 1));
        final Subscription subscription =
                subscribe(channels.replayReplySubscription(streamId), onAvailable, onUnavailable);
        return new ReplayReplySubscription(subscription, context.medium() == Medium.IPC);
    }

    /**
     * Log server's end of a replay.
     *
     * @param requested the reply channel as the request names it; not trusted
     * @param streamId the reply stream id as the request names it; not trusted
     * @return the publication, or null where the request asks for something else than a bare endpoint
     */
    public ExclusivePublication addReplayReplyPublication(final String requested, final int streamId) {
        final Channel channel = channels.replayReplyPublication(requested, streamId);
        return channel == null ? null : publish(channel);
    }

    private ExclusivePublication publish(final Channel channel) {
        final ExclusivePublication publication = aeron.addExclusivePublication(channel.uri(), channel.streamId());
        try {
            channel.destinations().forEach(publication::addDestination);
        } catch (final RuntimeException e) {
            CloseHelper.quietClose(publication);
            throw e;
        }
        return publication;
    }

    private Subscription subscribe(
            final Channel channel,
            final AvailableImageHandler onAvailable,
            final UnavailableImageHandler onUnavailable) {
        final Subscription subscription =
                aeron.addSubscription(channel.uri(), channel.streamId(), onAvailable, onUnavailable);
        try {
            channel.destinations().forEach(subscription::addDestination);
        } catch (final RuntimeException e) {
            CloseHelper.quietClose(subscription);
            throw e;
        }
        return subscription;
    }
}
