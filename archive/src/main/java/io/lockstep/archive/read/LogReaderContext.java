package io.lockstep.archive.read;

import io.aeron.Publication;
import io.aeron.Subscription;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What a {@link LogReader} needs to know. Filled by one thread, frozen by {@link #conclude()}. */
public final class LogReaderContext {
    /** 500 ms without the next entry of a history that is not at its end, and another server is asked. */
    public static final long DEFAULT_SERVER_TIMEOUT_NS = TimeUnit.MILLISECONDS.toNanos(500);

    /** 50 ms pause after every server has failed; doubled each round. */
    public static final long DEFAULT_MIN_BACK_OFF_NS = TimeUnit.MILLISECONDS.toNanos(50);

    /** 2 s: the longest pause. */
    public static final long DEFAULT_MAX_BACK_OFF_NS = TimeUnit.SECONDS.toNanos(2);

    private int clusterId = -1;
    private Subscription liveSubscription;
    private Subscription replySubscription;
    private Supplier<String> replyChannel;
    private List<Publication> servers = List.of();
    private EntryHandler handler;
    private LogReaderListener listener = LogReaderListener.SILENT;
    private long serverTimeoutNs = DEFAULT_SERVER_TIMEOUT_NS;
    private long minBackOffNs = DEFAULT_MIN_BACK_OFF_NS;
    private long maxBackOffNs = DEFAULT_MAX_BACK_OFF_NS;
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
     * Log servers, asked in this order in turn, and where they answer. Without servers the reader lives on the live
     * stream alone.
     *
     * @param requests one publication to each server's request stream; they stay the caller's
     * @param replies subscription for the answers, polled by the reader alone; stays the caller's
     * @param channel on which the servers publish for {@code replies}, or null while its port is not known yet
     */
    public LogReaderContext servers(
            final List<Publication> requests, final Subscription replies, final Supplier<String> channel) {
        open();
        servers = List.copyOf(requests);
        replySubscription = replies;
        replyChannel = channel;
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
        check(liveSubscription != null || !servers.isEmpty(), "neither live nor servers are given", faults);
        check(
                servers.isEmpty() || (replySubscription != null && replyChannel != null),
                "servers without a place for their replies",
                faults);
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

    Subscription replySubscription() {
        return replySubscription;
    }

    Supplier<String> replyChannel() {
        return replyChannel;
    }

    List<Publication> servers() {
        return servers;
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
