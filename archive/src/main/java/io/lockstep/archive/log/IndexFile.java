package io.lockstep.archive.log;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.lockstep.codecs.Crc32c;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The bytes of a replay index: a header and then points of equal length, each under a checksum that also covers its
 * number, so that no point can stand in another's place. Points ascend strictly in sequence; what comes after the
 * first that does not hold is not there. Used by one thread.
 *
 * <pre>
 *   header:  0 magic (8)    | 8 version (4) | 12 spacing (4)  | 16 … 60 zero           | 60 crc32c (4)
 * point:   0 sequence (8) | 8 time (8)    | 16 epoch (8)    | 24 recording (8) | 32 position (8) | 40 … 60 zero | 60
 * crc32c
 * </pre>
 */
final class IndexFile implements AutoCloseable {
    static final int SLOT_LENGTH = 64;

    private static final long MAGIC = 0x5845_444E_494B_434CL;
    private static final int VERSION = 1;
    private static final int CRC_OFFSET = SLOT_LENGTH - Integer.BYTES;

    private final FileChannel channel;
    private final int spacing;
    private final UnsafeBuffer slot = new UnsafeBuffer(ByteBuffer.allocateDirect(SLOT_LENGTH));
    private final UnsafeBuffer number = new UnsafeBuffer(ByteBuffer.allocateDirect(Long.BYTES));
    private int count;

    IndexFile(final Path file, final int spacing) {
        this.spacing = spacing;
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot open the replay index " + file, e);
        }
    }

    /**
     * Reads all points and keeps those that hold.
     *
     * @return false if something was damaged and thrown away
     */
    boolean load() {
        count = 0;
        if (!read(-1) || slot.getLong(0, LITTLE_ENDIAN) != MAGIC || slot.getInt(8, LITTLE_ENDIAN) != VERSION
                || slot.getInt(12, LITTLE_ENDIAN) != spacing) {
            final boolean fresh = length() == 0;
            truncate(0);
            return fresh;
        }
        long last = 0;
        while (read(count) && sequence() > last) {
            last = sequence();
            count++;
        }
        final boolean whole = length() == (count + 1L) * SLOT_LENGTH;
        truncate(count);
        return whole;
    }

    int count() {
        return count;
    }

    /** Reads a point into place for the accessors; false if it is damaged. */
    boolean point(final int index) {
        return index >= 0 && index < count && read(index);
    }

    long sequence() {
        return slot.getLong(0, LITTLE_ENDIAN);
    }

    long timeNs() {
        return slot.getLong(8, LITTLE_ENDIAN);
    }

    long epoch() {
        return slot.getLong(16, LITTLE_ENDIAN);
    }

    long recordingId() {
        return slot.getLong(24, LITTLE_ENDIAN);
    }

    long position() {
        return slot.getLong(32, LITTLE_ENDIAN);
    }

    void append(final LogEntry entry) {
        if (count == 0 && length() == 0) {
            slot.setMemory(0, SLOT_LENGTH, (byte) 0);
            slot.putLong(0, MAGIC, LITTLE_ENDIAN);
            slot.putInt(8, VERSION, LITTLE_ENDIAN);
            slot.putInt(12, spacing, LITTLE_ENDIAN);
            write(-1);
        }
        slot.setMemory(0, SLOT_LENGTH, (byte) 0);
        slot.putLong(0, entry.sequence(), LITTLE_ENDIAN);
        slot.putLong(8, entry.timeNs(), LITTLE_ENDIAN);
        slot.putLong(16, entry.epoch(), LITTLE_ENDIAN);
        slot.putLong(24, entry.recordingId(), LITTLE_ENDIAN);
        slot.putLong(32, entry.startPosition(), LITTLE_ENDIAN);
        write(count);
        count++;
    }

    /** Keeps the first points only; of none not even the header. */
    void truncate(final int points) {
        count = points;
        final long length = points == 0 ? 0 : (points + 1L) * SLOT_LENGTH;
        try {
            if (channel.size() > length) {
                channel.truncate(length);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long length() {
        try {
            return channel.size();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean read(final int index) {
        final ByteBuffer bytes = slot.byteBuffer().clear();
        final long offset = (index + 1L) * SLOT_LENGTH;
        try {
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, offset + bytes.position()) < 0) {
                    return false;
                }
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return slot.getInt(CRC_OFFSET, LITTLE_ENDIAN) == checksum(index);
    }

    private void write(final int index) {
        slot.putInt(CRC_OFFSET, checksum(index), LITTLE_ENDIAN);
        final ByteBuffer bytes = slot.byteBuffer().clear();
        final long offset = (index + 1L) * SLOT_LENGTH;
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes, offset + bytes.position());
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int checksum(final int index) {
        number.putLong(0, index, LITTLE_ENDIAN);
        final int crc = Crc32c.update(Crc32c.START, number, 0, Long.BYTES);
        return Crc32c.end(Crc32c.update(crc, slot, 0, CRC_OFFSET));
    }
}
