package io.lockstep.matching.flow;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.lockstep.codecs.exchange.Side;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads an order flow from a CSV file, compressed if its name ends in {@code .gz}. The first line is {@link #HEADER}
 * exactly; sequence numbers ascend, and times do not go back.
 */
public final class OrderFlowReader implements FlowSource {
    /** The first line of every flow file. */
    public static final String HEADER = "seq,srcRow,tsNs,cmd,side,orderId,qty,price1e4,flag";

    private static final String[] COLUMNS = HEADER.split(",", -1);
    private static final int COLUMN_CMD = 4;
    private static final int COLUMN_SIDE = 5;
    private static final int COLUMN_FLAG = 9;
    private static final int MAX_DIGITS = 18;
    private static final int MAX_LINE_LENGTH = 512;
    private static final int BUFFER_LENGTH = 1 << 16;

    private final String name;
    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER_LENGTH];
    private final byte[] line = new byte[MAX_LINE_LENGTH];
    private int position;
    private int limit;
    private int length;
    private long lineNumber;
    private int cursor;
    private int column;
    private long lastSeq;
    private long lastTsNs;

    private OrderFlowReader(final String name, final InputStream in) {
        this.name = name;
        this.in = in;
    }

    /**
     * Opens a flow file and reads its header.
     *
     * @param file to read
     * @return a reader, to be closed
     * @throws FlowException if it is not there or is no flow file
     */
    public static OrderFlowReader open(final Path file) {
        final String name = String.valueOf(file.getFileName());
        InputStream in = null;
        try {
            in = Files.newInputStream(file);
            final OrderFlowReader reader = new OrderFlowReader(
                    name, name.endsWith(".gz") ? new GZIPInputStream(in, BUFFER_LENGTH) : in);
            reader.readHeader();
            return reader;
        } catch (final IOException e) {
            close(in, e);
            throw unreadable(file.toString(), e);
        } catch (final FlowException e) {
            close(in, e);
            throw e;
        }
    }

    @Override
    public boolean next(final FlowCommand into) {
        if (!readLine()) {
            return false;
        }
        cursor = 0;
        column = 0;
        final long seq = number(1);
        if (seq <= lastSeq) {
            throw fault("sequence numbers must ascend, and the row before has " + lastSeq);
        }
        final long srcRow = number(0);
        final long tsNs = number(0);
        if (tsNs < lastTsNs) {
            throw fault("times must not go back, and the row before has " + lastTsNs);
        }
        final FlowKind kind = kind();
        final Side side = side();
        into.at(seq, srcRow, tsNs).ask(kind, side, number(0), number(1), number(0));
        into.flag(flag());
        lastSeq = seq;
        lastTsNs = tsNs;
        return true;
    }

    @Override
    public void close() {
        close(in, null);
    }

    private static void close(final InputStream in, final Exception cause) {
        if (in == null) {
            return;
        }
        try {
            in.close();
        } catch (final IOException e) {
            if (cause == null) {
                throw new FlowException("cannot close the order flow: " + e.getMessage(), e);
            }
            cause.addSuppressed(e);
        }
    }

    private void readHeader() {
        final boolean isThere = readLine();
        final String first = isThere ? new String(line, 0, length, ISO_8859_1) : "";
        if (!first.equals(HEADER)) {
            throw new FlowException(name + ": line 1: the header is '" + first + "', but must be '" + HEADER
                    + "'; give a flow file or mend its first line");
        }
    }

    private FlowKind kind() {
        final int start = startColumn();
        final FlowKind kind =
                switch (cursor - start == 0 ? 0 : line[start]) {
                    case 'S' -> FlowKind.SEED;
                    case 'N' -> FlowKind.NEW;
                    case 'C' -> FlowKind.CANCEL;
                    case 'R' -> FlowKind.REDUCE;
                    case 'I' -> FlowKind.IOC;
                    default -> null;
                };
        if (kind == null || !matches(start, kind.name())) {
            throw fault(COLUMN_CMD, start, "write SEED, NEW, CANCEL, REDUCE or IOC");
        }
        return kind;
    }

    private Side side() {
        final int start = startColumn();
        if (matches(start, "B")) {
            return Side.BUY;
        }
        if (matches(start, "S")) {
            return Side.SELL;
        }
        throw fault(COLUMN_SIDE, start, "write B or S");
    }

    private char flag() {
        final int start = startColumn();
        if (cursor < length) {
            throw fault("there are more than " + COLUMNS.length + " columns");
        }
        if (cursor - start > 1) {
            throw fault(COLUMN_FLAG, start, "write one character or none");
        }
        return cursor == start ? FlowCommand.NO_FLAG : (char) line[start];
    }

    private long number(final long least) {
        final int start = startColumn();
        long value = 0;
        boolean isNumber = cursor > start && cursor - start <= MAX_DIGITS;
        for (int i = start; i < cursor && isNumber; i++) {
            final int digit = line[i] - '0';
            isNumber = digit >= 0 && digit <= 9;
            value = value * 10 + digit;
        }
        if (!isNumber || value < least) {
            throw fault(column, start, "write a whole number of up to 18 digits, " + least + " or more");
        }
        return value;
    }

    /** Moves the cursor to the end of the next column and answers where it starts. */
    private int startColumn() {
        if (column > 0) {
            if (cursor >= length) {
                throw fault("it ends after " + column + " of " + COLUMNS.length + " columns");
            }
            cursor++;
        }
        column++;
        final int start = cursor;
        while (cursor < length && line[cursor] != ',') {
            cursor++;
        }
        return start;
    }

    private boolean matches(final int start, final String word) {
        if (cursor - start != word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (line[start + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private boolean readLine() {
        length = 0;
        lineNumber++;
        while (true) {
            if (position == limit && !fill()) {
                return length > 0;
            }
            final byte next = buffer[position++];
            if (next == '\n') {
                if (length > 0 && line[length - 1] == '\r') {
                    length--;
                }
                return true;
            }
            if (length == MAX_LINE_LENGTH) {
                throw fault("it is longer than " + MAX_LINE_LENGTH + " bytes");
            }
            line[length++] = next;
        }
    }

    private boolean fill() {
        try {
            limit = in.read(buffer);
            position = 0;
            if (limit <= 0) {
                limit = 0;
                return false;
            }
            return true;
        } catch (final IOException e) {
            throw unreadable(name + ": line " + lineNumber, e);
        }
    }

    private FlowException fault(final int badColumn, final int start, final String remedy) {
        final String found = new String(line, start, cursor - start, ISO_8859_1);
        return new FlowException(name + ": line " + lineNumber + ", column " + badColumn + " ("
                + COLUMNS[badColumn - 1] + "): found '" + found + "'; " + remedy);
    }

    private FlowException fault(final String what) {
        return new FlowException(name + ": line " + lineNumber + ", column " + Math.max(1, column) + " ("
                + COLUMNS[Math.max(1, column) - 1] + "): " + what + "; mend the line, which must be like the header "
                + HEADER);
    }

    private static FlowException unreadable(final String where, final IOException e) {
        if (e instanceof NoSuchFileException) {
            return new FlowException(where + ": there is no such file; check the path", e);
        }
        if (e instanceof EOFException || e instanceof ZipException) {
            return new FlowException(
                    where + ": the compressed file is damaged or cut off (" + e.getMessage() + "); fetch it again", e);
        }
        return new FlowException(where + ": cannot be read (" + e + ")", e);
    }
}
