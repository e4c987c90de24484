package io.lockstep.archive.record;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * A seal register on disk: the same record in two blocks of its file, written and forced one after the other. A crash
 * can tear one of them, and the other then has the seal before or this one; a block that goes bad later is made good
 * from the other. One thread.
 *
 * <pre>
 *   0 magic (8) | 8 sealed epoch (8) | 16 crc32c of the first 16 bytes (4)      and again at 4,096
 * </pre>
 */
public final class FileSealRegister implements SealRegister, AutoCloseable {
    /** Of the file, in the archive's directory. */
    public static final String FILE_NAME = "seal.register";

    private static final long MAGIC = 0x4C41_4553_4B43_4F4CL; // "LOCKSEAL"
    private static final int BLOCK_LENGTH = 4_096;
    private static final int CRC_OFFSET = 16;
    private static final int RECORD_LENGTH = 20;
    private static final int SLOTS = 2;

    private final Path file;
    private final FileChannel channel;
    private final ByteBuffer record = ByteBuffer.allocateDirect(RECORD_LENGTH).order(LITTLE_ENDIAN);
    private long sealedEpoch;
    private boolean isBroken;

    /**
     * Opens the register of an archive, or begins one in which nothing is sealed.
     *
     * @param directory of the archive, which is there
     * @throws IllegalStateException if there is a register and none of its blocks is sound: what was sealed is unknown
     * @throws UncheckedIOException if the file cannot be read or written
     */
    public FileSealRegister(final Path directory) {
        file = directory.resolve(FILE_NAME);
        try {
            if (!Files.exists(file)) {
                create(directory);
            }
            channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot open the seal register " + file, e);
        }
        try {
            load();
        } catch (final IOException e) {
            closeAfter(e);
            throw new UncheckedIOException("cannot read the seal register " + file, e);
        } catch (final RuntimeException e) {
            closeAfter(e);
            throw e;
        }
    }

    @Override
    public long sealedEpoch() {
        return sealedEpoch;
    }

    /**
     * {@inheritDoc}
     *
     * @throws UncheckedIOException if the disk fails; what is on it is unknown then, and nothing can be sealed any more
     */
    @Override
    public void seal(final long epoch) {
        if (epoch <= sealedEpoch) {
            return;
        }
        if (isBroken) {
            throw new IllegalStateException("the seal register " + file + " has failed before");
        }
        isBroken = true;
        try {
            for (int slot = 0; slot < SLOTS; slot++) {
                write(channel, slot, epoch);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot write epoch " + epoch + " to the seal register " + file, e);
        }
        isBroken = false;
        sealedEpoch = epoch;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot close the seal register " + file, e);
        }
    }

    /** Under another name first, so that a register that is there has been whole once. */
    private void create(final Path directory) throws IOException {
        final Path fresh = directory.resolve(FILE_NAME + ".new");
        try (FileChannel created = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            for (int slot = 0; slot < SLOTS; slot++) {
                write(created, slot, 0);
            }
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
            names.force(true);
        }
    }

    private void load() throws IOException {
        long newest = -1;
        boolean isWhole = true;
        for (int slot = 0; slot < SLOTS; slot++) {
            final long epoch = read(slot);
            isWhole &= epoch >= 0 && (newest < 0 || newest == epoch);
            newest = Math.max(newest, epoch);
        }
        if (newest < 0) {
            throw new IllegalStateException("no block of the seal register " + file + " is sound, so what this archive"
                    + " has sealed is not known: it must not count. Give it a new directory, or restore the file");
        }
        for (int slot = 0; slot < SLOTS && !isWhole; slot++) {
            write(channel, slot, newest);
        }
        sealedEpoch = newest;
    }

    /** The epoch in a block, or -1 if the block is not sound. */
    private long read(final int slot) throws IOException {
        record.clear();
        while (record.hasRemaining()) {
            if (channel.read(record, (long) slot * BLOCK_LENGTH + record.position()) < 0) {
                return -1;
            }
        }
        final long epoch = record.getLong(Long.BYTES);
        return record.getLong(0) == MAGIC && record.getInt(CRC_OFFSET) == checksum() && epoch >= 0 ? epoch : -1;
    }

    private void write(final FileChannel to, final int slot, final long epoch) throws IOException {
        record.clear();
        record.putLong(0, MAGIC).putLong(Long.BYTES, epoch);
        record.putInt(CRC_OFFSET, checksum());
        record.clear();
        while (record.hasRemaining()) {
            to.write(record, (long) slot * BLOCK_LENGTH + record.position());
        }
        to.force(true);
    }

    private int checksum() {
        final CRC32C crc = new CRC32C();
        crc.update(record.duplicate().position(0).limit(CRC_OFFSET));
        return (int) crc.getValue();
    }

    private void closeAfter(final Throwable failure) {
        try {
            channel.close();
        } catch (final IOException e) {
            failure.addSuppressed(e);
        }
    }
}
