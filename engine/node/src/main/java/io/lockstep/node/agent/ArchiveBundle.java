package io.lockstep.node.agent;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Subscription;
import io.aeron.archive.ArchiveThreadingMode;
import io.lockstep.archive.read.LogServer;
import io.lockstep.archive.read.LogServerContext;
import io.lockstep.archive.record.ArchiveAgent;
import io.lockstep.archive.record.ArchiveAgentContext;
import io.lockstep.archive.record.ArchiveHost;
import io.lockstep.archive.record.ArchiveHostContext;
import io.lockstep.archive.record.ArchiveListener;
import io.lockstep.archive.record.ArchivePeer;
import io.lockstep.archive.record.FileSealRegister;
import io.lockstep.archive.record.RecordingCounters;
import io.lockstep.node.config.NodeConfiguration;
import io.lockstep.node.trace.AckTap;
import io.lockstep.transport.ArchiveChannels;
import io.lockstep.transport.Member;
import io.lockstep.transport.Role;
import io.lockstep.transport.Transport;
import io.lockstep.transport.TransportDriver;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.CloseHelper;
import org.agrona.concurrent.Agent;

/**
 * One archive of a node: the Aeron Archive that records, the agent that acknowledges, the server that hands out
 * history.
 */
public final class ArchiveBundle implements Agent {
    private final int archiveId;
    private final ArchiveHost host;
    private final ArchiveAgent agent;
    private final LogServer server;
    private final AckTap ackTap;
    private final List<AutoCloseable> ends = new ArrayList<>();

    /**
     * Starts an archive; called on its thread, while another thread runs the driver.
     *
     * @param recording what agents of the thread share on the driver whose images the archive records
     * @param talking the same on the driver that carries what it says and hands out; may be the same
     * @param driver the archive uses, which another thread runs
     * @param configuration of the node
     * @param archiveId of the archive
     * @param incarnation of this start
     */
    public ArchiveBundle(
            final AgentAids recording,
            final AgentAids talking,
            final TransportDriver driver,
            final NodeConfiguration configuration,
            final int archiveId,
            final long incarnation) {
        this.archiveId = archiveId;
        final Transport transport = talking.transport();
        final Aeron recorded = recording.transport().aeron();
        final ArchiveChannels channels = transport.channels().archive(archiveId);
        final Path directory = configuration.archiveDirectory(archiveId);
        final AgentListener listener = talking.listener();
        host = ArchiveHost.launch(
                hostContext(configuration, driver, channels, archiveId, directory),
                error -> listener.onWarning(roleName(), error.toString()));
        final ExclusivePublication control = transport.controlPublication(Role.ARCHIVE, archiveId);
        final Subscription controlSubscription = transport.addControlSubscription(Role.ARCHIVE, archiveId);
        final Subscription requests = transport.addReplayRequestSubscription(archiveId);
        ends.add(requests);
        ends.add(controlSubscription);
        final FileSealRegister seals = new FileSealRegister(directory);
        ends.add(seals);
        agent = new ArchiveAgent(new ArchiveAgentContext()
                .aeron(recorded)
                .directory(directory)
                .identity(configuration.clusterId(), archiveId)
                .incarnation(incarnation)
                .syncLevel(configuration.archiveSync())
                .sealRegister(seals)
                .localControl(channels.localControl().uri(), channels.localControl().streamId())
                .recorded(transport.sequencedRecordingChannels(archiveId))
                .control(control, controlSubscription)
                .peers(peers(transport, archiveId), channels.controlResponse().uri())
                .listener(new Reports(roleName(), listener)));
        ackTap = talking.hops().taps(archiveId).acks(agent);
        server = new LogServer(new LogServerContext()
                .aeron(transport.aeron())
                .directory(directory)
                .identity(configuration.clusterId(), archiveId)
                .recordedPositions(new RecordingCounters(recorded.countersReader(), archiveId))
                .requests(requests)
                .replyChannels(transport.channels()::replayReplyPublication));
    }

    @Override
    public void onStart() {
        agent.onStart();
        server.onStart();
    }

    @Override
    public int doWork() throws Exception {
        final int work = host.invoker().invoke() + (ackTap == null ? agent.doWork() : ackTap.doWork());
        return work + server.doWork();
    }

    @Override
    public String roleName() {
        return "archive-" + archiveId;
    }

    @Override
    public void onClose() {
        final List<AutoCloseable> parts = new ArrayList<>();
        parts.add(server::onClose);
        parts.add(agent::onClose);
        parts.addAll(ends);
        parts.add(host);
        CloseHelper.closeAll(parts);
    }

    /** The agent that acknowledges; read its place from other threads only for display. */
    public ArchiveAgent agent() {
        return agent;
    }

    private static ArchiveHostContext hostContext(
            final NodeConfiguration configuration,
            final TransportDriver driver,
            final ArchiveChannels channels,
            final int archiveId,
            final Path directory) {
        final ArchiveHostContext context = new ArchiveHostContext()
                .directory(directory)
                .aeronDirectoryName(driver.directory())
                .archiveId(archiveId)
                .threadingMode(ArchiveThreadingMode.INVOKER)
                .syncLevel(configuration.archiveSync())
                .segmentLengthBytes(configuration.segmentBytes())
                .localControl(channels.localControl().uri(), channels.localControl().streamId())
                .replicationChannel(channels.replication());
        if (channels.control() != null) {
            context.control(channels.control().uri(), channels.control().streamId());
        }
        return context;
    }

    private static List<ArchivePeer> peers(final Transport transport, final int archiveId) {
        final List<ArchivePeer> peers = new ArrayList<>();
        for (final Member member : transport.context().members(Role.ARCHIVE)) {
            final ArchiveChannels channels = transport.channels().archive(member.id());
            if (member.id() != archiveId && channels.control() != null) {
                peers.add(new ArchivePeer(
                        channels.control().uri(), channels.control().streamId()));
            }
        }
        return peers;
    }

    /** Puts what an archive reports into sentences. */
    private record Reports(String role, AgentListener listener) implements ArchiveListener {
        @Override
        public void onStalled(final long epoch, final long recordedPosition, final long streamPosition) {
            listener.onWarning(role, "recording stands still: epoch=" + epoch + " recorded=" + recordedPosition
                    + " stream=" + streamPosition + "; it counts no more until it is repaired");
        }

        @Override
        public void onRecordingIgnored(final long recordingId, final long epoch) {
            listener.onWarning(role, "recording " + recordingId + " is not acknowledged: epoch=" + epoch);
        }

        @Override
        public void onError(final String message) {
            listener.onWarning(role, message);
        }
    }
}
