package io.lockstep.transport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Room for a driver's directory: how much a profile needs, how much there is, what to do if it is too little. */
final class SharedMemory {
    /** The driver's own files, filled only in part. */
    private static final long DRIVER_FILES_LENGTH = 16L * 1024 * 1024;

    private static final int TERMS_PER_LOG = 3;

    private SharedMemory() {}

    /** Room for a number of message-carrying log buffers, each of three terms, beside the driver's own files. */
    static long lengthOf(final int messageLogs, final TransportProfile profile) {
        return DRIVER_FILES_LENGTH
                + (long) messageLogs * TERMS_PER_LOG * profile.buffers().messageTermLength();
    }

    /** Usable bytes of the file system that holds, or will hold, a directory; -1 where that cannot be told. */
    static long usableBytes(final Path directory) {
        Path existing = directory.toAbsolutePath();
        while (existing != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        try {
            return existing == null ? -1 : Files.getFileStore(existing).getUsableSpace();
        } catch (final IOException e) {
            return -1;
        }
    }

    static String advice(final Path directory, final long needed, final long usable) {
        return directory + " has " + mebibytes(usable) + " MiB free, " + mebibytes(needed)
                + " MiB are needed for log buffers. Enlarge it (mount -o remount,size=2g /dev/shm; in a container"
                + " --shm-size=2g), name another directory, or shorten the terms and the longest message with them";
    }

    private static long mebibytes(final long bytes) {
        return bytes / (1024 * 1024);
    }
}
