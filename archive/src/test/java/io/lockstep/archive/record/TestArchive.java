package io.lockstep.archive.record;

import io.aeron.Aeron;
import io.aeron.Publication;
import io.aeron.Subscription;
import io.aeron.archive.status.RecordingPos;
import io.aeron.driver.MediaDriver;
import io.lockstep.archive.read.LogServer;
import io.lockstep.archive.read.LogServerContext;
import io.lockstep.transport.RecordingChannel;
import java.nio.file.Path;
import java.util.List;
import org.agrona.CloseHelper;

/**
 * One archive host as it would run in a process of its own: driver, archive, agent and log server. Polled by the
 * test.
 */
public final class TestArchive implements AutoCloseable, Runnable {
    private final TestNetwork network;
    private final Path directory;
    private final int id;
    private final MediaDriver driver;
    private final ArchiveHost host;
    private final Aeron aeron;
    private final ArchiveAgent agent;
    private final LogServer server;
    private final RecordingCounters counters;

    public TestArchive(
            final TestNetwork network,
            final Path directory,
            final int id,
            final List<ArchivePeer> peers,
            final ArchiveListener listener) {
        this.network = network;
        this.directory = directory;
        this.id = id;
        driver = TestNetwork.driver();
        host = ArchiveHost.launch(
                new ArchiveHostContext()
                        .directory(directory)
                        .aeronDirectoryName(driver.aeronDirectoryName())
                        .archiveId(id)
                        .segmentLengthBytes(128 * 1024)
                        .lowStorageThresholdBytes(0)
                        .control(network.archiveControl(id), 10),
                error -> listener.onError("archive: " + error));
        // A crash takes the driver away; the default handler would end the JVM of the test then.
        aeron = Aeron.connect(new Aeron.Context()
                .aeronDirectoryName(driver.aeronDirectoryName())
                .errorHandler(error -> listener.onError("client: " + error)));
        counters = new RecordingCounters(aeron.countersReader(), id);
        final Publication control = aeron.addPublication(network.control(), TestNetwork.CONTROL_STREAM);
        final Subscription seals = aeron.addSubscription(network.control(), TestNetwork.CONTROL_STREAM);
        agent = new ArchiveAgent(new ArchiveAgentContext()
                .aeron(aeron)
                .directory(directory)
                .identity(TestEntries.CLUSTER_ID, id)
                .recorded(List.of(
                        new RecordingChannel(network.sequencedForSubscribers(), TestNetwork.SEQUENCED_STREAM, false)))
                .control(control, seals)
                .peers(peers, "aeron:udp?endpoint=localhost:0")
                .listener(listener));
        server = new LogServer(new LogServerContext()
                .aeron(aeron)
                .directory(directory)
                .identity(TestEntries.CLUSTER_ID, id)
                .recordedPositions(counters)
                .replyChannels(TestNetwork::replyChannel)
                .requests(aeron.addSubscription(network.request(id), TestNetwork.REQUEST_STREAM)));
    }

    /** One duty cycle of agent and log server. */
    @Override
    public void run() {
        agent.doWork();
        server.doWork();
    }

    public ArchiveAgent agent() {
        return agent;
    }

    public LogServer server() {
        return server;
    }

    public RecordingCounters counters() {
        return counters;
    }

    public Path directory() {
        return directory;
    }

    public ArchivePeer asPeer() {
        return new ArchivePeer(network.archiveControl(id), 10);
    }

    public static ArchivePeer peer(final TestNetwork network, final int id) {
        return new ArchivePeer(network.archiveControl(id), 10);
    }

    /**
     * Tells whether a publication is being recorded. One that is not yet when it begins is not recorded from its
     * beginning.
     */
    public boolean isRecording(final int sessionId) {
        return RecordingPos.findCounterIdBySession(aeron.countersReader(), sessionId, id) >= 0;
    }

    /** Waits until the sequenced stream is being recorded, so that the next epoch is recorded from its beginning. */
    public void awaitSubscribed() {
        Await.until("archive " + id + " records", this, () -> agent.isFollowing());
    }

    @Override
    public void close() {
        agent.onClose();
        server.onClose();
        CloseHelper.closeAll(aeron, host, driver);
    }

    /**
     * Takes the driver away from under a running archive and leaves everything as it is, like a crash of the process.
     */
    public void crash() {
        CloseHelper.quietClose(driver);
        host.abandon();
    }
}
