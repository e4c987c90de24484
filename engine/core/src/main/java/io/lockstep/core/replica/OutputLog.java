package io.lockstep.core.replica;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.lockstep.codecs.HotPath;
import io.lockstep.codecs.OutputFlags;
import io.lockstep.codecs.protocol.DeliveryGrade;
import io.lockstep.codecs.protocol.MessageHeaderEncoder;
import io.lockstep.codecs.protocol.OutputEncoder;
import io.lockstep.core.logic.Outbox;
import io.lockstep.core.port.Publisher;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The outputs of a replica in the order they were emitted: the newest still to be published, the older ones kept so
 * that they can be published again for a gateway that missed them. Each stands here as the whole message that goes
 * out.
 *
 * <p>A ring of bytes and, beside it, a ring of places by output sequence. The oldest outputs give way to new ones;
 * outputs not yet published never do: the replica applies no further entry while {@link #isTight()}. Single-threaded.
 */
@HotPath
final class OutputLog implements Outbox {
    private static final int PREFIX_LENGTH = MessageHeaderEncoder.ENCODED_LENGTH
            + OutputEncoder.BLOCK_LENGTH
            + OutputEncoder.bodyHeaderLength();
    private static final int FLAGS_OFFSET = MessageHeaderEncoder.ENCODED_LENGTH + OutputEncoder.flagsEncodingOffset();

    /** In the mean outputs are longer than this, so that the ring of places does not fill before that of bytes. */
    private static final int LEAST_OUTPUT_LENGTH = 64;

    private final OutputEncoder output = new OutputEncoder();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final ReplicaConfiguration configuration;
    private final UnsafeBuffer ring;
    private final long capacity;
    private final long[] places;
    private final int[] lengths;
    private final long[] inputs;
    private final int placeMask;

    private long tail;
    private long lastSequence;
    private long completeSequence;
    private long oldestSequence = 1;
    private long publishedSequence;
    private long publishedPlace;

    private long epoch;
    private long inputSequence;
    private long timeNs;
    private long inputSessionId;
    private long clientSequence;
    private int index;

    OutputLog(final ReplicaConfiguration configuration) {
        final int bytes = configuration.outputLogBytes();
        if (!BitUtil.isPowerOfTwo(bytes) || bytes < 4 * (PREFIX_LENGTH + MAX_OUTPUT_LENGTH)) {
            throw new IllegalArgumentException(
                    "output log bytes must be a power of two of at least 8 MiB: " + bytes);
        }
        this.configuration = configuration;
        this.capacity = bytes;
        this.ring = new UnsafeBuffer(BufferUtil.allocateDirectAligned(bytes, BitUtil.CACHE_LINE_LENGTH));
        final int placeCount = bytes / LEAST_OUTPUT_LENGTH;
        this.places = new long[placeCount];
        this.lengths = new int[placeCount];
        this.inputs = new long[placeCount];
        this.placeMask = placeCount - 1;
    }

    /** Names the entry whose outputs follow. */
    void begin(
            final long epoch,
            final long inputSequence,
            final long timeNs,
            final long inputSessionId,
            final long clientSequence) {
        this.epoch = epoch;
        this.inputSequence = inputSequence;
        this.timeNs = timeNs;
        this.inputSessionId = inputSessionId;
        this.clientSequence = clientSequence;
        this.index = 0;
    }

    /** Marks the last output of the entry, if it had any. None of them leaves before: the entry may still fail. */
    void end() {
        if (index > 0) {
            addFlag(OutputFlags.LAST);
            completeSequence = lastSequence;
        }
    }

    /** Adds the replica's own word, without a body, that a session opened or closed. */
    void notice(final long sessionId, final int flag) {
        claim(sessionId, DeliveryGrade.QUORUM, 0);
        addFlag(flag);
    }

    @Override
    public int claim(final long sessionId, final DeliveryGrade grade, final int length) {
        if (length < 0 || length > MAX_OUTPUT_LENGTH) {
            throw new IllegalArgumentException(
                    "output length must be from 0 to " + MAX_OUTPUT_LENGTH + " bytes: " + length);
        }
        if (grade == DeliveryGrade.NULL_VAL) {
            throw new IllegalArgumentException("no delivery grade: " + grade);
        }
        final int total = PREFIX_LENGTH + length;
        final int at = reserve(BitUtil.align(total, Long.BYTES));
        final long sequence = ++lastSequence;
        final int slot = (int) sequence & placeMask;
        places[slot] = tail;
        lengths[slot] = total;
        inputs[slot] = inputSequence;
        tail += BitUtil.align(total, Long.BYTES);
        output.wrapAndApplyHeader(ring, at, header)
                .epoch(epoch)
                .inputSequence(inputSequence)
                .outputSequence(sequence)
                .timeNs(timeNs)
                .sessionId(sessionId)
                .clientSequence(sessionId == inputSessionId ? clientSequence : 0)
                .clusterId(configuration.clusterId())
                .replicaId(configuration.replicaId())
                .index(index++)
                .grade(grade)
                .flags((short) 0)
                .reserved(0);
        ring.putInt(at + PREFIX_LENGTH - Integer.BYTES, length, LITTLE_ENDIAN);
        return at + PREFIX_LENGTH;
    }

    @Override
    public MutableDirectBuffer buffer() {
        return ring;
    }

    /** Whether so much is unpublished that no further entry may be applied. */
    boolean isTight() {
        return unpublishedBytes() > capacity / 2 || lastSequence - publishedSequence > places.length / 2;
    }

    /** Whether everything emitted has been published. */
    boolean isDrained() {
        return publishedSequence == completeSequence;
    }

    long lastSequence() {
        return lastSequence;
    }

    /**
     * Publishes what is unpublished, in order, until the stream pushes back.
     *
     * @return how many outputs went out
     */
    int publish(final Publisher outputs, final int limit) {
        int count = 0;
        while (publishedSequence < completeSequence && count < limit) {
            final int slot = (int) (publishedSequence + 1) & placeMask;
            final long result = outputs.offer(ring, (int) (places[slot] & (capacity - 1)), lengths[slot]);
            // With nobody connected an output is kept like any published one, for a gateway that comes and asks.
            if (result == Publisher.CLOSED) {
                throw new IllegalStateException("the output stream is closed: output sequence=" + publishedSequence);
            }
            if (result < 0 && result != Publisher.NOT_CONNECTED) {
                return count;
            }
            markPublished(publishedSequence + 1);
            count++;
        }
        return count;
    }

    /** Counts everything emitted as published: a replica that catches up has nothing new to say. */
    void skipUnpublished() {
        markPublished(completeSequence);
    }

    /**
     * Takes the publication back to the first output at or after an input.
     *
     * @param sequence of the input
     * @return false if outputs of that input may have given way already; then the oldest kept is published next
     */
    boolean publishAgainFrom(final long sequence) {
        long low = oldestSequence;
        long high = lastSequence + 1;
        while (low < high) {
            final long middle = (low + high) >>> 1;
            if (inputs[(int) middle & placeMask] < sequence) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if (low - 1 < publishedSequence) {
            publishedSequence = low - 1;
            publishedPlace = low > lastSequence ? tail : places[(int) low & placeMask];
        }
        return low > oldestSequence || oldestSequence == 1;
    }

    private void markPublished(final long sequence) {
        publishedSequence = sequence;
        publishedPlace = sequence == lastSequence ? tail : places[(int) (sequence + 1) & placeMask];
    }

    private void addFlag(final int flag) {
        final int at = (int) (places[(int) lastSequence & placeMask] & (capacity - 1)) + FLAGS_OFFSET;
        ring.putByte(at, (byte) (ring.getByte(at) | flag));
    }

    private long unpublishedBytes() {
        return tail - publishedPlace;
    }

    /** Makes room at the tail for a message that must lie in one piece, and forgets the outputs that stood there. */
    private int reserve(final int length) {
        final long untilEnd = capacity - (tail & (capacity - 1));
        if (untilEnd < length) {
            tail += untilEnd;
        }
        if (tail + length - publishedPlace > capacity || lastSequence + 1 - publishedSequence > places.length) {
            throw new IllegalStateException("the outputs of one entry do not fit the output log: input=" + inputSequence
                    + " outputs=" + index + " capacity=" + capacity);
        }
        while (oldestSequence <= lastSequence
                && (places[(int) oldestSequence & placeMask] < tail + length - capacity
                        || lastSequence + 1 - oldestSequence >= places.length)) {
            oldestSequence++;
        }
        return (int) (tail & (capacity - 1));
    }
}
