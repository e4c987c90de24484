package io.lockstep.core.client;

import io.lockstep.codecs.HotPath;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The commands of one session that are not committed yet, as the messages that go out, so that any of them can be sent
 * again until it is.
 *
 * <pre>
 *   head            unsequenced           send              next
 *    | in the log, not    | sent, not seen     | taken from the  |
 *    | yet committed      | sequenced          | client, to send |
 * </pre>
 *
 * Single-threaded; bounded in commands and in bytes.
 */
@HotPath
final class CommandWindow {
    private final UnsafeBuffer ring;
    private final int capacity;
    private final long[] places;
    private final int[] lengths;
    private final long[] sequences;
    private final int mask;
    private long tail;
    private long head;
    private long unsequenced;
    private long send;
    private long next;

    CommandWindow(final int commands, final int bytes) {
        if (!BitUtil.isPowerOfTwo(commands) || !BitUtil.isPowerOfTwo(bytes)) {
            throw new IllegalArgumentException(
                    "window must be powers of two: commands=" + commands + " bytes=" + bytes);
        }
        ring = new UnsafeBuffer(BufferUtil.allocateDirectAligned(bytes, BitUtil.CACHE_LINE_LENGTH));
        capacity = bytes;
        places = new long[commands];
        lengths = new int[commands];
        sequences = new long[commands];
        mask = commands - 1;
    }

    /** Forgets everything and starts at a client sequence. */
    void start(final long firstClientSequence) {
        tail = 0;
        head = firstClientSequence;
        unsequenced = firstClientSequence;
        send = firstClientSequence;
        next = firstClientSequence;
    }

    UnsafeBuffer buffer() {
        return ring;
    }

    /** Client sequence of the oldest uncommitted command, or {@link #next()} if there is none. */
    long head() {
        return head;
    }

    /** Client sequence of the first command not seen in the log. */
    long unsequenced() {
        return unsequenced;
    }

    /** Client sequence of the next command to go out. */
    long send() {
        return send;
    }

    /** Client sequence that the next command from the client gets. */
    long next() {
        return next;
    }

    /** Whether a message of this length finds room in an empty window. */
    boolean canHold(final int length) {
        return BitUtil.align(length, Long.BYTES) <= capacity;
    }

    /**
     * Takes room for the next command.
     *
     * @return offset of the message in {@link #buffer()}, or -1 if the window is full
     */
    int claim(final int length) {
        if (next - head > mask) {
            return -1;
        }
        final int aligned = BitUtil.align(length, Long.BYTES);
        final long untilEnd = capacity - (tail & (capacity - 1));
        final long start = untilEnd < aligned ? tail + untilEnd : tail;
        final long oldest = head == next ? start : places[(int) head & mask];
        if (start + aligned - oldest > capacity) {
            return -1;
        }
        final int slot = (int) next & mask;
        places[slot] = start;
        lengths[slot] = length;
        sequences[slot] = 0;
        tail = start + aligned;
        next++;
        return (int) (start & (capacity - 1));
    }

    int offset(final long clientSequence) {
        return (int) (places[(int) clientSequence & mask] & (capacity - 1));
    }

    int length(final long clientSequence) {
        return lengths[(int) clientSequence & mask];
    }

    void onSent() {
        send++;
    }

    /** Goes back to a client sequence that is to be sent again. */
    void sendAgainFrom(final long clientSequence) {
        if (clientSequence < send) {
            send = Math.max(clientSequence, unsequenced);
        }
    }

    /** The first unsequenced command has been seen in the log. */
    void onSequenced(final long sequence) {
        sequences[(int) unsequenced & mask] = sequence;
        unsequenced++;
        send = Math.max(send, unsequenced);
    }

    /** What was seen in the log but is not committed may not stand: it is to be sent again. */
    void rewind() {
        unsequenced = head;
        send = head;
    }

    /** Lets go of every command whose entry is committed. */
    void onCommitted(final long sequence) {
        while (head < unsequenced && sequences[(int) head & mask] <= sequence) {
            head++;
        }
    }
}
