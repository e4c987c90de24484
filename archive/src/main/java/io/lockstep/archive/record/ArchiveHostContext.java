package io.lockstep.archive.record;

import io.aeron.archive.ArchiveThreadingMode;
import io.lockstep.transport.ArchiveChannels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.BitUtil;
import org.agrona.concurrent.AgentInvoker;

/** What an {@link ArchiveHost} needs to know. Filled by one thread, frozen by {@link #conclude()}. */
public final class ArchiveHostContext {
    /** Files are left to the page cache: an ack says QUORUM, not QUORUM_SYNCED. */
    public static final int DEFAULT_SYNC_LEVEL = 0;

    /** 64 MiB: small enough that a roll-over is no visible pause, large enough to be rare. */
    public static final int DEFAULT_SEGMENT_LENGTH_BYTES = 64 * 1024 * 1024;

    /** 256 MiB: below it the archive refuses new recordings. */
    public static final long DEFAULT_LOW_STORAGE_THRESHOLD_BYTES = 256L * 1024 * 1024;

    private Path directory;
    private String aeronDirectoryName;
    private long archiveId = -1;
    private ArchiveThreadingMode threadingMode = ArchiveThreadingMode.SHARED;
    private AgentInvoker mediaDriverInvoker;
    private int syncLevel = DEFAULT_SYNC_LEVEL;
    private int segmentLengthBytes = DEFAULT_SEGMENT_LENGTH_BYTES;
    private long lowStorageThresholdBytes = DEFAULT_LOW_STORAGE_THRESHOLD_BYTES;
    private String localControlChannel = "aeron:ipc";
    private int localControlStreamId = 11;
    private String controlChannel;
    private int controlStreamId = 10;
    private String replicationChannel = "aeron:udp?endpoint=localhost:0";
    private boolean concluded;

    /**
     * Directory of catalogue, mark file and segments; made if missing. Required.
     *
     * @param value directory
     */
    public ArchiveHostContext directory(final Path value) {
        open();
        directory = value;
        return this;
    }

    /**
     * Directory of the media driver the archive uses. Required.
     *
     * @param value directory
     */
    public ArchiveHostContext aeronDirectoryName(final String value) {
        open();
        aeronDirectoryName = value;
        return this;
    }

    /**
     * Identity among the archives of the cluster, 1 or more. Required.
     *
     * @param value id
     */
    public ArchiveHostContext archiveId(final long value) {
        open();
        archiveId = value;
        return this;
    }

    /**
     * {@code SHARED} (its own thread; default) or {@code INVOKER} (the owner calls {@link ArchiveHost#invoker()}).
     *
     * @param value mode
     */
    public ArchiveHostContext threadingMode(final ArchiveThreadingMode value) {
        open();
        threadingMode = value;
        return this;
    }

    /**
     * Invoker of a media driver that runs on the archive's thread; only with {@code INVOKER}. None by default.
     *
     * @param value invoker
     */
    public ArchiveHostContext mediaDriverInvoker(final AgentInvoker value) {
        open();
        mediaDriverInvoker = value;
        return this;
    }

    /**
     * What is forced to disk before the recorded position moves: 0 nothing (default), 1 data, 2 data and file metadata.
     *
     * @param value 0 to 2
     */
    public ArchiveHostContext syncLevel(final int value) {
        open();
        syncLevel = value;
        return this;
    }

    /**
     * Length of each file of a recording; a power of two, at least 64 KiB and at least a term.
     *
     * @param value bytes
     */
    public ArchiveHostContext segmentLengthBytes(final int value) {
        open();
        segmentLengthBytes = value;
        return this;
    }

    /**
     * Free space below which no recording is begun.
     *
     * @param value bytes, 0 or more
     */
    public ArchiveHostContext lowStorageThresholdBytes(final long value) {
        open();
        lowStorageThresholdBytes = value;
        return this;
    }

    /**
     * Control channel for the agent beside the archive, over the driver's shared memory.
     *
     * @param uri IPC channel; {@code aeron:ipc} by default
     * @param streamId own per archive where several share a driver; 11 by default
     */
    public ArchiveHostContext localControl(final String uri, final int streamId) {
        open();
        localControlChannel = uri;
        localControlStreamId = streamId;
        return this;
    }

    /**
     * Control channel for peers that repair from this archive.
     *
     * @param uri UDP channel, or null (default) where no peer may ask
     * @param streamId 10 by default
     */
    public ArchiveHostContext control(final String uri, final int streamId) {
        open();
        controlChannel = uri;
        controlStreamId = streamId;
        return this;
    }

    /**
     * Channel on which this archive receives what it repairs from a peer.
     *
     * @param uri UDP channel; {@code aeron:udp?endpoint=localhost:0} by default
     */
    public ArchiveHostContext replicationChannel(final String uri) {
        open();
        replicationChannel = uri;
        return this;
    }

    /**
     * All of the above as the transport lays them out.
     *
     * @param channels of this archive
     */
    public ArchiveHostContext channels(final ArchiveChannels channels) {
        localControl(channels.localControl().uri(), channels.localControl().streamId());
        if (channels.control() != null) {
            control(channels.control().uri(), channels.control().streamId());
        }
        return replicationChannel(channels.replication());
    }

    /**
     * Checks everything and freezes.
     *
     * @throws IllegalArgumentException that names every fault
     */
    public ArchiveHostContext conclude() {
        open();
        final List<String> faults = new ArrayList<>();
        check(directory != null, "directory is missing", faults);
        check(aeronDirectoryName != null, "aeronDirectoryName is missing", faults);
        check(archiveId > 0, "archiveId=" + archiveId + " is below 1", faults);
        check(
                threadingMode == ArchiveThreadingMode.SHARED || threadingMode == ArchiveThreadingMode.INVOKER,
                "threadingMode=" + threadingMode + " is neither SHARED nor INVOKER",
                faults);
        check(
                mediaDriverInvoker == null || threadingMode == ArchiveThreadingMode.INVOKER,
                "mediaDriverInvoker needs threadingMode INVOKER",
                faults);
        check(syncLevel >= 0 && syncLevel <= 2, "syncLevel=" + syncLevel + " is not within 0 to 2", faults);
        check(
                BitUtil.isPowerOfTwo(segmentLengthBytes) && segmentLengthBytes >= 64 * 1024,
                "segmentLengthBytes=" + segmentLengthBytes + " is not a power of two of 64 KiB or more",
                faults);
        check(
                lowStorageThresholdBytes >= 0,
                "lowStorageThresholdBytes=" + lowStorageThresholdBytes + " is below 0",
                faults);
        check(
                localControlChannel != null && localControlChannel.startsWith("aeron:ipc"),
                "localControl=" + localControlChannel + " is not IPC",
                faults);
        check(
                controlChannel == null || controlChannel.startsWith("aeron:udp"),
                "control=" + controlChannel + " is not UDP",
                faults);
        check(replicationChannel != null, "replicationChannel is missing", faults);
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException("archive host: " + String.join("; ", faults));
        }
        concluded = true;
        return this;
    }

    /** Directory of the archive. */
    public Path directory() {
        return directory;
    }

    String aeronDirectoryName() {
        return aeronDirectoryName;
    }

    long archiveId() {
        return archiveId;
    }

    ArchiveThreadingMode threadingMode() {
        return threadingMode;
    }

    AgentInvoker mediaDriverInvoker() {
        return mediaDriverInvoker;
    }

    int syncLevel() {
        return syncLevel;
    }

    int segmentLengthBytes() {
        return segmentLengthBytes;
    }

    long lowStorageThresholdBytes() {
        return lowStorageThresholdBytes;
    }

    String localControlChannel() {
        return localControlChannel;
    }

    int localControlStreamId() {
        return localControlStreamId;
    }

    String controlChannel() {
        return controlChannel;
    }

    int controlStreamId() {
        return controlStreamId;
    }

    String replicationChannel() {
        return replicationChannel;
    }

    boolean isConcluded() {
        return concluded;
    }

    private void open() {
        if (concluded) {
            throw new IllegalStateException("archive host: the context is concluded");
        }
    }

    private static void check(final boolean holds, final String fault, final List<String> faults) {
        if (!holds) {
            faults.add(fault);
        }
    }
}
