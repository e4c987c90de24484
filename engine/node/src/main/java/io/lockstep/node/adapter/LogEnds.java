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
    private static final int NO_ARCHIVE = -1;

    private final Subscription live;
    private final List<Publication> requests = new ArrayList<>();
    private final ReplayReplySubscription replies;
    private final LogReader reader;

    private LogEnds(
            final Transport transport,
            final int clusterId,
            final EntryHandler handler,
            final LogReaderListener listener,
            final boolean isLive,
            final int firstArchiveId) {
        live = isLive ? transport.addSequencedSubscription() : null;
        for (final Member archive : transport.context().members(Role.ARCHIVE)) {
            requests.add(
                    archive.id() == firstArchiveId ? 0 : requests.size(),
                    transport.addReplayRequestPublication(archive.id()));
        }
        replies = transport.addReplayReplySubscription();
        reader = new LogReader(new LogReaderContext()
                .clusterId(clusterId)
                .live(live)
                .servers(requests, replies.subscription(), replies::channel)
                .handler(handler)
                .listener(listener));
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
        final LogEnds ends = new LogEnds(transport, clusterId, handler, listener, true, NO_ARCHIVE);
        ends.reader.startFromSequence(sequence);
        return ends;
    }

    /**
     * A reader of the whole log as the archives hold it, and of nothing live.
     *
     * @param transport over the Aeron client of the thread that polls
     * @param clusterId that entries must name
     * @param lastSequence that the log is known to reach
     * @param holder id of an archive that is known to hold it; it is asked first
     * @param handler takes the entries, which may go on after the last known
     * @param listener is told of everything else
     */
    public static LogEnds history(
            final Transport transport,
            final int clusterId,
            final long lastSequence,
            final int holder,
            final EntryHandler handler,
            final LogReaderListener listener) {
        final LogEnds ends = new LogEnds(transport, clusterId, handler, listener, false, holder);
        ends.reader.startFromSequence(1, lastSequence);
        return ends;
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
        final LogEnds ends = new LogEnds(transport, clusterId, handler, listener, true, NO_ARCHIVE);
        ends.reader.startFromLive();
        return ends;
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
