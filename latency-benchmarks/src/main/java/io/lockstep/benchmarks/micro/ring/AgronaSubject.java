package io.lockstep.benchmarks.micro.ring;

import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.ControlledMessageHandler;
import org.agrona.concurrent.ControlledMessageHandler.Action;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * Agrona's rings. They have one consumer, so a graph needs a ring in front of each stage, and each stage copies what it
 * has read into the ring behind it. In a diamond the last stage has a ring that two write to, and reads each entry
 * twice.
 */
final class AgronaSubject implements RingSubject {
    private static final int MESSAGE_TYPE = 1;

    private final Graph graph;
    private final RingBuffer[] rings;
    private final ReadSum[] sums;
    private boolean isHalfOffered;

    AgronaSubject(final Graph graph, final int length, final boolean isManyToOne) {
        this.graph = graph;
        rings = new RingBuffer[graph.stages()];
        sums = new ReadSum[graph.stages()];
        for (int i = 0; i < rings.length; i++) {
            final boolean hasManyWriters = graph == Graph.DIAMOND && i == rings.length - 1;
            final UnsafeBuffer buffer = new UnsafeBuffer(BufferUtil.allocateDirectAligned(
                    SLOTS * length + RingBufferDescriptor.TRAILER_LENGTH, 2 * BitUtil.CACHE_LINE_LENGTH));
            rings[i] = isManyToOne || hasManyWriters
                    ? new ManyToOneRingBuffer(buffer)
                    : new OneToOneRingBuffer(buffer);
            sums[i] = new ReadSum();
        }
    }

    @Override
    public boolean offer(final DirectBuffer source, final int length) {
        if (graph != Graph.DIAMOND) {
            return rings[0].write(MESSAGE_TYPE, source, 0, length);
        }
        if (!isHalfOffered && !rings[0].write(MESSAGE_TYPE, source, 0, length)) {
            return false;
        }
        isHalfOffered = !rings[1].write(MESSAGE_TYPE, source, 0, length);
        return !isHalfOffered;
    }

    @Override
    public Stage[] stages() {
        final Stage[] stages = new Stage[rings.length];
        for (int i = 0; i < stages.length; i++) {
            final RingBuffer ring = rings[i];
            final ReadSum sum = sums[i];
            if (i == stages.length - 1) {
                final MessageHandler handler = (type, buffer, index, length) -> sum.add(buffer, index, length);
                stages[i] = () -> ring.read(handler);
            } else {
                final RingBuffer next = graph == Graph.DIAMOND ? rings[2] : rings[i + 1];
                final ControlledMessageHandler handler =
                        (type, buffer, index, length) -> pass(buffer, index, length, next, sum);
                stages[i] = () -> ring.controlledRead(handler);
            }
        }
        return stages;
    }

    @Override
    public boolean isDrained() {
        for (final RingBuffer ring : rings) { // In the order of the entries: nothing comes behind one that is empty.
            if (ring.consumerPosition() != ring.producerPosition()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public long sum(final int stage) {
        return graph == Graph.DIAMOND && stage == 2 ? sums[stage].value() / 2 : sums[stage].value();
    }

    private static Action pass(
            final MutableDirectBuffer buffer,
            final int index,
            final int length,
            final RingBuffer next,
            final ReadSum sum) {
        if (!next.write(MESSAGE_TYPE, buffer, index, length)) {
            return Action.ABORT;
        }
        sum.add(buffer, index, length);
        return Action.CONTINUE;
    }
}
