package io.lockstep.archive.read;

import io.aeron.Publication;
import io.lockstep.codecs.HotPath;
import io.lockstep.codecs.protocol.MessageHeaderEncoder;
import io.lockstep.codecs.protocol.ReplayFrom;
import io.lockstep.codecs.protocol.ReplayRequestEncoder;
import io.lockstep.codecs.protocol.ReplayStopEncoder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A reader's conversation with the log servers: asks one, watches that something comes, asks the next when it does
 * not or when the server cannot help, and pauses ever longer after each round in which all have failed. Never waits
 * and never gives up. Called by the reader's thread.
 *
 * <pre>
 *   IDLE ──start──▶ ASKING ──offered──▶ WAITING ──entry──▶ STREAMING ──CAUGHT_UP──▶ FOLLOWING
 *                     ▲                    │                   │                        │
 *                     └────── next ────────┴── silence, gone, ─┴── silence while live ──┘
 *                     ▲                        NOT_HELD, …         is ahead
 *                     └── PAUSING ◀── all have failed
 * </pre>
 */
@HotPath
final class LogFetch {
    private static final int MAX_REQUEST_LENGTH = 1_200;

    private enum State {
        IDLE,
        ASKING,
        WAITING,
        STREAMING,
        FOLLOWING,
        PAUSING
    }

    private final int clusterId;
    private final ServerLines servers;
    private final int count;
    private final long lingerNs;
    private final long timeoutNs;
    private final long minBackOffNs;
    private final long maxBackOffNs;
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[MAX_REQUEST_LENGTH]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final ReplayRequestEncoder request = new ReplayRequestEncoder();
    private final ReplayStopEncoder stop = new ReplayStopEncoder();
    private State state = State.IDLE;
    private int server;
    private int failures;
    private long requestId;
    private long nextRequestId;
    private long from;
    private boolean isFromTime;
    private long deadlineNs;
    private long backOffNs;
    private long stopId;
    private int stopServer;
    private long strayStopNs = Long.MIN_VALUE;

    LogFetch(final LogReaderContext context) {
        clusterId = context.clusterId();
        servers = context.servers();
        count = context.hasServers() ? servers.count() : 0;
        lingerNs = context.lingerNs();
        timeoutNs = context.serverTimeoutNs();
        minBackOffNs = context.minBackOffNs();
        maxBackOffNs = context.maxBackOffNs();
        nextRequestId = context.firstRequestId();
        backOffNs = minBackOffNs;
    }

    boolean hasServers() {
        return count > 0;
    }

    /** Begins to ask for the log from a sequence or a time. */
    void start(final long start, final boolean fromTime) {
        leave();
        from = start;
        isFromTime = fromTime;
        failures = 0;
        backOffNs = minBackOffNs;
        state = count == 0 ? State.IDLE : State.ASKING;
    }

    /** The place to ask from has moved on; used when the next server is asked. */
    void from(final long sequence) {
        from = sequence;
        isFromTime = false;
    }

    /** History is needed no more. */
    void stop() {
        leave();
        state = State.IDLE;
    }

    /** Whether answers can come. */
    boolean isOpen() {
        return count > 0 && servers.isOpen();
    }

    boolean isIdle() {
        return state == State.IDLE;
    }

    /** Request whose answers count now; 0 if none does. */
    long requestId() {
        return state == State.WAITING || state == State.STREAMING || state == State.FOLLOWING ? requestId : 0;
    }

    int server() {
        return server;
    }

    /**
     * Moves the conversation on.
     *
     * @param nowNs time of this duty cycle
     * @param isHeldBack whether the reader's own handler takes nothing now
     * @param isLiveAhead whether the live stream has entries beyond those handed out
     * @return true if this very call ends a round in which every server has failed
     */
    boolean poll(final long nowNs, final boolean isHeldBack, final boolean isLiveAhead) {
        sendStop();
        switch (state) {
            case ASKING -> ask(nowNs);
            case STREAMING, FOLLOWING -> {
                if (!servers.replies().isConnected()) {
                    return failed(nowNs);
                }
                if (isHeldBack || (state == State.FOLLOWING && !isLiveAhead)) {
                    deadlineNs = nowNs + timeoutNs;
                }
            }
            case PAUSING -> {
                if (isLate(nowNs)) {
                    state = State.ASKING;
                    deadlineNs = 0;
                }
                return false;
            }
            default -> {
                if (state == State.IDLE) {
                    linger(nowNs);
                    return false;
                }
            }
        }
        return isLate(nowNs) && failed(nowNs);
    }

    /** An entry came that the reader could use or had. */
    void onEntry(final long nowNs, final boolean isNew) {
        deadlineNs = nowNs + timeoutNs;
        if (state == State.WAITING) {
            state = State.STREAMING;
        }
        if (isNew) {
            failures = 0;
            backOffNs = minBackOffNs;
        }
    }

    /** The server has sent all it holds. */
    void onCaughtUp(final long nowNs) {
        deadlineNs = nowNs + timeoutNs;
        state = State.FOLLOWING;
        failures = 0;
        backOffNs = minBackOffNs;
    }

    /** The server cannot help; true if that ends a round in which every server has failed. */
    boolean failed(final long nowNs) {
        leave();
        server = (server + 1) % count;
        failures++;
        if (failures % count != 0) {
            state = State.ASKING;
            deadlineNs = 0;
            return false;
        }
        state = State.PAUSING;
        deadlineNs = nowNs + backOffNs;
        backOffNs = Math.min(maxBackOffNs, 2 * backOffNs);
        return true;
    }

    /** An answer came to a request that is no more: its server has not heard the stop. */
    void onStray(final long nowNs, final long strayId) {
        if (nowNs < strayStopNs) {
            return;
        }
        strayStopNs = nowNs + timeoutNs;
        for (int i = 0; i < count; i++) {
            offerStop(servers.requests(i), strayId);
        }
    }

    @Override
    public String toString() {
        return "fetch " + state + " from " + from + " server " + server + " request " + requestId
                + " failures " + failures
                + " connected " + (isOpen() && servers.requests(server).isConnected());
    }

    private void ask(final long nowNs) {
        if (deadlineNs == 0) {
            deadlineNs = nowNs + timeoutNs;
            requestId = nextRequestId++;
        }
        if (!servers.isOpen()) {
            servers.open();
        }
        final String channel = servers.replyChannel();
        if (channel == null) {
            return;
        }
        request.wrapAndApplyHeader(buffer, 0, header)
                .clusterId(clusterId)
                .replyStreamId(servers.replies().streamId())
                .requestId(requestId)
                .from(from)
                .fromKind(isFromTime ? ReplayFrom.TIME : ReplayFrom.SEQUENCE)
                .replyChannel(channel);
        final int length = MessageHeaderEncoder.ENCODED_LENGTH + request.encodedLength();
        if (servers.requests(server).offer(buffer, 0, length) > 0) {
            state = State.WAITING;
            deadlineNs = nowNs + timeoutNs;
        }
    }

    /** Idle for a while: what came too late has been drained, and nothing more will be asked soon. */
    private void linger(final long nowNs) {
        if (!servers.isOpen()) {
            return;
        }
        if (deadlineNs == 0) {
            deadlineNs = nowNs + lingerNs;
        } else if (stopId == 0 && isLate(nowNs)) {
            servers.close();
        }
    }

    private boolean isLate(final long nowNs) {
        return nowNs - deadlineNs >= 0;
    }

    private void leave() {
        if (requestId() != 0) {
            stopId = requestId;
            stopServer = server;
        }
        deadlineNs = 0;
    }

    private void sendStop() {
        if (stopId != 0 && offerStop(servers.requests(stopServer), stopId)) {
            stopId = 0;
        }
    }

    private boolean offerStop(final Publication publication, final long id) {
        stop.wrapAndApplyHeader(buffer, 0, header).clusterId(clusterId).reserved(0).requestId(id);
        final int length = MessageHeaderEncoder.ENCODED_LENGTH + ReplayStopEncoder.BLOCK_LENGTH;
        final long result = publication.offer(buffer, 0, length);
        // Nobody there to be told is as good as told.
        return result > 0 || result == Publication.NOT_CONNECTED || result == Publication.CLOSED;
    }
}
