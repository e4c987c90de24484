package io.lockstep.archive.log;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.aeron.archive.codecs.CatalogHeaderDecoder;
import io.aeron.archive.codecs.RecordingDescriptorDecoder;
import io.aeron.archive.codecs.RecordingDescriptorHeaderDecoder;
import io.aeron.archive.codecs.RecordingState;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.agrona.BitUtil;
import org.agrona.IoUtil;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.collections.LongHashSet;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The archive's catalogue, mapped read-only beside an archive that may be writing it. Layout after Aeron's
 * {@code io.aeron.archive.Catalog}: a header, then descriptors of variable length, each behind a header of its own and
 * aligned to what the file header says. Damage is told, never thrown.
 */
final class CatalogView implements AutoCloseable {
    static final String FILE_NAME = "archive.catalog";

    private static final int DESCRIPTOR_HEADER_LENGTH = RecordingDescriptorHeaderDecoder.BLOCK_LENGTH;
    private static final long NO_OFFSET = -1L;
    private static final int MAX_ALIGNMENT = 4096;

    private final Path file;
    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private final Long2LongHashMap offsets = new Long2LongHashMap(NO_OFFSET);
    private final LongHashSet deleted = new LongHashSet();
    private final List<String> problems = new ArrayList<>();
    private MappedByteBuffer mapped;
    private long loadedRecordingId = NO_OFFSET;

    CatalogView(final Path directory) {
        file = directory.resolve(FILE_NAME);
    }

    /** Reads all descriptors anew; those that make no sense are left out and named in {@link #problems()}. */
    List<Recording> load() {
        close();
        problems.clear();
        offsets.clear();
        deleted.clear();
        final List<Recording> recordings = new ArrayList<>();
        if (map()) {
            // Read first: a recording that is added during the walk is then seen by the next look.
            loadedRecordingId = nextRecordingId();
            walk(recordings);
        }
        return recordings;
    }

    /** What is wrong with the catalogue, a sentence each; empty if nothing is. */
    List<String> problems() {
        return problems;
    }

    /** Adds what another found wrong with it. */
    void problem(final String text) {
        problems.add(text);
    }

    /** Tells whether the archive has deleted a recording; its files may still be there for a while. */
    boolean isDeleted(final long recordingId) {
        return deleted.contains(recordingId);
    }

    /** The id that the next recording will get; it moves when one is added. -1 without a catalogue. */
    long nextRecordingId() {
        return mapped == null
                ? NO_OFFSET
                : buffer.getLongVolatile(CatalogHeaderDecoder.nextRecordingIdEncodingOffset());
    }

    /** {@link #nextRecordingId()} as it was when the descriptors were read. */
    long loadedRecordingId() {
        return loadedRecordingId;
    }

    /** The stop position as the archive has it now; -1 while the recording is active or nobody knows it. */
    long stopPosition(final long recordingId) {
        final long offset = offsets.get(recordingId);
        if (offset == NO_OFFSET) {
            return Recording.UNKNOWN_POSITION;
        }
        final int descriptor = (int) offset + DESCRIPTOR_HEADER_LENGTH;
        final int idOffset = descriptor + RecordingDescriptorDecoder.recordingIdEncodingOffset();
        if (buffer.getLong(idOffset, LITTLE_ENDIAN) != recordingId) {
            // Aeron moves descriptors when an earlier one grows.
            load();
            final long moved = offsets.get(recordingId);
            return moved == NO_OFFSET ? Recording.UNKNOWN_POSITION : stopAt((int) moved + DESCRIPTOR_HEADER_LENGTH);
        }
        return stopAt(descriptor);
    }

    @Override
    public void close() {
        buffer.wrap(0, 0);
        if (mapped != null) {
            final MappedByteBuffer old = mapped;
            mapped = null;
            IoUtil.unmap(old);
        }
    }

    private long stopAt(final int descriptor) {
        return buffer.getLong(descriptor + RecordingDescriptorDecoder.stopPositionEncodingOffset(), LITTLE_ENDIAN);
    }

    private boolean map() {
        if (!Files.isRegularFile(file)) {
            problems.add("the catalogue is missing: " + FILE_NAME);
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            final long length = Math.min(channel.size(), Integer.MAX_VALUE);
            if (length < CatalogHeaderDecoder.BLOCK_LENGTH) {
                problems.add("the catalogue is cut short: bytes=" + length);
                return false;
            }
            mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, length);
            buffer.wrap(mapped);
            return true;
        } catch (final IOException e) {
            problems.add("the catalogue cannot be read: " + e);
            return false;
        }
    }

    private void walk(final List<Recording> recordings) {
        final int alignment = buffer.getInt(CatalogHeaderDecoder.alignmentEncodingOffset(), LITTLE_ENDIAN);
        if (!BitUtil.isPowerOfTwo(alignment) || alignment > MAX_ALIGNMENT) {
            problems.add("the catalogue's header is damaged: alignment=" + alignment);
            return;
        }
        long offset = CatalogHeaderDecoder.BLOCK_LENGTH;
        long lastId = NO_OFFSET;
        while (offset + DESCRIPTOR_HEADER_LENGTH + RecordingDescriptorDecoder.BLOCK_LENGTH <= buffer.capacity()) {
            final int header = (int) offset;
            final int length =
                    buffer.getInt(header + RecordingDescriptorHeaderDecoder.lengthEncodingOffset(), LITTLE_ENDIAN);
            if (length == 0) {
                break;
            }
            final long next = offset + BitUtil.align((long) length + DESCRIPTOR_HEADER_LENGTH, alignment);
            if (length < RecordingDescriptorDecoder.BLOCK_LENGTH || next > buffer.capacity()) {
                problems.add("a descriptor of the catalogue has an impossible length: offset=" + offset + " length="
                        + length);
                break;
            }
            lastId = descriptor(header, lastId, recordings);
            offset = next;
        }
        final long nextId = nextRecordingId();
        if (nextId < lastId + 1) {
            problems.add("the catalogue's next recording id: expected at least " + (lastId + 1) + " actual=" + nextId);
        }
    }

    private long descriptor(final int header, final long lastId, final List<Recording> recordings) {
        final int state = buffer.getInt(header + RecordingDescriptorHeaderDecoder.stateEncodingOffset(), LITTLE_ENDIAN);
        final Recording recording = decode(header + DESCRIPTOR_HEADER_LENGTH);
        if (state == RecordingState.DELETED.value()) {
            deleted.add(recording.id());
        }
        if (state != RecordingState.VALID.value()) {
            return Math.max(lastId, recording.id());
        }
        final String implausible = recording.implausible();
        if (implausible != null || recording.id() <= lastId) {
            problems.add("a descriptor of the catalogue makes no sense: offset=" + header + " recording id="
                    + recording.id() + (implausible == null ? " after " + lastId : " has " + implausible));
            return lastId;
        }
        recordings.add(recording);
        offsets.put(recording.id(), header);
        return recording.id();
    }

    private Recording decode(final int at) {
        return new Recording(
                int64(at, RecordingDescriptorDecoder.recordingIdEncodingOffset()),
                int64(at, RecordingDescriptorDecoder.startPositionEncodingOffset()),
                int64(at, RecordingDescriptorDecoder.stopPositionEncodingOffset()),
                int32(at, RecordingDescriptorDecoder.initialTermIdEncodingOffset()),
                int32(at, RecordingDescriptorDecoder.termBufferLengthEncodingOffset()),
                int32(at, RecordingDescriptorDecoder.segmentFileLengthEncodingOffset()),
                int32(at, RecordingDescriptorDecoder.mtuLengthEncodingOffset()),
                int32(at, RecordingDescriptorDecoder.sessionIdEncodingOffset()),
                int32(at, RecordingDescriptorDecoder.streamIdEncodingOffset()));
    }

    private long int64(final int at, final int field) {
        return buffer.getLong(at + field, LITTLE_ENDIAN);
    }

    private int int32(final int at, final int field) {
        return buffer.getInt(at + field, LITTLE_ENDIAN);
    }
}
