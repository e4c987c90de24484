package io.lockstep.transport;

import io.aeron.ChannelUriStringBuilder;
import io.aeron.CommonContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The one place that writes Aeron URIs and stream ids: both ends of every stream, for the medium of a context. Pure
 * text; no driver is asked. {@link Transport} makes the live objects.
 *
 * <p>On {@link Medium#UNICAST} a stream's fixed side is known to the other: members publish by dynamic
 * multi-destination-cast on a control endpoint of their own, and whoever subscribes reports there; gateways publish
 * to the endpoints of all members. Two things follow. Gateways do not hear each other's control messages. And a
 * subscriber reports to a publisher once a second until it is answered (Aeron's PENDING_SETUPS_TIMEOUT_NS), so a new
 * publication may be without subscribers for that long: a standby adds its sequenced publication early.
 *
 * <p>Subscriptions that can recover from elsewhere are untethered: the sequenced stream (from an archive), control
 * (acks are cumulative, requests are repeated) and outputs (asked for again). Ingress is tethered: it is pushed back,
 * never dropped.
 */
public final class Channels {
    private final TransportContext context;
    private final BufferProfile buffers;

    /**
     * The channels of a context.
     *
     * @param context concluded
     */
    public Channels(final TransportContext context) {
        context.requireConcluded();
        this.context = context;
        this.buffers = context.profile().buffers();
    }

    /** Gateway's end of the ingress: reaches every sequencer candidate. */
    public Channel ingressPublication() {
        if (context.medium() != Medium.UNICAST) {
            return sharedPublication(StreamKind.INGRESS);
        }
        final List<String> destinations = context.members(Role.SEQUENCER).stream()
                .map(member -> endpoint(member.ingressEndpoint()))
                .toList();
        return manualPublication(StreamKind.INGRESS, destinations);
    }

    /**
     * Sequencer's end of the ingress, also that of a standby.
     *
     * @param sequencerId of the candidate that listens
     */
    public Channel ingressSubscription(final int sequencerId) {
        if (context.medium() != Medium.UNICAST) {
            return sharedSubscription(StreamKind.INGRESS, true);
        }
        final String endpoint = context.member(Role.SEQUENCER, sequencerId).ingressEndpoint();
        return Channel.of(subscription(StreamKind.INGRESS, true).endpoint(endpoint).build(), StreamKind.INGRESS.id());
    }

    /**
     * Sequencer's end of the log; one exclusive publication per epoch.
     *
     * @param sequencerId of the candidate that publishes
     */
    public Channel sequencedPublication(final int sequencerId) {
        if (context.medium() != Medium.UNICAST) {
            return sharedPublication(StreamKind.SEQUENCED);
        }
        return fanOut(StreamKind.SEQUENCED, context.member(Role.SEQUENCER, sequencerId).sequencedFanOut());
    }

    /** Reader's end of the log: hears every sequencer candidate, an image for each epoch. */
    public Channel sequencedSubscription() {
        if (context.medium() != Medium.UNICAST) {
            return sharedSubscription(StreamKind.SEQUENCED, false);
        }
        final List<String> destinations = context.members(Role.SEQUENCER).stream()
                .map(member -> report(context.host(), member.sequencedFanOut()).build())
                .toList();
        return manualSubscription(StreamKind.SEQUENCED, destinations);
    }

    /**
     * What an Aeron Archive must record so that it records the log, each session of it: on unicast one channel for each
     * sequencer candidate, else one.
     *
     * @param archiveId of the archive; on unicast it must be among the members
     */
    public List<RecordingChannel> sequencedRecordingChannels(final int archiveId) {
        final int streamId = StreamKind.SEQUENCED.id();
        if (context.medium() != Medium.UNICAST) {
            final String uri = sharedSubscription(StreamKind.SEQUENCED, true).uri();
            return List.of(new RecordingChannel(uri, streamId, context.medium() == Medium.IPC));
        }
        final String host = context.member(Role.ARCHIVE, archiveId).host();
        final List<RecordingChannel> recordings = new ArrayList<>();
        for (final Member sequencer : context.members(Role.SEQUENCER)) {
            final String uri = report(host, sequencer.sequencedFanOut())
                    .tether(true)
                    .rejoin(true)
                    .alias(alias(StreamKind.SEQUENCED))
                    .build();
            recordings.add(new RecordingChannel(uri, streamId, false));
        }
        return recordings;
    }

    /**
     * Sending end of control.
     *
     * @param role of who sends
     * @param id of the member that sends; any for a gateway
     */
    public Channel controlPublication(final Role role, final int id) {
        if (context.medium() != Medium.UNICAST) {
            return sharedPublication(StreamKind.CONTROL);
        }
        if (role != Role.GATEWAY) {
            return fanOut(StreamKind.CONTROL, context.member(role, id).controlFanOut());
        }
        final List<String> destinations = context.members().stream()
                .map(member -> endpoint(member.controlEndpoint()))
                .toList();
        return manualPublication(StreamKind.CONTROL, destinations);
    }

    /**
     * Receiving end of control: hears all members, oneself too, and, if a member, all gateways.
     *
     * @param role of who receives
     * @param id of the member that receives; any for a gateway
     */
    public Channel controlSubscription(final Role role, final int id) {
        if (context.medium() != Medium.UNICAST) {
            return sharedSubscription(StreamKind.CONTROL, false);
        }
        final List<String> destinations = new ArrayList<>();
        if (role != Role.GATEWAY) {
            destinations.add(endpoint(context.member(role, id).controlEndpoint()));
        }
        final String host = role == Role.GATEWAY ? context.host() : context.member(role, id).host();
        for (final Member member : context.members()) {
            destinations.add(report(host, member.controlFanOut()).build());
        }
        return manualSubscription(StreamKind.CONTROL, destinations);
    }

    /**
     * Replica's end of the outputs.
     *
     * @param replicaId of the replica that publishes
     */
    public Channel outputPublication(final int replicaId) {
        if (context.medium() != Medium.UNICAST) {
            return sharedPublication(StreamKind.OUTPUT);
        }
        return fanOut(StreamKind.OUTPUT, context.member(Role.REPLICA, replicaId).outputFanOut());
    }

    /** Gateway's end of the outputs: hears every replica. */
    public Channel outputSubscription() {
        if (context.medium() == Medium.MULTICAST) {
            final int replicas = context.members(Role.REPLICA).size();
            final String uri = multicast(subscription(StreamKind.OUTPUT, false), StreamKind.OUTPUT)
                    .receiverWindowLength(buffers.windowLength(replicas))
                    .build();
            return Channel.of(uri, StreamKind.OUTPUT.id());
        }
        if (context.medium() == Medium.IPC) {
            return sharedSubscription(StreamKind.OUTPUT, false);
        }
        final List<String> destinations = context.members(Role.REPLICA).stream()
                .map(member -> report(context.host(), member.outputFanOut()).build())
                .toList();
        return manualSubscription(StreamKind.OUTPUT, destinations);
    }

    /**
     * Reader's end of the requests to one archive's log server.
     *
     * @param archiveId of the archive asked
     */
    public Channel replayRequestPublication(final int archiveId) {
        final int streamId = StreamKind.REPLAY_REQUEST.id(archiveId);
        final ChannelUriStringBuilder uri = publication(StreamKind.REPLAY_REQUEST);
        if (context.medium() != Medium.IPC) {
            uri.endpoint(context.member(Role.ARCHIVE, archiveId).replayRequestEndpoint());
        }
        return Channel.of(uri.build(), streamId);
    }

    /**
     * Log server's end of the requests.
     *
     * @param archiveId of the archive that serves
     */
    public Channel replayRequestSubscription(final int archiveId) {
        final int streamId = StreamKind.REPLAY_REQUEST.id(archiveId);
        final ChannelUriStringBuilder uri = subscription(StreamKind.REPLAY_REQUEST, true);
        if (context.medium() != Medium.IPC) {
            uri.endpoint(context.member(Role.ARCHIVE, archiveId).replayRequestEndpoint());
        }
        return Channel.of(uri.build(), streamId);
    }

    /**
     * Reader's end of a replay. It does not rejoin: a reader that lost its replay asks anew.
     *
     * @param streamId drawn by the reader, unique on its driver
     */
    public Channel replayReplySubscription(final int streamId) {
        final ChannelUriStringBuilder uri = subscription(StreamKind.REPLAY_REPLY, true).rejoin(false);
        if (context.medium() != Medium.IPC) {
            uri.endpoint(hostAndPort(context.host(), 0));
        }
        return Channel.of(uri.build(), streamId);
    }

    /**
     * Log server's end of a replay, built from what a request asks for. A request comes from the network and is not
     * trusted: only a bare unicast endpoint with a numeric address is taken, and on {@link Medium#IPC} only bare IPC.
     *
     * @param requested the reply channel as the request names it
     * @param streamId the reply stream id as the request names it
     * @return the channel, or null where the request is refused
     */
    public Channel replayReplyPublication(final String requested, final int streamId) {
        if (streamId < StreamKind.REPLAY_REPLY.id()) {
            return null;
        }
        final ChannelUriStringBuilder uri = publication(StreamKind.REPLAY_REPLY);
        if (context.medium() == Medium.IPC) {
            return CommonContext.IPC_CHANNEL.equals(requested) ? Channel.of(uri.build(), streamId) : null;
        }
        final String endpoint = ReplyAddress.endpointOf(requested);
        return endpoint == null ? null : Channel.of(uri.endpoint(endpoint).build(), streamId);
    }

    /**
     * Channels of an Aeron Archive's own protocol.
     *
     * @param archiveId of the archive; its member gives the address, except on {@link Medium#IPC}
     */
    public ArchiveChannels archive(final int archiveId) {
        final int controlStreamId = 1200 + archiveId;
        final Channel local = Channel.of(archiveIpc("archive-local-control"), 1300 + archiveId);
        if (context.medium() == Medium.IPC) {
            final Channel response = Channel.of(archiveIpc("archive-control-response"), 1400 + archiveId);
            return new ArchiveChannels(local, null, response, "aeron:udp?endpoint=" + hostAndPort(context.host(), 0));
        }
        final Member member = context.member(Role.ARCHIVE, archiveId);
        final Channel control = Channel.of(archiveUdp(member.archiveControlEndpoint()), controlStreamId);
        final Channel response = Channel.of(archiveUdp(hostAndPort(context.host(), 0)), 1400 + archiveId);
        return new ArchiveChannels(
                local, control, response, "aeron:udp?endpoint=" + hostAndPort(member.host(), 0));
    }

    /** The group of a multicast stream. */
    String group(final StreamKind stream) {
        return Groups.plus(context.multicastGroup(), 2 * stream.multicastIndex());
    }

    static String hostAndPort(final String host, final int port) {
        return (host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host) + ":" + port;
    }

    private Channel sharedPublication(final StreamKind stream) {
        final ChannelUriStringBuilder uri = publication(stream);
        if (context.medium() == Medium.MULTICAST) {
            multicast(uri, stream).ttl(context.multicastTtl());
            group(uri);
        }
        return Channel.of(uri.build(), stream.id());
    }

    private Channel sharedSubscription(final StreamKind stream, final boolean isTethered) {
        final ChannelUriStringBuilder uri = subscription(stream, isTethered);
        if (context.medium() == Medium.MULTICAST) {
            multicast(uri, stream);
        }
        return Channel.of(uri.build(), stream.id());
    }

    private ChannelUriStringBuilder multicast(final ChannelUriStringBuilder uri, final StreamKind stream) {
        return uri.endpoint(group(stream) + ":" + (context.basePort() + stream.multicastIndex()))
                .networkInterface(context.networkInterface());
    }

    private Channel fanOut(final StreamKind stream, final String controlEndpoint) {
        final ChannelUriStringBuilder uri = publication(stream)
                .controlEndpoint(controlEndpoint)
                .controlMode(CommonContext.MDC_CONTROL_MODE_DYNAMIC);
        group(uri);
        return Channel.of(uri.build(), stream.id());
    }

    private Channel manualPublication(final StreamKind stream, final List<String> destinations) {
        final ChannelUriStringBuilder uri = publication(stream).controlMode(CommonContext.MDC_CONTROL_MODE_MANUAL);
        group(uri);
        return new Channel(uri.build(), stream.id(), destinations);
    }

    private Channel manualSubscription(final StreamKind stream, final List<String> destinations) {
        final String uri =
                subscription(stream, false).controlMode(CommonContext.MDC_CONTROL_MODE_MANUAL).build();
        return new Channel(uri, stream.id(), destinations);
    }

    private void group(final ChannelUriStringBuilder uri) {
        uri.flowControl("max").maxResend(context.profile().repair().maxResend());
    }

    private ChannelUriStringBuilder publication(final StreamKind stream) {
        return new ChannelUriStringBuilder()
                .media(media())
                .termLength(buffers.termLength(stream))
                .mtu(buffers.mtuLength())
                .sparse(buffers.isSparse())
                .spiesSimulateConnection(false)
                .linger(context.profile().timeouts().publicationLingerNs())
                .alias(alias(stream));
    }

    private ChannelUriStringBuilder subscription(final StreamKind stream, final boolean isTethered) {
        return new ChannelUriStringBuilder()
                .media(media())
                .tether(isTethered)
                .rejoin(true)
                .reliable(true)
                .alias(alias(stream));
    }

    /** A destination of a subscription: an own port, reporting to a publication's control endpoint. */
    private static ChannelUriStringBuilder report(final String host, final String controlEndpoint) {
        return new ChannelUriStringBuilder()
                .media(CommonContext.UDP_MEDIA)
                .endpoint(hostAndPort(host, 0))
                .controlEndpoint(controlEndpoint)
                .controlMode(CommonContext.MDC_CONTROL_MODE_DYNAMIC);
    }

    private static String endpoint(final String endpoint) {
        return new ChannelUriStringBuilder()
                .media(CommonContext.UDP_MEDIA)
                .endpoint(endpoint)
                .build();
    }

    private String archiveIpc(final String alias) {
        return new ChannelUriStringBuilder()
                .media(CommonContext.IPC_MEDIA)
                .termLength(buffers.controlTermLength())
                .sparse(true)
                .alias(alias)
                .build();
    }

    private String archiveUdp(final String endpoint) {
        return new ChannelUriStringBuilder()
                .media(CommonContext.UDP_MEDIA)
                .endpoint(endpoint)
                .termLength(buffers.controlTermLength())
                .sparse(true)
                .alias("archive-control")
                .build();
    }

    private String media() {
        return context.medium() == Medium.IPC ? CommonContext.IPC_MEDIA : CommonContext.UDP_MEDIA;
    }

    private static String alias(final StreamKind stream) {
        return stream.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
