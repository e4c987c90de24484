package io.lockstep.archive.read;

import io.aeron.Aeron;
import io.aeron.Publication;
import io.aeron.Subscription;
import io.lockstep.archive.record.TestNetwork;
import java.util.ArrayList;
import java.util.List;
import org.agrona.CloseHelper;

/** A reader's lines in a test. */
final class TestLines implements ServerLines {
    private final Aeron aeron;
    private final TestNetwork network;
    private final int number;
    private final int[] archives;
    private final List<Publication> requests = new ArrayList<>();
    private Subscription replies;

    TestLines(final Aeron aeron, final TestNetwork network, final int number, final int... archives) {
        this.aeron = aeron;
        this.network = network;
        this.number = number;
        this.archives = archives.clone();
    }

    @Override
    public int count() {
        return archives.length;
    }

    @Override
    public boolean isOpen() {
        return replies != null;
    }

    @Override
    public void open() {
        if (isOpen()) {
            throw new IllegalStateException("opened twice");
        }
        for (final int archive : archives) {
            requests.add(aeron.addPublication(network.request(archive), TestNetwork.REQUEST_STREAM));
        }
        replies = aeron.addSubscription(replyChannel(), TestNetwork.REPLY_STREAM + number);
    }

    @Override
    public Publication requests(final int server) {
        return requests.get(server);
    }

    @Override
    public Subscription replies() {
        return replies;
    }

    @Override
    public String replyChannel() {
        return network.reply(number);
    }

    @Override
    public void close() {
        CloseHelper.close(replies);
        CloseHelper.closeAll(requests);
        requests.clear();
        replies = null;
    }
}
