package io.lockstep.archive.record;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.aeron.archive.Archive;
import io.aeron.archive.ArchiveMarkFile;
import io.aeron.archive.ArchiveTool;
import io.aeron.archive.client.AeronArchive;
import io.aeron.archive.codecs.mark.MarkFileHeaderDecoder;
import io.aeron.archive.codecs.mark.MessageHeaderDecoder;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.AgentInvoker;

/**
 * One running Aeron Archive over a media driver that somebody else owns. Its directory survives a crash: the operating
 * system's lock on {@value #LOCK_FILE} tells that the predecessor is gone, whatever its mark file says, and the
 * catalogue is brought up to date before the archive opens it.
 *
 * <p>Made and closed by one thread. With {@code INVOKER} the owner calls {@link #invoker()} from then on.
 */
public final class ArchiveHost implements AutoCloseable {
    static final String LOCK_FILE = "lockstep-archive.lock";

    private static final String CATALOG_FILE = "archive.catalog";

    private final Archive archive;
    private final FileChannel lockChannel;
    private final Path directory;

    private ArchiveHost(final Archive archive, final FileChannel lockChannel, final Path directory) {
        this.archive = archive;
        this.lockChannel = lockChannel;
        this.directory = directory;
    }

    /**
     * Launches the archive.
     *
     * @param context concluded here if it is not yet
     * @param errorHandler told of what the archive cannot do, on its thread
     * @throws IllegalStateException if another live process or host has the directory
     */
    public static ArchiveHost launch(final ArchiveHostContext context, final ErrorHandler errorHandler) {
        if (!context.isConcluded()) {
            context.conclude();
        }
        FileChannel lock = null;
        try {
            Files.createDirectories(context.directory());
            lock = lock(context.directory());
            recover(context.directory());
            return new ArchiveHost(
                    Archive.launch(archiveContext(context).errorHandler(errorHandler)), lock, context.directory());
        } catch (final IOException e) {
            CloseHelper.quietClose(lock);
            throw new UncheckedIOException("archive directory " + context.directory(), e);
        } catch (final RuntimeException e) {
            CloseHelper.quietClose(lock);
            throw e;
        }
    }

    /** Does the archive's work where its threading mode is {@code INVOKER}; null otherwise. */
    public AgentInvoker invoker() {
        return archive.invoker();
    }

    /** Where its files are. */
    public Path directory() {
        return directory;
    }

    @Override
    public void close() {
        CloseHelper.closeAll(archive, lockChannel);
    }

    /** Lets go of the directory without stopping the archive, as a crash of the process does. */
    void abandon() {
        CloseHelper.close(lockChannel);
    }

    private static Archive.Context archiveContext(final ArchiveHostContext context) {
        final Archive.Context archive = new Archive.Context()
                .archiveDir(context.directory().toFile())
                .aeronDirectoryName(context.aeronDirectoryName())
                .archiveId(context.archiveId())
                .threadingMode(context.threadingMode())
                .mediaDriverAgentInvoker(context.mediaDriverInvoker())
                .fileSyncLevel(context.syncLevel())
                .catalogFileSyncLevel(context.syncLevel())
                .segmentFileLength(context.segmentLengthBytes())
                .lowStorageSpaceThreshold(context.lowStorageThresholdBytes())
                .localControlChannel(context.localControlChannel())
                .localControlStreamId(context.localControlStreamId())
                .controlStreamId(context.controlStreamId())
                .replicationChannel(context.replicationChannel())
                .recordingEventsEnabled(false);
        if (context.controlChannel() == null) {
            archive.controlChannelEnabled(false)
                    .archiveClientContext(
                            new AeronArchive.Context().controlResponseChannel(context.replicationChannel()));
        } else {
            archive.controlChannelEnabled(true).controlChannel(context.controlChannel());
        }
        return archive;
    }

    private static FileChannel lock(final Path directory) throws IOException {
        final Path file = directory.resolve(LOCK_FILE);
        final FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (final OverlappingFileLockException e) {
            CloseHelper.close(channel);
            throw new IllegalStateException("this process already runs an archive in " + directory, e);
        }
        if (lock == null) {
            CloseHelper.close(channel);
            throw new IllegalStateException("another process runs an archive in " + directory);
        }
        return channel;
    }

    /**
     * A predecessor that crashed leaves a mark file that looks alive for ten seconds, and recordings whose stop
     * position nobody wrote. Aeron refuses to start where such a recording's last frame straddles a page of memory
     * and has no checksum of its own. We take the frame as complete: each entry carries its own checksum, so a torn
     * one is found when it is read, and what was recorded and acknowledged is not thrown away.
     */
    private static void recover(final Path directory) throws IOException {
        final Path markFile = directory.resolve(ArchiveMarkFile.FILENAME);
        if (!Files.isRegularFile(markFile)) {
            return;
        }
        final int offset =
                MessageHeaderDecoder.ENCODED_LENGTH + MarkFileHeaderDecoder.activityTimestampEncodingOffset();
        try (FileChannel channel = FileChannel.open(markFile, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            final ByteBuffer timestamp = ByteBuffer.allocate(Long.BYTES).order(LITTLE_ENDIAN);
            final boolean wasStopped = channel.read(timestamp, offset) == Long.BYTES && timestamp.getLong(0) <= 0;
            channel.write(ByteBuffer.allocate(Long.BYTES), offset);
            if (wasStopped) {
                return;
            }
        }
        if (Files.isRegularFile(directory.resolve(CATALOG_FILE))) {
            final PrintStream nowhere =
                    new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.US_ASCII);
            ArchiveTool.verify(nowhere, directory.toFile(), Set.of(), null, file -> false);
        }
    }
}
