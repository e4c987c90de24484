package io.lockstep.simulator;

import io.lockstep.codecs.EntryReader;
import io.lockstep.codecs.protocol.EpochStartDecoder;
import io.lockstep.codecs.protocol.MessageHeaderDecoder;
import io.lockstep.core.port.Publisher;
import io.lockstep.core.takeover.EpochHead;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What one process sends of one kind. Ordered, it is like an Aeron stream: each receiver has an image. Otherwise each
 * message goes its own way to each receiver.
 */
final class SimStream implements Publisher {
    static final int CONTROL = 0;
    static final int INGRESS = 1;
    static final int OUTPUT = 2;
    static final int LOG = 3;

    private static final int FRAME_ALIGNMENT = 32;

    final int kind;
    final SimProcess sender;
    private final Simulation sim;
    private final int generation;
    private final boolean ordered;
    private final List<SimImage> images = new ArrayList<>();
    private UnsafeBuffer[] messages = new UnsafeBuffer[64];
    private long[] ends = new long[64];
    private long[] times = new long[64];
    private int count;
    private int forgotten;
    private long position;
    private boolean closed;
    private EpochHead head;
    private long firstSequence;

    SimStream(final Simulation sim, final SimProcess sender, final int kind) {
        this.sim = sim;
        this.sender = sender;
        this.kind = kind;
        this.generation = sender.generation();
        this.ordered = kind == LOG || sim.options().ordered;
        sim.onStream(this);
    }

    void join(final SimProcess receiver) {
        if (ordered && receiver != sender) {
            images.add(new SimImage(sim, this, receiver));
        } else if (ordered && kind == LOG) {
            images.add(new SimImage(sim, this, receiver)); // a sequencer's own node follows too
        }
    }

    List<SimImage> images() {
        return images;
    }

    SimImage imageOf(final SimProcess receiver) {
        for (final SimImage image : images) {
            if (image.receiver() == receiver && image.isOpen()) {
                return image;
            }
        }
        return null;
    }

    boolean isSenderAlive() {
        return !closed && sender.isUp() && sender.generation() == generation;
    }

    void close() {
        closed = true;
    }

    int count() {
        return count;
    }

    UnsafeBuffer message(final int index) {
        return messages[index];
    }

    /** Where a message starts, 0 for the first. */
    long start(final int index) {
        return index == 0 ? 0 : ends[index - 1];
    }

    long end(final int index) {
        return ends[index];
    }

    long timeNs(final int index) {
        return times[index];
    }

    /** Epoch of a log. */
    long epoch() {
        return head.epoch();
    }

    /** What the first entry of a log says; null before it is sent. */
    EpochHead head() {
        return head;
    }

    /** Of the first entry of a log. */
    long firstSequence() {
        return firstSequence;
    }

    /** How many messages end at or before a position. */
    int countUpTo(final long end) {
        final int found = Arrays.binarySearch(ends, 0, count, end);
        return found >= 0 ? found + 1 : -found - 1;
    }

    @Override
    public long offer(final DirectBuffer buffer, final int offset, final int length) {
        return offer(buffer, offset, length, buffer, offset, 0);
    }

    @Override
    public long offer(
            final DirectBuffer header,
            final int headerOffset,
            final int headerLength,
            final DirectBuffer body,
            final int bodyOffset,
            final int bodyLength) {
        if (closed) {
            return CLOSED;
        }
        if (!sim.isHealed() && sim.net().nextInt(100) < sim.options().refusePercent) {
            return BACK_PRESSURED;
        }
        final UnsafeBuffer message = new UnsafeBuffer(new byte[headerLength + bodyLength]);
        message.putBytes(0, header, headerOffset, headerLength);
        message.putBytes(headerLength, body, bodyOffset, bodyLength);
        position += BitUtil.align(FRAME_ALIGNMENT + message.capacity(), FRAME_ALIGNMENT);
        if (!ordered) {
            sim.sendDatagrams(this, message);
            return position;
        }
        if (count == messages.length) {
            messages = Arrays.copyOf(messages, count * 2);
            ends = Arrays.copyOf(ends, count * 2);
            times = Arrays.copyOf(times, count * 2);
        }
        messages[count] = message;
        ends[count] = position;
        times[count] = sim.nowNs();
        count++;
        if (kind == LOG) {
            onLogged(message);
        }
        if (kind != LOG && (count & 255) == 0) {
            forget();
        }
        for (int i = images.size() - 1; i >= 0; i--) {
            if (!images.get(i).onSent()) {
                images.remove(i);
            }
        }
        return position;
    }

    /** Frees what every receiver has; of the log everything is kept. */
    private void forget() {
        int least = count;
        for (final SimImage image : images) {
            least = image.isOpen() ? Math.min(least, image.next()) : least;
        }
        while (forgotten < least) {
            messages[forgotten++] = null;
        }
    }

    private void onLogged(final UnsafeBuffer message) {
        if (count == 1) {
            final EntryReader entry = new EntryReader().wrap(message, 0);
            final EpochStartDecoder start = new EpochStartDecoder();
            start.wrapAndApplyHeader(message, entry.bodyOffset(), new MessageHeaderDecoder());
            head = new EpochHead(
                    entry.epoch(),
                    start.ownerIncarnation(),
                    start.previousEpoch(),
                    start.previousEndPosition(),
                    start.previousEndSequence());
            firstSequence = entry.sequence();
            sim.invariants().onEpochStarted(this);
        }
        sim.invariants().onStamped(this, count - 1);
    }
}
