package io.lockstep.archive.read;

import io.aeron.FragmentAssembler;
import io.aeron.Subscription;
import io.aeron.exceptions.AeronException;
import io.aeron.logbuffer.FragmentHandler;
import io.aeron.logbuffer.Header;
import io.lockstep.archive.log.ReplayIndex;
import io.lockstep.codecs.ProtocolCheck;
import io.lockstep.codecs.protocol.MessageHeaderDecoder;
import io.lockstep.codecs.protocol.ReplayFrom;
import io.lockstep.codecs.protocol.ReplayRequestDecoder;
import io.lockstep.codecs.protocol.ReplayStopDecoder;
import io.lockstep.transport.Channel;
import java.util.ArrayList;
import java.util.List;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.Agent;

/**
 * Serves the log out of one archive's files to readers that ask: history first, then what is recorded as it is
 * recorded. Every entry is checked before it is sent; damage ends a replay with a word about it, and never with a
 * wrong entry. One thread; at most a slice of entries per reader and duty cycle; at most so many readers as the
 * context says.
 */
public final class LogServer implements Agent {
    private static final int FRAGMENT_LIMIT = 16;
    private static final int MAX_REFUSALS = 8;
    private static final int INDEXED_PER_CYCLE = 16;
    private static final long INDEX_INTERVAL_NS = 10_000_000;

    private final LogServerContext context;
    private final Subscription requestSubscription;
    private final FragmentHandler requestHandler = new FragmentAssembler(this::onRequestMessage);
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final ReplayRequestDecoder request = new ReplayRequestDecoder();
    private final ReplayStopDecoder stop = new ReplayStopDecoder();
    private final ReplayIndex index;
    private final List<LogReplay> replays = new ArrayList<>();
    private long nowNs;
    private long nextIndexNs = Long.MIN_VALUE;
    private int servedCount;
    private long malformedCount;
    private long refusedCount;

    /**
     * Made by any thread before the agent runs.
     *
     * @param context concluded here if it is not yet
     */
    public LogServer(final LogServerContext context) {
        if (!context.isConcluded()) {
            context.conclude();
        }
        this.context = context;
        requestSubscription = context.requestSubscription();
        index = ReplayIndex.open(
                context.directory(), context.recordedPositions(), ReplayIndex.DEFAULT_SPACING_BYTES);
    }

    @Override
    public int doWork() {
        return doWork(System.nanoTime());
    }

    /** One duty cycle at a time given by the caller. */
    int doWork(final long now) {
        nowNs = now;
        int work = requestSubscription.poll(requestHandler, FRAGMENT_LIMIT);
        for (int i = replays.size() - 1; i >= 0; i--) {
            final LogReplay replay = replays.get(i);
            work += replay.work(now);
            if (replay.isDone()) {
                replays.remove(i);
                replay.close();
            }
        }
        // Readers come first, and the index grows when there is nothing to send, in batches: a seek without its end
        // takes little longer, and this thread may be the one that acknowledges each entry.
        if (work == 0 && now >= nextIndexNs) {
            work = index.extend(INDEXED_PER_CYCLE);
            nextIndexNs = work == INDEXED_PER_CYCLE ? now : now + INDEX_INTERVAL_NS;
        }
        return work;
    }

    @Override
    public String roleName() {
        return "archive-" + context.archiveId() + "-log-server";
    }

    @Override
    public void onClose() {
        CloseHelper.closeAll(replays);
        CloseHelper.close(index);
        replays.clear();
    }

    /** Readers being served or refused now. Read by the server's thread. */
    public int replayCount() {
        return replays.size();
    }

    /** Requests begun so far. Read by the server's thread. */
    public int servedCount() {
        return servedCount;
    }

    /** Requests dropped because they were not well formed. Read by the server's thread. */
    public long malformedCount() {
        return malformedCount;
    }

    /** Requests refused because too many readers are being served. Read by the server's thread. */
    public long refusedCount() {
        return refusedCount;
    }

    private void onRequestMessage(final DirectBuffer buffer, final int offset, final int length, final Header frame) {
        final int templateId = ProtocolCheck.INSTANCE.check(buffer, offset, length);
        if (templateId == ReplayRequestDecoder.TEMPLATE_ID) {
            request.wrapAndApplyHeader(buffer, offset, header);
            if (request.clusterId() == context.clusterId()) {
                onRequest();
            }
        } else if (templateId == ReplayStopDecoder.TEMPLATE_ID) {
            stop.wrapAndApplyHeader(buffer, offset, header);
            if (stop.clusterId() == context.clusterId()) {
                onStop(stop.requestId());
            }
        } else if (templateId < 0) {
            malformedCount++;
        }
    }

    private void onRequest() {
        final long requestId = request.requestId();
        for (final LogReplay replay : replays) {
            if (replay.requestId() == requestId) {
                return;
            }
        }
        final boolean isFromTime = request.fromKind() == ReplayFrom.TIME;
        final long from = request.from();
        final Channel channel = context.replyChannels().of(request.replyChannel(), request.replyStreamId());
        if (channel == null || (from < 1 && !isFromTime)) {
            malformedCount++;
            return;
        }
        if (replays.size() >= context.maxReplays() + MAX_REFUSALS) {
            refusedCount++;
            return;
        }
        try {
            final LogReplay replay = new LogReplay(context, index, requestId, channel, from, isFromTime, nowNs);
            if (replays.size() >= context.maxReplays()) {
                refusedCount++;
                replay.refuse("this log server serves " + replays.size() + " readers already");
            } else {
                servedCount++;
            }
            replays.add(replay);
        } catch (final AeronException | IllegalArgumentException e) {
            // Aeron does not take the channel that the reader named.
            malformedCount++;
        }
    }

    private void onStop(final long requestId) {
        for (int i = replays.size() - 1; i >= 0; i--) {
            if (replays.get(i).requestId() == requestId) {
                replays.remove(i).close();
            }
        }
    }
}
