package io.lockstep.archive.log;

import org.agrona.BitUtil;

/**
 * What is known of one recording: one publication session as an archive wrote it into segment files.
 *
 * @param id of the recording in its archive
 * @param startPosition of the first byte recorded
 * @param stopPosition after the last byte recorded, or {@link #UNKNOWN_POSITION} while active or where nobody says
 * @param initialTermId of the stream
 * @param termLength in bytes, a power of two
 * @param segmentLength of each file in bytes, a power of two and at least a term
 * @param mtu longest frame in bytes, or 0 where nobody says
 * @param sessionId of the publication
 * @param streamId of the publication
 */
public record Recording(
        long id,
        long startPosition,
        long stopPosition,
        int initialTermId,
        int termLength,
        int segmentLength,
        int mtu,
        int sessionId,
        int streamId) {

    /** Stands for a position nobody has said. */
    public static final long UNKNOWN_POSITION = -1L;

    static final int MIN_TERM_LENGTH = 64 * 1024;
    static final int MAX_TERM_LENGTH = 1024 * 1024 * 1024;
    static final int FRAME_ALIGNMENT = 32;
    static final String SEGMENT_SUFFIX = ".rec";

    /** Tells whether the archive joined the stream late, so that this is no link of the chain of epochs. */
    public boolean isFragment() {
        return startPosition != 0;
    }

    /**
     * Position of the first byte of the segment file that holds a position.
     *
     * @param position in the recording, not before its start
     */
    public long segmentBase(final long position) {
        final long startTermBase = startPosition - (startPosition & (termLength - 1L));
        return startTermBase + ((position - startTermBase) & -(long) segmentLength);
    }

    /**
     * Name of the segment file that starts at a position.
     *
     * @param segmentBase as {@link #segmentBase} says
     */
    public String segmentName(final long segmentBase) {
        return id + "-" + segmentBase + SEGMENT_SUFFIX;
    }

    int termIdAt(final long position) {
        return initialTermId + (int) (position >>> Integer.numberOfTrailingZeros(termLength));
    }

    /** What is impossible about this, or null; a damaged catalogue can say anything. */
    String implausible() {
        if (id < 0) {
            return "recording id " + id;
        }
        if (!BitUtil.isPowerOfTwo(termLength) || termLength < MIN_TERM_LENGTH || termLength > MAX_TERM_LENGTH) {
            return "term length " + termLength;
        }
        if (!BitUtil.isPowerOfTwo(segmentLength) || segmentLength < termLength) {
            return "segment length " + segmentLength;
        }
        if (mtu != 0 && (mtu <= FRAME_ALIGNMENT || mtu > 65_504 || mtu % FRAME_ALIGNMENT != 0)) {
            return "MTU " + mtu;
        }
        if (startPosition < 0 || startPosition % FRAME_ALIGNMENT != 0) {
            return "start position " + startPosition;
        }
        if (stopPosition != UNKNOWN_POSITION
                && (stopPosition < startPosition || stopPosition % FRAME_ALIGNMENT != 0)) {
            return "stop position " + stopPosition;
        }
        return null;
    }
}
