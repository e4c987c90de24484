package io.lockstep.archive.record;

import io.aeron.Aeron;
import io.aeron.Publication;
import io.aeron.Subscription;
import io.aeron.archive.client.AeronArchive;
import io.lockstep.transport.RecordingChannel;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.NoOpLock;

/** What an {@link ArchiveAgent} needs to know. Filled by one thread, frozen by {@link #conclude()}. */
public final class ArchiveAgentContext {
    /** 1 s: longer than a roll-over of a segment, a garbage collection or a slow fsync. */
    public static final long DEFAULT_STALL_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(1);

    /**
     * 20 us: up to 50,000 entries a second each has its own ack at once; beyond, acks stand for several, so that three
     * archives do not send more datagrams than the sequencer.
     */
    public static final long DEFAULT_ACK_SPACING_NS = TimeUnit.MICROSECONDS.toNanos(20);

    /** 10 ms: what a latecomer waits at most for the commit. */
    public static final long DEFAULT_ACK_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(10);

    /** 5 s for a request to an archive, and for a repair without progress. */
    public static final long DEFAULT_REQUEST_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(5);

    private static final long REPAIR_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final int RESPONSE_STREAM_ID = 20;

    private Aeron aeron;
    private Path directory;
    private int clusterId = -1;
    private int archiveId = -1;
    private long incarnation;
    private int syncLevel;
    private String localControlChannel = "aeron:ipc";
    private int localControlStreamId = 11;
    private String peerResponseChannel = "aeron:udp?endpoint=localhost:0";
    private List<RecordingChannel> recorded = List.of();
    private Publication controlPublication;
    private Subscription controlSubscription;
    private List<ArchivePeer> peers = List.of();
    private SealRegister sealRegister;
    private ArchiveListener listener = ArchiveListener.SILENT;
    private long stallTimeoutNs = DEFAULT_STALL_TIMEOUT_NS;
    private long ackSpacingNs = DEFAULT_ACK_SPACING_NS;
    private long ackIntervalNs = DEFAULT_ACK_INTERVAL_NS;
    private long requestTimeoutNs = DEFAULT_REQUEST_TIMEOUT_NS;
    private boolean concluded;

    /**
     * Aeron client of the agent's thread, on the archive's driver. Required; stays the caller's.
     *
     * @param value client
     */
    public ArchiveAgentContext aeron(final Aeron value) {
        open();
        aeron = value;
        return this;
    }

    /**
     * Directory of the archive. Required.
     *
     * @param value directory
     */
    public ArchiveAgentContext directory(final Path value) {
        open();
        directory = value;
        return this;
    }

    /**
     * Cluster and archive that messages name. Required.
     *
     * @param cluster 0 or more
     * @param archive 1 or more, also the id of the Aeron Archive
     */
    public ArchiveAgentContext identity(final int cluster, final int archive) {
        open();
        clusterId = cluster;
        archiveId = archive;
        return this;
    }

    /**
     * Names this start of the archive; drawn at random by default.
     *
     * @param value not 0
     */
    public ArchiveAgentContext incarnation(final long value) {
        open();
        incarnation = value;
        return this;
    }

    /**
     * Sync level of the archive: from 1 on, what is recorded is also synced. 0 by default.
     *
     * @param value 0 to 2
     */
    public ArchiveAgentContext syncLevel(final int value) {
        open();
        syncLevel = value;
        return this;
    }

    /**
     * Control of the archive beside this agent, as in {@link ArchiveHostContext#localControl}.
     *
     * @param uri IPC channel
     * @param streamId of the control
     */
    public ArchiveAgentContext localControl(final String uri, final int streamId) {
        open();
        localControlChannel = uri;
        localControlStreamId = streamId;
        return this;
    }

    /**
     * The sequenced stream as the archive is to record it. Required.
     *
     * @param value one channel, or one for each candidate where nothing is multicast; of one stream id
     */
    public ArchiveAgentContext recorded(final List<RecordingChannel> value) {
        open();
        recorded = List.copyOf(value);
        return this;
    }

    /**
     * Both ends of the control stream. Required; they stay the caller's.
     *
     * @param publication for acks and answers to seals
     * @param subscription for seals
     */
    public ArchiveAgentContext control(final Publication publication, final Subscription subscription) {
        open();
        controlPublication = publication;
        controlSubscription = subscription;
        return this;
    }

    /**
     * Archives to repair from, asked in turn. None by default.
     *
     * @param value peers
     * @param responseChannel on which they answer; UDP, port 0 for any
     */
    public ArchiveAgentContext peers(final List<ArchivePeer> value, final String responseChannel) {
        open();
        peers = List.copyOf(value);
        peerResponseChannel = responseChannel;
        return this;
    }

    /**
     * Remembers seals; in memory by default.
     *
     * @param value register
     */
    public ArchiveAgentContext sealRegister(final SealRegister value) {
        open();
        sealRegister = value;
        return this;
    }

    /**
     * Told of what happens; nobody by default.
     *
     * @param value listener
     */
    public ArchiveAgentContext listener(final ArchiveListener value) {
        open();
        listener = value;
        return this;
    }

    /**
     * How long a recording may stand still behind the stream.
     *
     * @param value nanoseconds, {@link #DEFAULT_STALL_TIMEOUT_NS} by default
     */
    public ArchiveAgentContext stallTimeoutNs(final long value) {
        open();
        stallTimeoutNs = value;
        return this;
    }

    /**
     * The least time between two acks that say something new. Each is a datagram to everybody: what a host can send is
     * better spent on entries.
     *
     * @param value nanoseconds, {@link #DEFAULT_ACK_SPACING_NS} by default; 0 for an ack each duty cycle
     */
    public ArchiveAgentContext ackSpacingNs(final long value) {
        open();
        ackSpacingNs = value;
        return this;
    }

    /**
     * How often an ack that says nothing new is repeated.
     *
     * @param value nanoseconds, {@link #DEFAULT_ACK_INTERVAL_NS} by default
     */
    public ArchiveAgentContext ackIntervalNs(final long value) {
        open();
        ackIntervalNs = value;
        return this;
    }

    /**
     * How long an archive may take to answer, and a repair to make progress.
     *
     * @param value nanoseconds, {@link #DEFAULT_REQUEST_TIMEOUT_NS} by default
     */
    public ArchiveAgentContext requestTimeoutNs(final long value) {
        open();
        requestTimeoutNs = value;
        return this;
    }

    /**
     * Checks everything and freezes.
     *
     * @throws IllegalArgumentException that names every fault
     */
    public ArchiveAgentContext conclude() {
        open();
        final List<String> faults = new ArrayList<>();
        check(aeron != null, "aeron is missing", faults);
        check(directory != null, "directory is missing", faults);
        check(clusterId >= 0, "clusterId=" + clusterId + " is below 0", faults);
        check(archiveId > 0, "archiveId=" + archiveId + " is below 1", faults);
        check(syncLevel >= 0 && syncLevel <= 2, "syncLevel=" + syncLevel + " is not within 0 to 2", faults);
        check(localControlChannel != null, "localControl is missing", faults);
        check(!recorded.isEmpty(), "recorded is missing", faults);
        check(controlPublication != null && controlSubscription != null, "control is missing", faults);
        check(stallTimeoutNs > 0, "stallTimeoutNs=" + stallTimeoutNs + " is not above 0", faults);
        check(ackSpacingNs >= 0, "ackSpacingNs=" + ackSpacingNs + " is below 0", faults);
        check(ackIntervalNs > 0, "ackIntervalNs=" + ackIntervalNs + " is not above 0", faults);
        check(requestTimeoutNs > 0, "requestTimeoutNs=" + requestTimeoutNs + " is not above 0", faults);
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException("archive agent: " + String.join("; ", faults));
        }
        if (sealRegister == null) {
            sealRegister = SealRegister.inMemory();
        }
        while (incarnation == 0) {
            incarnation = new SecureRandom().nextLong();
        }
        concluded = true;
        return this;
    }

    AeronArchive.Context controlContext() {
        return new AeronArchive.Context()
                .aeron(aeron)
                .ownsAeronClient(false)
                .lock(NoOpLock.INSTANCE)
                .messageTimeoutNs(requestTimeoutNs)
                .controlRequestChannel(localControlChannel)
                .controlRequestStreamId(localControlStreamId)
                .controlResponseChannel("aeron:ipc")
                .controlResponseStreamId(RESPONSE_STREAM_ID)
                .errorHandler(this::onControlError);
    }

    void onControlError(final Throwable error) {
        listener.onError("archive control: " + error.getMessage());
    }

    Aeron aeron() {
        return aeron;
    }

    Path directory() {
        return directory;
    }

    int clusterId() {
        return clusterId;
    }

    int archiveId() {
        return archiveId;
    }

    long incarnation() {
        return incarnation;
    }

    boolean isSynced() {
        return syncLevel > 0;
    }

    List<RecordingChannel> recorded() {
        return recorded;
    }

    int recordedStreamId() {
        return recorded.get(0).streamId();
    }

    Publication controlPublication() {
        return controlPublication;
    }

    Subscription controlSubscription() {
        return controlSubscription;
    }

    List<ArchivePeer> peers() {
        return peers;
    }

    String peerResponseChannel() {
        return peerResponseChannel;
    }

    SealRegister sealRegister() {
        return sealRegister;
    }

    ArchiveListener listener() {
        return listener;
    }

    long stallTimeoutNs() {
        return stallTimeoutNs;
    }

    long ackSpacingNs() {
        return ackSpacingNs;
    }

    long ackIntervalNs() {
        return ackIntervalNs;
    }

    long requestTimeoutNs() {
        return requestTimeoutNs;
    }

    long repairTimeoutNs() {
        return requestTimeoutNs;
    }

    long repairPauseNs() {
        return REPAIR_PAUSE_NS;
    }

    boolean isConcluded() {
        return concluded;
    }

    private void open() {
        if (concluded) {
            throw new IllegalStateException("archive agent: the context is concluded");
        }
    }

    private static void check(final boolean holds, final String fault, final List<String> faults) {
        if (!holds) {
            faults.add(fault);
        }
    }
}
