package io.lockstep.archive.read;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.aeron.Aeron;
import io.aeron.Subscription;
import io.lockstep.archive.record.TestEntries;
import io.lockstep.archive.record.TestNetwork;
import io.lockstep.codecs.EntryFrame;
import io.lockstep.codecs.protocol.EntryKind;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/** A reader in a test: holds it against what was published, entry by entry, and keeps what it says. */
final class ReadLog implements Runnable, EntryHandler, LogReaderListener {
    private static final long LINGER_NS = 200_000_000;

    final List<Integer> errors = new ArrayList<>();
    final List<Long> epochs = new ArrayList<>();
    int liveCount;
    int fetchingCount;
    long first = -1;
    long last = -1;
    long overRun = -1;
    long endPosition;
    boolean isFull;
    int refuseEach;
    private int offered;
    private final LogReader reader;
    private final TestLines lines;
    private final Subscription liveSubscription;

    ReadLog(final Aeron aeron, final TestNetwork network, final int number, final boolean live, final int... archives) {
        lines = new TestLines(aeron, network, number, archives);
        final LogReaderContext context = new LogReaderContext()
                .clusterId(TestEntries.CLUSTER_ID)
                .servers(lines)
                .lingerNs(LINGER_NS)
                .handler(this)
                .listener(this);
        liveSubscription = live
                ? aeron.addSubscription(network.sequencedForSubscribers(), TestNetwork.SEQUENCED_STREAM)
                : null;
        context.live(liveSubscription);
        reader = new LogReader(context);
    }

    /** Whether the live stream has come; the publication may be connected to somebody else already. */
    boolean hasImage() {
        return liveSubscription.imageCount() > 0;
    }

    /** Whether lines to servers are open. */
    boolean isConnectedToServers() {
        return lines.isOpen();
    }

    LogReader reader() {
        return reader;
    }

    /** Begins a new story. */
    void forget() {
        errors.clear();
        epochs.clear();
        first = -1;
        last = -1;
        endPosition = 0;
    }

    @Override
    public void run() {
        reader.poll(System.nanoTime());
    }

    @Override
    public boolean onEntry(final DirectBuffer buffer, final int offset, final int length, final long position) {
        if (isFull || (refuseEach > 0 && ++offered % refuseEach == 0)) {
            return false;
        }
        final long epoch = buffer.getLong(offset + 8, LITTLE_ENDIAN);
        final long sequence = buffer.getLong(offset + 16, LITTLE_ENDIAN);
        if (last >= 0 && sequence != last + 1) {
            throw new AssertionError("gap or duplicate: last=" + last + " next=" + sequence);
        }
        if (epochs.isEmpty() || epochs.get(epochs.size() - 1) != epoch) {
            epochs.add(epoch);
            endPosition = 0;
        }
        if (position <= endPosition) {
            throw new AssertionError("position=" + position + " after " + endPosition);
        }
        if (buffer.getByte(offset + 60) == EntryKind.COMMAND.value()) {
            for (int i = 0; i < length - EntryFrame.HEADER_LENGTH; i++) {
                if (buffer.getByte(offset + EntryFrame.HEADER_LENGTH + i) != TestEntries.bodyByte(epoch, sequence, i)) {
                    throw new AssertionError("wrong body: sequence=" + sequence + " index=" + i);
                }
            }
        }
        first = first < 0 ? sequence : first;
        last = sequence;
        endPosition = position;
        return true;
    }

    @Override
    public void onLive(final long epoch, final long nextSequence) {
        liveCount++;
    }

    @Override
    public void onFetching(final long epoch, final long nextSequence) {
        fetchingCount++;
    }

    @Override
    public void onError(final int code, final int server, final long nextSequence) {
        errors.add(code);
    }

    @Override
    public void onOverRun(final long epoch, final long endSequence, final long deliveredSequence) {
        overRun = endSequence;
    }

    @Override
    public String toString() {
        return reader.state() + " " + first + ".." + last + " epochs " + epochs + " errors " + errors + " live "
                + liveCount + " fetching " + fetchingCount + " wrong " + reader.wrongCount() + " zombies "
                + reader.zombieCount() + " strays " + reader.strayCount() + " " + reader.describe();
    }
}
