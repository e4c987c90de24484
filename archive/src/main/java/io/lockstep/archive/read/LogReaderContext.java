package io.lockstep.archive.read;

import io.aeron.Subscription;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What a {@link LogReader} needs to know. Filled by one thread, frozen by {@link #conclude()}. */
public final class LogReaderContext {
    /** 500 ms without the next entry of a history that is not at its end, and another server is asked. */
    public static final long DEFAULT_SERVER_TIMEOUT_NS = TimeUnit.MILLISECONDS.toNanos(500);

    /** 50 ms pause after every server has failed; doubled each round. */
    public static final long DEFAULT_MIN_BACK_OFF_NS = TimeUnit.MILLISECONDS.toNanos(50);

    /** 1 s after history was needed last, the lines to the servers are closed. */
    public static final long DEFAULT_LINGER_NS = TimeUnit.SECONDS.toNanos(1);

    /** 2 s: the longest pause. */
    public static final long DEFAULT_MAX_BACK_OFF_NS = TimeUnit.SECONDS.toNanos(2);

    private int clusterId = -1;
    private Subscription liveSubscription;
    private ServerLines servers;
    private EntryHandler handler;
    private LogReaderListener listener = LogReaderListener.SILENT;
    private long serverTimeoutNs = DEFAULT_SERVER_TIMEOUT_NS;
    private long minBackOffNs = DEFAULT_MIN_BACK_OFF_NS;
    private long maxBackOffNs = DEFAULT_MAX_BACK_OFF_NS;
    private long lingerNs = DEFAULT_LINGER_NS;
    private long firstRequestId;
    private boolean concluded;

    /**
     * Cluster that entries must name. Required.
     *
     * @param value 0 or more
     */
    public LogReaderContext clusterId(final int value) {
        open();
        clusterId = value;
        return this;
    }

    /**
     * The sequenced stream, polled by the reader alone. None for a reader of history only.
     *
     * @param value subscription; stays the caller's
     */
    public LogReaderContext live(final Subscription value) {
        open();
        liveSubscription = value;
        return this;
    }

    /**
     * Log servers, asked in turn. Without servers the reader lives on the live stream alone.
     *
     * @param value lines to them; opened and closed by the reader, closed for good by the caller
     */
    public LogReaderContext servers(final ServerLines value) {
        open();
        servers = value;
        return this;
    }

    /**
     * How long lines to the servers stay open after history was needed last.
     *
     * @param value nanoseconds, {@link #DEFAULT_LINGER_NS} by default
     */
    public LogReaderContext lingerNs(final long value) {
        open();
        lingerNs = value;
        return this;
    }

    /**
     * Takes the entries. Required.
     *
     * @param value handler
     */
    public LogReaderContext handler(final EntryHandler value) {
        open();
        handler = value;
        return this;
    }

    /**
     * Told of everything else; nobody by default.
     *
     * @param value listener
     */
    public LogReaderContext listener(final LogReaderListener value) {
        open();
        listener = value;
        return this;
    }

    /**
     * How long a log server may be silent where it has something to say.
     *
     * @param value nanoseconds, {@link #DEFAULT_SERVER_TIMEOUT_NS} by default
     */
    public LogReaderContext serverTimeoutNs(final long value) {
        open();
        serverTimeoutNs = value;
        return this;
    }

    /**
     * Pause after all servers have failed: the first and the longest.
     *
     * @param minNs nanoseconds, {@link #DEFAULT_MIN_BACK_OFF_NS} by default
     * @param maxNs nanoseconds, {@link #DEFAULT_MAX_BACK_OFF_NS} by default
     */
    public LogReaderContext backOff(final long minNs, final long maxNs) {
        open();
        minBackOffNs = minNs;
        maxBackOffNs = maxNs;
        return this;
    }

    /**
     * Checks everything and freezes.
     *
     * @throws IllegalArgumentException that names every fault
     */
    public LogReaderContext conclude() {
        open();
        final List<String> faults = new ArrayList<>();
        check(clusterId >= 0, "clusterId=" + clusterId + " is below 0", faults);
        check(handler != null, "handler is missing", faults);
        check(liveSubscription != null || hasServers(), "neither live nor servers are given", faults);
        check(lingerNs >= 0, "lingerNs=" + lingerNs + " is below 0", faults);
        check(serverTimeoutNs > 0, "serverTimeoutNs=" + serverTimeoutNs + " is not above 0", faults);
        check(
                minBackOffNs > 0 && maxBackOffNs >= minBackOffNs,
                "backOff=" + minBackOffNs + " to " + maxBackOffNs + " is no range above 0",
                faults);
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException("log reader: " + String.join("; ", faults));
        }
        // The upper half is this reader's own, so that answers to a reader that had the channel before are told apart.
        firstRequestId = ((long) new SecureRandom().nextInt(Integer.MAX_VALUE) << Integer.SIZE) + 1;
        concluded = true;
        return this;
    }

    int clusterId() {
        return clusterId;
    }

    Subscription liveSubscription() {
        return liveSubscription;
    }

    /** Null if there are none. */
    ServerLines servers() {
        return servers;
    }

    boolean hasServers() {
        return servers != null && servers.count() > 0;
    }

    long lingerNs() {
        return lingerNs;
    }

    EntryHandler handler() {
        return handler;
    }

    LogReaderListener listener() {
        return listener;
    }

    long serverTimeoutNs() {
        return serverTimeoutNs;
    }

    long minBackOffNs() {
        return minBackOffNs;
    }

    long maxBackOffNs() {
        return maxBackOffNs;
    }

    long firstRequestId() {
        return firstRequestId;
    }

    boolean isConcluded() {
        return concluded;
    }

    private void open() {
        if (concluded) {
            throw new IllegalStateException("log reader: the context is concluded");
        }
    }

    private static void check(final boolean holds, final String fault, final List<String> faults) {
        if (!holds) {
            faults.add(fault);
        }
    }
}
