package io.lockstep.archive.log;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SortedMap;
import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Tells what can be told of a recording from its segment files alone, for a directory whose catalogue is lost: the ids
 * stand in the first frame, the length of a term shows where the next term's first frame stands, the length of a
 * segment is that of its file.
 */
final class SegmentProbe {
    private static final int MAX_MTU = 65_504;

    private final Path directory;
    private final UnsafeBuffer header = new UnsafeBuffer(ByteBuffer.allocateDirect(FrameScanner.HEADER_LENGTH));

    SegmentProbe(final Path directory) {
        this.directory = directory;
    }

    /**
     * Derives a recording.
     *
     * @param id of the recording
     * @param segments base position to length of file, not empty
     * @return null if the first frame cannot be one
     * @throws IOException if a file cannot be read
     */
    Recording derive(final long id, final SortedMap<Long, Long> segments) throws IOException {
        final long base = segments.firstKey();
        int segmentLength = Recording.MIN_TERM_LENGTH;
        for (final long length : segments.values()) {
            final int fitting = (int) Math.min(length, Recording.MAX_TERM_LENGTH);
            segmentLength = Math.max(segmentLength, BitUtil.findNextPositivePowerOfTwo(Math.max(1, fitting)));
        }
        final Path first = directory.resolve(id + "-" + base + Recording.SEGMENT_SUFFIX);
        try (FileChannel channel = FileChannel.open(first, StandardOpenOption.READ)) {
            if (!read(channel, 0) || isBlank()) {
                // Recorded nothing yet, or joined late within its first segment: nobody can say where.
                return null;
            }
            final int sessionId = header.getInt(12, LITTLE_ENDIAN);
            final int streamId = header.getInt(16, LITTLE_ENDIAN);
            final int termId = header.getInt(20, LITTLE_ENDIAN);
            final int mtu = mtu(channel);
            final int termLength = termLength(channel, segmentLength, streamId, termId);
            final int initialTermId = termId - (int) (base / termLength);
            final Recording derived = new Recording(
                    id, base, Recording.UNKNOWN_POSITION, initialTermId, termLength, segmentLength, mtu, sessionId,
                    streamId);
            return derived.implausible() == null ? derived : null;
        }
    }

    /** Length of a segment file, 0 if it went away. */
    static long length(final Path file) throws IOException {
        return Files.isRegularFile(file) ? Files.size(file) : 0;
    }

    private int termLength(final FileChannel channel, final int segmentLength, final int streamId, final int termId)
            throws IOException {
        for (int candidate = Recording.MIN_TERM_LENGTH; candidate < segmentLength; candidate *= 2) {
            if (read(channel, candidate)
                    && header.getInt(8, LITTLE_ENDIAN) == 0
                    && header.getInt(16, LITTLE_ENDIAN) == streamId
                    && header.getInt(20, LITTLE_ENDIAN) == termId + 1) {
                return candidate;
            }
        }
        return segmentLength;
    }

    /** A fragment that is not the last of its entry fills the MTU; 0 where the first segment has none. */
    private int mtu(final FileChannel channel) throws IOException {
        long offset = 0;
        int candidate = 0;
        while (read(channel, offset)) {
            final int length = header.getInt(0, LITTLE_ENDIAN);
            final int flags = header.getByte(5) & FrameScanner.UNFRAGMENTED;
            if (candidate != 0 && (flags & FrameScanner.BEGIN_FLAG) == 0) {
                return candidate;
            }
            if (length < FrameScanner.HEADER_LENGTH || length > MAX_MTU) {
                return 0;
            }
            candidate = flags == FrameScanner.BEGIN_FLAG && length % FrameScanner.HEADER_LENGTH == 0 ? length : 0;
            offset += BitUtil.align((long) length, FrameScanner.HEADER_LENGTH);
        }
        return 0;
    }

    /**
     * Tells whether something stands in front of the position at which a recording is said to start, in the segment
     * file that holds it; an archive that joined late leaves that blank.
     */
    boolean isWrittenBeforeStart(final Recording recording) throws IOException {
        final long base = recording.segmentBase(recording.startPosition());
        final Path first = directory.resolve(recording.segmentName(base));
        if (base == recording.startPosition() || !Files.isRegularFile(first)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(first, StandardOpenOption.READ)) {
            return read(channel, 0) && !isBlank();
        }
    }

    private boolean isBlank() {
        long bits = 0;
        for (int i = 0; i < FrameScanner.HEADER_LENGTH; i += Long.BYTES) {
            bits |= header.getLong(i);
        }
        return bits == 0;
    }

    private boolean read(final FileChannel channel, final long offset) throws IOException {
        final ByteBuffer bytes = header.byteBuffer().clear();
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, offset + bytes.position()) < 0) {
                return false;
            }
        }
        return true;
    }
}
