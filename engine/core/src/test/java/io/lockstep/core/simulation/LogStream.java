package io.lockstep.core.simulation;

import java.util.ArrayList;
import java.util.List;
import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;

/** The sequenced stream of one epoch: every entry the sequencer appended, with the position it ends at. */
final class LogStream extends SimulatedPublisher {
    private static final int FRAME_ALIGNMENT = 32;

    private final List<Appended> entries = new ArrayList<>();
    private long position;

    LogStream(final Faults faults) {
        super(faults);
    }

    /** One entry of the stream. */
    record Appended(UnsafeBuffer entry, long endPosition, long atNs) {}

    int size() {
        return entries.size();
    }

    /** The entry with the sequence {@code index + 1}. */
    Appended get(final int index) {
        return entries.get(index);
    }

    /** Where an entry ends that is the {@code count}th; 0 for none. */
    long endPosition(final int count) {
        return count == 0 ? 0 : entries.get(count - 1).endPosition;
    }

    @Override
    long take(final UnsafeBuffer message) {
        position += BitUtil.align(FRAME_ALIGNMENT + message.capacity(), FRAME_ALIGNMENT);
        entries.add(new Appended(message, position, faults.elapsedNs()));
        return position;
    }
}
