package io.lockstep.node.adapter;

import io.aeron.Publication;
import io.aeron.Subscription;
import io.lockstep.archive.read.ServerLines;
import io.lockstep.transport.Member;
import io.lockstep.transport.ReplayReplySubscription;
import io.lockstep.transport.Role;
import io.lockstep.transport.Transport;
import java.util.ArrayList;
import java.util.List;
import org.agrona.CloseHelper;

/** Lines to the log servers of all archives. */
final class ArchiveLines implements ServerLines {
    private final Transport transport;
    private final List<Integer> archiveIds = new ArrayList<>();
    private final List<Publication> requests = new ArrayList<>();
    private ReplayReplySubscription replies;

    /**
     * Lines that are closed.
     *
     * @param transport over the Aeron client of the thread that polls
     * @param firstArchiveId of the archive that is asked first; any number that is none for their usual order
     */
    ArchiveLines(final Transport transport, final int firstArchiveId) {
        this.transport = transport;
        for (final Member archive : transport.context().members(Role.ARCHIVE)) {
            archiveIds.add(archive.id() == firstArchiveId ? 0 : archiveIds.size(), archive.id());
        }
    }

    @Override
    public int count() {
        return archiveIds.size();
    }

    @Override
    public boolean isOpen() {
        return replies != null;
    }

    @Override
    public void open() {
        for (final int archiveId : archiveIds) {
            requests.add(transport.addReplayRequestPublication(archiveId));
        }
        replies = transport.addReplayReplySubscription();
    }

    @Override
    public Publication requests(final int server) {
        return requests.get(server);
    }

    @Override
    public Subscription replies() {
        return replies.subscription();
    }

    @Override
    public String replyChannel() {
        return replies.channel();
    }

    @Override
    public void close() {
        CloseHelper.close(replies);
        CloseHelper.closeAll(requests);
        requests.clear();
        replies = null;
    }
}
