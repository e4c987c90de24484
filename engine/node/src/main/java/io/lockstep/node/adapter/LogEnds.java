package io.lockstep.node.adapter;

import io.aeron.Publication;
import io.aeron.Subscription;
import io.lockstep.archive.read.EntryHandler;
import io.lockstep.archive.read.LogReader;
import io.lockstep.archive.read.LogReaderContext;
import io.lockstep.archive.read.LogReaderListener;
import io.lockstep.transport.Member;
import io.lockstep.transport.ReplayReplySubscription;
import io.lockstep.transport.Role;
import io.lockstep.transport.Transport;
import java.util.ArrayList;
import java.util.List;
import org.agrona.CloseHelper;

/**
 * A reader of the log with its ends: the live stream, the requests to every archive's log server, and their replies.
 */
public final class LogEnds implements AutoCloseable {
    private final Subscription live;
    private final List<Publication> requests = new ArrayList<>();
    private final ReplayReplySubscription replies;
    private final LogReader reader;

    private LogEnds(
            final Transport transport,
            final int clusterId,
            final EntryHandler handler,
            final LogReaderListener listener,
            final long fromSequence) {
        live = transport.addSequencedSubscription();
        for (final Member archive : transport.context().members(Role.ARCHIVE)) {
            requests.add(transport.addReplayRequestPublication(archive.id()));
        }
        replies = transport.addReplayReplySubscription();
        final LogReaderContext context = new LogReaderContext()
                .clusterId(clusterId)
                .live(live)
                .servers(requests, replies.subscription(), replies::channel)
                .handler(handler)
                .listener(listener);
        reader = new LogReader(context);
        if (fromSequence > 0) {
            reader.startFromSequence(fromSequence);
        } else {
            reader.startFromLive();
        }
    }

    /**
     * A reader that begins at a sequence.
     *
     * @param transport over the Aeron client of the thread that polls
     * @param clusterId that entries must name
     * @param sequence from 1
     * @param handler takes the entries
     * @param listener is told of everything else
     */
    public static LogEnds fromSequence(
            final Transport transport,
            final int clusterId,
            final long sequence,
            final EntryHandler handler,
            final LogReaderListener listener) {
        return new LogEnds(transport, clusterId, handler, listener, sequence);
    }

    /**
     * A reader that begins with what the stream brings next.
     *
     * @param transport over the Aeron client of the thread that polls
     * @param clusterId that entries must name
     * @param handler takes the entries
     * @param listener is told of everything else
     */
    public static LogEnds fromLive(
            final Transport transport,
            final int clusterId,
            final EntryHandler handler,
            final LogReaderListener listener) {
        return new LogEnds(transport, clusterId, handler, listener, 0);
    }

    public LogReader reader() {
        return reader;
    }

    @Override
    public void close() {
        reader.stop();
        CloseHelper.close(replies);
        CloseHelper.closeAll(requests);
        CloseHelper.close(live);
    }
}
