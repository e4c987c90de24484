package io.lockstep.archive.log;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The one segment file that a scanner is reading, mapped; the one before is unmapped when it is left. The buffer is
 * emptied before its memory goes, so that late access is refused by the bounds check instead of crashing the JVM.
 */
final class SegmentMapping implements AutoCloseable {
    private static final long NOTHING = -1L;

    private final Path directory;
    private final Recording recording;
    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private MappedByteBuffer mapped;
    private long base = NOTHING;

    SegmentMapping(final Path directory, final Recording recording) {
        this.directory = directory;
        this.recording = recording;
    }

    /**
     * Maps the segment that holds a position, if it is not mapped already.
     *
     * @return false if there is no such file
     */
    boolean moveTo(final long position) {
        if (base != NOTHING && position >= base && position - base < recording.segmentLength()) {
            return true;
        }
        close();
        final long newBase = recording.segmentBase(position);
        final Path file = directory.resolve(recording.segmentName(newBase));
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            final long length = Math.min(channel.size(), recording.segmentLength());
            if (length > 0) {
                mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, length);
                buffer.wrap(mapped);
            }
        } catch (final NoSuchFileException e) {
            // Purged between the look and the opening: the same as never there.
            return false;
        } catch (final IOException e) {
            throw new IllegalStateException("cannot map " + file, e);
        }
        base = newBase;
        return true;
    }

    /** The file's bytes; shorter than a segment if the file is. */
    UnsafeBuffer buffer() {
        return buffer;
    }

    /** Position of the first byte of the buffer. */
    long base() {
        return base;
    }

    String nameAt(final long position) {
        return recording.segmentName(recording.segmentBase(position));
    }

    @Override
    public void close() {
        base = NOTHING;
        buffer.wrap(0, 0);
        if (mapped != null) {
            final MappedByteBuffer old = mapped;
            mapped = null;
            IoUtil.unmap(old);
        }
    }
}
