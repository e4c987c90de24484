package io.lockstep.archive.log;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.aeron.archive.codecs.CatalogHeaderDecoder;
import io.aeron.archive.codecs.RecordingDescriptorDecoder;
import io.aeron.archive.codecs.RecordingDescriptorHeaderDecoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.agrona.BitUtil;
import org.agrona.IoUtil;

/** A copy of an archive directory whose bytes can be damaged and mended in place. */
final class DamagedCopy implements AutoCloseable {
    private static final int CATALOG_LENGTH = 4096;

    private final Path directory;
    private final Map<String, MappedByteBuffer> files = new HashMap<>();

    DamagedCopy(final Path from, final Path to) {
        directory = to;
        try (Stream<Path> sources = Files.list(from)) {
            Files.createDirectories(to);
            for (final Path source : sources.toList()) {
                final String name = source.getFileName().toString();
                if (name.equals(CatalogView.FILE_NAME)) {
                    // Mostly blank: the descriptors of a few recordings are all that need be copied.
                    Files.write(to.resolve(name), Arrays.copyOf(Files.readAllBytes(source), CATALOG_LENGTH));
                } else if (name.endsWith(Recording.SEGMENT_SUFFIX) || name.equals(ReplayIndex.FILE_NAME)) {
                    Files.copy(source, to.resolve(name));
                }
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path directory() {
        return directory;
    }

    void flip(final String file, final long offset, final int bit) {
        final MappedByteBuffer bytes = bytes(file);
        bytes.put((int) offset, (byte) (bytes.get((int) offset) ^ (1 << bit)));
    }

    MappedByteBuffer bytes(final String file) {
        return files.computeIfAbsent(file, name -> {
            try (FileChannel channel = FileChannel.open(
                    directory.resolve(name), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                final MappedByteBuffer mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, channel.size());
                mapped.order(LITTLE_ENDIAN);
                return mapped;
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Lets the catalogue look as after a crash: no recording has a stop position. */
    void forgetStops() {
        final MappedByteBuffer catalog = bytes(CatalogView.FILE_NAME);
        int offset = CatalogHeaderDecoder.BLOCK_LENGTH;
        final int header = RecordingDescriptorHeaderDecoder.BLOCK_LENGTH;
        while (catalog.getInt(offset) != 0) {
            catalog.putLong(
                    offset + header + RecordingDescriptorDecoder.stopPositionEncodingOffset(),
                    Recording.UNKNOWN_POSITION);
            offset += BitUtil.align(catalog.getInt(offset) + header, 64);
        }
    }

    /** Makes the first recording one that was joined late: its descriptor says so and what is before is blank. */
    void startAt(final long position) throws IOException {
        bytes(CatalogView.FILE_NAME)
                .putLong(
                        CatalogHeaderDecoder.BLOCK_LENGTH
                                + RecordingDescriptorHeaderDecoder.BLOCK_LENGTH
                                + RecordingDescriptorDecoder.startPositionEncodingOffset(),
                        position);
        final long segmentLength = bytes("0-0.rec").capacity();
        for (long base = 0; base + segmentLength <= position; base += segmentLength) {
            Files.delete(directory.resolve("0-" + base + ".rec"));
        }
        final long base = position / segmentLength * segmentLength;
        for (long blank = base; blank < position; blank++) {
            bytes("0-" + base + ".rec").put((int) (blank - base), (byte) 0);
        }
    }

    @Override
    public void close() {
        files.values().forEach(IoUtil::unmap);
        files.clear();
    }
}
