package io.lockstep.archive.log;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.lockstep.codecs.HotPath;
import java.nio.file.Path;
import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Walks the Aeron frames of one recording and believes nothing: each field of the 32-byte header is compared with what
 * the position says it must be, and bytes that carry nothing must be zero. Called by the thread of its owner; allocates
 * when a segment changes or a fault is found.
 *
 * <pre>
 *   0        4    5    6     8           12          16         20       24
 *   +--------+----+----+-----+-----------+-----------+----------+--------+----------+--------
 *   | length |ver |flag| type|term offset| session id| stream id| term id| reserved | payload
 *   +--------+----+----+-----+-----------+-----------+----------+--------+----------+--------
 * </pre>
 */
@HotPath
final class FrameScanner implements AutoCloseable {
    static final int DATA = 1;
    static final int PADDING = 2;
    static final int END = 0;
    static final int FAULTY = -1;

    static final int HEADER_LENGTH = 32;
    static final int BEGIN_FLAG = 0x80;
    static final int END_FLAG = 0x40;
    static final int UNFRAGMENTED = BEGIN_FLAG | END_FLAG;

    private static final int TYPE_DATA = 1;
    private static final int TYPE_PADDING = 0;

    private final Recording recording;
    private final SegmentMapping segment;
    private long position;
    private long framePosition;
    private int frameOffset;
    private int payloadLength;
    private int flags;
    private String reason;

    FrameScanner(final Path directory, final Recording recording) {
        this.recording = recording;
        this.segment = new SegmentMapping(directory, recording);
        this.position = recording.startPosition();
    }

    /** Position of the next frame. */
    long position() {
        return position;
    }

    /** Goes on at another place, which must be the start of a frame. */
    void position(final long newPosition) {
        position = newPosition;
        framePosition = newPosition;
        reason = null;
    }

    /**
     * Reads the header of the next frame.
     *
     * @param limit position after the last recorded byte, or {@link Recording#UNKNOWN_POSITION} to end at the first
     *     frame
     *     length of zero
     * @return {@link #DATA}, {@link #PADDING}, {@link #END} or, for ever after, {@link #FAULTY}
     */
    int next(final long limit) {
        if (reason != null) {
            return FAULTY;
        }
        final boolean open = limit == Recording.UNKNOWN_POSITION;
        if (!open && position >= limit) {
            return END;
        }
        framePosition = position;
        if (!segment.moveTo(position)) {
            return open ? END : faulty("the segment file is missing though the recording goes on to ", limit);
        }
        frameOffset = (int) (position - segment.base());
        if (frameOffset + HEADER_LENGTH > segment.buffer().capacity()) {
            return faulty("the segment file is cut short: expected bytes=" + recording.segmentLength() + " actual=",
                    segment.buffer().capacity());
        }
        final int length = segment.buffer().getInt(frameOffset, LITTLE_ENDIAN);
        if (length == 0 && open) {
            return isBlank(frameOffset, frameOffset + HEADER_LENGTH)
                    ? END
                    : faulty("frame length is 0 though the rest of the header is written: expected at least ", 32);
        }
        return header(length, limit);
    }

    /** Payload of the frame; in memory that is unmapped when the segment is left. */
    UnsafeBuffer buffer() {
        return segment.buffer();
    }

    int payloadOffset() {
        return frameOffset + HEADER_LENGTH;
    }

    int payloadLength() {
        return payloadLength;
    }

    int flags() {
        return flags;
    }

    /** Position of the frame last read. */
    long framePosition() {
        return framePosition;
    }

    String reason() {
        return reason;
    }

    Recording recording() {
        return recording;
    }

    SegmentMapping segment() {
        return segment;
    }

    @Override
    public void close() {
        segment.close();
    }

    private int header(final int length, final long limit) {
        final int termOffset = (int) (position & (recording.termLength() - 1));
        final int termRemaining = recording.termLength() - termOffset;
        final long aligned = BitUtil.align((long) length, HEADER_LENGTH);
        if (length < HEADER_LENGTH) {
            return faulty("frame length: expected at least 32, actual=", length);
        }
        if (aligned > termRemaining) {
            return faulty("frame length: expected at most " + termRemaining + " to the term's end, actual=", length);
        }
        if (limit != Recording.UNKNOWN_POSITION && position + aligned > limit) {
            return faulty("the frame ends beyond the end of the recording at " + limit + ": frame length=", length);
        }
        if (frameOffset + aligned > segment.buffer().capacity()) {
            return faulty("the segment file is cut short within the frame: expected bytes="
                    + recording.segmentLength() + " actual=", segment.buffer().capacity());
        }
        if (!identity(termOffset)) {
            return FAULTY;
        }
        flags = segment.buffer().getByte(frameOffset + 5) & 0xFF;
        final int type = segment.buffer().getShort(frameOffset + 6, LITTLE_ENDIAN) & 0xFFFF;
        final int end = frameOffset + (int) aligned;
        payloadLength = length - HEADER_LENGTH;
        if (type == TYPE_PADDING) {
            return padding(length, termOffset, termRemaining, end);
        }
        if (type != TYPE_DATA) {
            return faulty("frame type: expected 1 (data) or 0 (padding), actual=", type);
        }
        if ((flags & ~UNFRAGMENTED) != 0) {
            return faulty("frame flags: expected begin (128) and end (64) alone, actual=", flags);
        }
        if (recording.mtu() != 0 && length > recording.mtu()) {
            return faulty("frame length: expected at most the MTU of " + recording.mtu() + ", actual=", length);
        }
        if (!isBlank(frameOffset + length, end)) {
            return faulty("bytes between the end of the frame and the next are not zero: frame length=", length);
        }
        position += aligned;
        return DATA;
    }

    private int padding(final int length, final int termOffset, final int termRemaining, final int end) {
        if (flags != UNFRAGMENTED) {
            return faulty("flags of a padding frame: expected 192, actual=", flags);
        }
        if (length != termRemaining || termOffset == 0) {
            return faulty("a padding frame ends where the term ends and does not fill it: expected length="
                    + termRemaining + " term offset=" + termOffset + " actual length=", length);
        }
        if (!isBlank(frameOffset + HEADER_LENGTH, end)) {
            return faulty("a padding frame holds bytes that are not zero: length=", length);
        }
        position += length;
        return PADDING;
    }

    private boolean identity(final int termOffset) {
        return equal("frame version", 0, segment.buffer().getByte(frameOffset + 4))
                && equal("term offset", termOffset, int32(8))
                && equal("session id", recording.sessionId(), int32(12))
                && equal("stream id", recording.streamId(), int32(16))
                && equal("term id", recording.termIdAt(position), int32(20))
                && equal("reserved value", 0, segment.buffer().getLong(frameOffset + 24, LITTLE_ENDIAN));
    }

    private int int32(final int field) {
        return segment.buffer().getInt(frameOffset + field, LITTLE_ENDIAN);
    }

    private boolean equal(final String field, final long expected, final long actual) {
        if (expected != actual) {
            reason = field + ": expected=" + expected + " actual=" + actual;
        }
        return expected == actual;
    }

    /** Tells whether all bytes of a range of the mapped segment are zero. */
    boolean isBlank(final int from, final int to) {
        int index = from;
        while (index < to && (index & 7) != 0) {
            if (segment.buffer().getByte(index++) != 0) {
                return false;
            }
        }
        for (; index + Long.BYTES <= to; index += Long.BYTES) {
            if (segment.buffer().getLong(index) != 0) {
                return false;
            }
        }
        while (index < to) {
            if (segment.buffer().getByte(index++) != 0) {
                return false;
            }
        }
        return true;
    }

    private int faulty(final String text, final long value) {
        reason = text + value;
        return FAULTY;
    }
}
