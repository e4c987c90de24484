package io.lockstep.node.adapter;

import io.aeron.Subscription;
import io.lockstep.archive.read.EntryHandler;
import io.lockstep.archive.read.LogReader;
import io.lockstep.archive.read.LogReaderContext;
import io.lockstep.archive.read.LogReaderListener;
import io.lockstep.transport.Transport;
import org.agrona.CloseHelper;

/**
 * A reader of the log with its ends: the live stream, and lines to every archive's log server.
 */
public final class LogEnds implements AutoCloseable {
    private static final int NO_ARCHIVE = -1;

    private final Subscription live;
    private final ArchiveLines servers;
    private final LogReader reader;

    private LogEnds(
            final Transport transport,
            final int clusterId,
            final EntryHandler handler,
            final LogReaderListener listener,
            final boolean isLive,
            final int firstArchiveId) {
        live = isLive ? transport.addSequencedSubscription() : null;
        servers = new ArchiveLines(transport, firstArchiveId);
        reader = new LogReader(new LogReaderContext()
                .clusterId(clusterId)
                .live(live)
                .servers(servers)
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
        CloseHelper.closeAll(servers, live);
    }
}
