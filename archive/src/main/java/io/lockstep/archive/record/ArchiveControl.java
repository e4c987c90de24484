package io.lockstep.archive.record;

import io.aeron.archive.client.AeronArchive;
import io.aeron.archive.client.ArchiveProxy;
import io.aeron.archive.client.ControlResponsePoller;
import io.aeron.archive.client.RecordingDescriptorConsumer;
import io.aeron.archive.client.RecordingDescriptorPoller;
import io.aeron.archive.codecs.ControlResponseCode;
import io.aeron.exceptions.AeronException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;

/**
 * One conversation with an Aeron Archive that never waits: connects, and after a lost connection connects again, by
 * steps; carries one request at a time, whose outcome is looked up in later duty cycles. Called by the thread of its
 * owner.
 */
final class ArchiveControl implements AutoCloseable {
    /** What can be asked of an archive. */
    @FunctionalInterface
    interface Request {
        boolean send(ArchiveProxy proxy, long correlationId, long controlSessionId);
    }

    /** Nothing has been asked, or the outcome has been taken. */
    static final int IDLE = 0;
    /** The archive has not answered yet. */
    static final int PENDING = 1;
    /** Done. */
    static final int OK = 2;
    /** Refused by the archive, or the connection went, or no answer came in time. */
    static final int FAILED = 3;

    private static final long RETRY_NS = 250_000_000L;
    private static final long KEEP_ALIVE_NS = 1_000_000_000L;

    private final Supplier<AeronArchive.Context> contexts;
    private final long timeoutNs;
    private final ErrorHandler errorHandler;
    private final List<RecordingDescriptor> descriptors = new ArrayList<>();
    private final RecordingDescriptorConsumer descriptorConsumer;
    private AeronArchive.AsyncConnect connecting;
    private AeronArchive archive;
    private boolean isListing;
    private long correlationId;
    private long deadlineNs;
    private long nextConnectNs = Long.MIN_VALUE;
    private long nextKeepAliveNs;
    private int outcome = IDLE;
    private String reason = "";

    /**
     * @param contexts a fresh context for each attempt; its Aeron client is the owner's
     * @param timeoutNs after which a request without an answer has failed
     * @param errorHandler told once of each lost connection
     */
    ArchiveControl(
            final Supplier<AeronArchive.Context> contexts, final long timeoutNs, final ErrorHandler errorHandler) {
        this.contexts = contexts;
        this.timeoutNs = timeoutNs;
        this.errorHandler = errorHandler;
        this.descriptorConsumer = this::onDescriptor;
    }

    /** Connects, keeps the connection alive and looks for answers. */
    int poll(final long nowNs) {
        try {
            if (archive == null) {
                return connect(nowNs);
            }
            if (archive.state() != AeronArchive.State.CONNECTED) {
                disconnect(nowNs, "the archive has gone");
                return 1;
            }
            if (outcome == PENDING) {
                return isListing ? pollDescriptors(nowNs) : pollResponse(nowNs);
            }
            return keepAlive(nowNs);
        } catch (final AeronException e) {
            errorHandler.onError(e);
            disconnect(nowNs, e.getMessage());
            return 1;
        }
    }

    boolean isConnected() {
        return archive != null;
    }

    /** Tells whether a request may be made: connected, and the outcome of the last one has been taken. */
    boolean isReady() {
        return archive != null && outcome == IDLE;
    }

    /**
     * Makes a request. Only where {@link #isReady()}.
     *
     * @return ticket for {@link #take}
     */
    long request(final long nowNs, final Request request) {
        begin(nowNs, false, request);
        return correlationId;
    }

    /**
     * Asks for the descriptors of recordings, in {@link #descriptors()} once the outcome is {@link #OK}.
     *
     * @param fromRecordingId first id
     * @param count at most
     * @return ticket for {@link #take}
     */
    long list(final long nowNs, final long fromRecordingId, final int count) {
        descriptors.clear();
        begin(nowNs, true, (proxy, id, session) -> {
            archive.recordingDescriptorPoller().reset(id, count, descriptorConsumer);
            return proxy.listRecordings(fromRecordingId, count, id, session);
        });
        return correlationId;
    }

    /** Outcome of a request; one that has come is told once, and then the next request may be made. */
    int take(final long ticket) {
        if (ticket != correlationId || outcome == IDLE) {
            return FAILED;
        }
        final int result = outcome;
        if (result != PENDING) {
            outcome = IDLE;
        }
        return result;
    }

    /** Why the last request failed. */
    String reason() {
        return reason;
    }

    /** What the last listing found. */
    List<RecordingDescriptor> descriptors() {
        return descriptors;
    }

    @Override
    public void close() {
        CloseHelper.closeAll(connecting, archive);
        connecting = null;
        archive = null;
    }

    private int connect(final long nowNs) {
        if (connecting == null) {
            if (nowNs < nextConnectNs) {
                return 0;
            }
            nextConnectNs = nowNs + RETRY_NS;
            connecting = AeronArchive.asyncConnect(contexts.get());
        }
        archive = connecting.poll();
        if (archive == null) {
            return 0;
        }
        connecting = null;
        nextKeepAliveNs = nowNs + KEEP_ALIVE_NS;
        return 1;
    }

    /** Without traffic the archive would find out about a dead client, but not the client about a dead archive. */
    private int keepAlive(final long nowNs) {
        if (nowNs < nextKeepAliveNs) {
            return 0;
        }
        nextKeepAliveNs = nowNs + KEEP_ALIVE_NS;
        final ControlResponsePoller poller = archive.controlResponsePoller();
        poller.poll();
        if (!poller.subscription().isConnected()) {
            disconnect(nowNs, "no answers from the archive");
        }
        return 1;
    }

    private void disconnect(final long nowNs, final String why) {
        CloseHelper.closeAll(errorHandler, connecting, archive);
        connecting = null;
        archive = null;
        nextConnectNs = nowNs + RETRY_NS;
        if (outcome == PENDING) {
            fail(why);
        }
    }

    private void begin(final long nowNs, final boolean listing, final Request request) {
        if (!isReady()) {
            throw new IllegalStateException("asked of the archive before the last answer: outcome=" + outcome);
        }
        correlationId = archive.context().aeron().nextCorrelationId();
        isListing = listing;
        deadlineNs = nowNs + timeoutNs;
        outcome = PENDING;
        try {
            if (!request.send(archive.archiveProxy(), correlationId, archive.controlSessionId())) {
                fail("back-pressure towards the archive");
            }
        } catch (final AeronException e) {
            errorHandler.onError(e);
            disconnect(nowNs, e.getMessage());
        }
    }

    private void fail(final String why) {
        outcome = FAILED;
        reason = why;
    }

    private int pollResponse(final long nowNs) {
        final ControlResponsePoller poller = archive.controlResponsePoller();
        final int fragments = poller.poll();
        if (poller.isPollComplete()
                && poller.controlSessionId() == archive.controlSessionId()
                && poller.correlationId() == correlationId
                && poller.recordingSignal() == null) {
            if (poller.code() == ControlResponseCode.OK) {
                outcome = OK;
            } else {
                fail(poller.code() + " " + poller.errorMessage());
            }
        } else if (nowNs - deadlineNs > 0) {
            fail("no answer from the archive in time");
        }
        return fragments;
    }

    private int pollDescriptors(final long nowNs) {
        final RecordingDescriptorPoller poller = archive.recordingDescriptorPoller();
        final int fragments = poller.poll();
        if (poller.isDispatchComplete()) {
            outcome = OK;
        } else if (nowNs - deadlineNs > 0) {
            fail("no listing from the archive in time");
        }
        return fragments;
    }

    @SuppressWarnings("checkstyle:ParameterNumber")
    private void onDescriptor(
            final long controlSessionId,
            final long requestId,
            final long recordingId,
            final long startTimestamp,
            final long stopTimestamp,
            final long startPosition,
            final long stopPosition,
            final int initialTermId,
            final int segmentFileLength,
            final int termBufferLength,
            final int mtuLength,
            final int sessionId,
            final int streamId,
            final String strippedChannel,
            final String originalChannel,
            final String sourceIdentity) {
        descriptors.add(new RecordingDescriptor(recordingId, startPosition, stopPosition, sessionId, streamId));
    }
}
