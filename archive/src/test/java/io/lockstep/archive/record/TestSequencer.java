package io.lockstep.archive.record;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Publication;

/** Publishes epochs of entries as a sequencer would, from the thread of the test. */
public final class TestSequencer implements AutoCloseable {
    private final Aeron aeron;
    private final String channel;
    private final int streamId;
    private final TestEntries entries = new TestEntries();
    private ExclusivePublication publication;
    private long epoch;
    private long sequence;

    public TestSequencer(final Aeron aeron, final String channel, final int streamId) {
        this.aeron = aeron;
        this.channel = channel;
        this.streamId = streamId;
    }

    /** Opens the publication of the next epoch; nothing is published yet. */
    public void open() {
        publication = aeron.addExclusivePublication(channel, streamId);
    }

    public ExclusivePublication publication() {
        return publication;
    }

    /** Publishes EPOCH_START after the epoch this sequencer published last. */
    public void start(final long newEpoch, final long previousEndPosition) {
        start(newEpoch, epoch, previousEndPosition, sequence);
    }

    public void start(
            final long newEpoch, final long previousEpoch, final long previousEndPosition, final long endSequence) {
        epoch = newEpoch;
        sequence = endSequence + 1;
        entries.epochStart(epoch, sequence, previousEpoch, previousEndPosition, endSequence);
        Await.until("epoch start taken", () -> tryOffer());
    }

    public void commands(final int count, final int bodyLength) {
        for (int i = 0; i < count; i++) {
            command(bodyLength);
        }
    }

    public void command(final int bodyLength) {
        sequence++;
        entries.command(epoch, sequence, bodyLength);
        Await.until("command taken", () -> tryOffer());
    }

    /** Publishes one command if there is room; false changes nothing. */
    public boolean tryCommand(final int bodyLength) {
        entries.command(epoch, sequence + 1, bodyLength);
        if (!tryOffer()) {
            return false;
        }
        sequence++;
        return true;
    }

    public void end() {
        sequence++;
        entries.epochEnd(epoch, sequence);
        Await.until("epoch end taken", () -> tryOffer());
    }

    public long epoch() {
        return epoch;
    }

    public long sequence() {
        return sequence;
    }

    public long position() {
        return publication.position();
    }

    @Override
    public void close() {
        publication.close();
    }

    private boolean tryOffer() {
        final long result = publication.offer(entries.buffer(), 0, entries.length());
        if (result == Publication.CLOSED || result == Publication.MAX_POSITION_EXCEEDED) {
            throw new IllegalStateException("offer=" + result);
        }
        return result > 0;
    }
}
