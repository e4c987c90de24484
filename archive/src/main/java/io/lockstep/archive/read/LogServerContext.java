package io.lockstep.archive.read;

import io.aeron.Aeron;
import io.aeron.Subscription;
import io.lockstep.archive.log.RecordedPositions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What a {@link LogServer} needs to know. Filled by one thread, frozen by {@link #conclude()}. */
public final class LogServerContext {
    /** 8 replays at once: every replica and gateway of a small system restarting together. */
    public static final int DEFAULT_MAX_REPLAYS = 8;

    /** 3 s for a reader to be there. */
    public static final long DEFAULT_CONNECT_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(3);

    private Aeron aeron;
    private Path directory;
    private int clusterId = -1;
    private int archiveId;
    private RecordedPositions recordedPositions;
    private Subscription requestSubscription;
    private int maxReplays = DEFAULT_MAX_REPLAYS;
    private ReplyChannels replyChannels;
    private long connectTimeoutNs = DEFAULT_CONNECT_TIMEOUT_NS;
    private boolean concluded;

    /**
     * Aeron client of the server's thread. Required; stays the caller's.
     *
     * @param value client
     */
    public LogServerContext aeron(final Aeron value) {
        open();
        aeron = value;
        return this;
    }

    /**
     * Directory of the archive. Required.
     *
     * @param value directory
     */
    public LogServerContext directory(final Path value) {
        open();
        directory = value;
        return this;
    }

    /**
     * Cluster that requests must name, and the archive, for the name of the thread. Required.
     *
     * @param cluster 0 or more
     * @param archive 1 or more
     */
    public LogServerContext identity(final int cluster, final int archive) {
        open();
        clusterId = cluster;
        archiveId = archive;
        return this;
    }

    /**
     * Says how far the archive has recorded; {@link RecordedPositions#NONE} where none runs. Required.
     *
     * @param value positions
     */
    public LogServerContext recordedPositions(final RecordedPositions value) {
        open();
        recordedPositions = value;
        return this;
    }

    /**
     * Where requests come in. Required; stays the caller's.
     *
     * @param value subscription
     */
    public LogServerContext requests(final Subscription value) {
        open();
        requestSubscription = value;
        return this;
    }

    /**
     * How many readers are served at once; more are refused.
     *
     * @param value 1 to 1,000
     */
    public LogServerContext maxReplays(final int value) {
        open();
        maxReplays = value;
        return this;
    }

    /**
     * Says where a reader may be answered. Required.
     *
     * @param value channels
     */
    public LogServerContext replyChannels(final ReplyChannels value) {
        open();
        replyChannels = value;
        return this;
    }

    /**
     * How long a reader may take to be there.
     *
     * @param value nanoseconds
     */
    public LogServerContext connectTimeoutNs(final long value) {
        open();
        connectTimeoutNs = value;
        return this;
    }

    /**
     * Checks everything and freezes.
     *
     * @throws IllegalArgumentException that names every fault
     */
    public LogServerContext conclude() {
        open();
        final List<String> faults = new ArrayList<>();
        check(aeron != null, "aeron is missing", faults);
        check(directory != null, "directory is missing", faults);
        check(clusterId >= 0, "clusterId=" + clusterId + " is below 0", faults);
        check(archiveId > 0, "archiveId=" + archiveId + " is below 1", faults);
        check(recordedPositions != null, "recordedPositions is missing", faults);
        check(requestSubscription != null, "requests is missing", faults);
        check(maxReplays > 0 && maxReplays <= 1_000, "maxReplays=" + maxReplays + " is not within 1 to 1000", faults);
        check(replyChannels != null, "replyChannels is missing", faults);
        check(connectTimeoutNs > 0, "connectTimeoutNs=" + connectTimeoutNs + " is not above 0", faults);
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException("log server: " + String.join("; ", faults));
        }
        concluded = true;
        return this;
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

    RecordedPositions recordedPositions() {
        return recordedPositions;
    }

    Subscription requestSubscription() {
        return requestSubscription;
    }

    int maxReplays() {
        return maxReplays;
    }

    ReplyChannels replyChannels() {
        return replyChannels;
    }

    long connectTimeoutNs() {
        return connectTimeoutNs;
    }

    boolean isConcluded() {
        return concluded;
    }

    private void open() {
        if (concluded) {
            throw new IllegalStateException("log server: the context is concluded");
        }
    }

    private static void check(final boolean holds, final String fault, final List<String> faults) {
        if (!holds) {
            faults.add(fault);
        }
    }
}
