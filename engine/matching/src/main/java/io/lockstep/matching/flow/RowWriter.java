package io.lockstep.matching.flow;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.agrona.concurrent.UnsafeBuffer;

/** Writes rows of numbers as CSV, compressed if the name of the file ends in {@code .gz}, without garbage per row. */
final class RowWriter implements AutoCloseable {
    private static final int BUFFER_LENGTH = 1 << 16;
    private static final int MAX_NUMBER_LENGTH = 21;

    private final Path file;
    private final OutputStream out;
    private final byte[] bytes = new byte[BUFFER_LENGTH];
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
    private int length;
    private boolean isRowStarted;

    RowWriter(final Path file, final String header) {
        this.file = file;
        try {
            final OutputStream plain = Files.newOutputStream(file);
            out = String.valueOf(file.getFileName()).endsWith(".gz")
                    ? new GZIPOutputStream(plain, BUFFER_LENGTH)
                    : plain;
        } catch (final IOException e) {
            throw unwritable(e);
        }
        length = buffer.putStringWithoutLengthAscii(0, header);
        endRow();
    }

    RowWriter put(final long value) {
        if (length > BUFFER_LENGTH - MAX_NUMBER_LENGTH - 1) {
            flush();
        }
        if (isRowStarted) {
            bytes[length++] = ',';
        }
        isRowStarted = true;
        length += buffer.putLongAscii(length, value);
        return this;
    }

    void endRow() {
        bytes[length++] = '\n';
        isRowStarted = false;
    }

    @Override
    public void close() {
        flush();
        try {
            out.close();
        } catch (final IOException e) {
            throw unwritable(e);
        }
    }

    private void flush() {
        try {
            out.write(bytes, 0, length);
            length = 0;
        } catch (final IOException e) {
            throw unwritable(e);
        }
    }

    private FlowException unwritable(final IOException e) {
        return new FlowException(file + ": cannot be written (" + e + ")", e);
    }
}
