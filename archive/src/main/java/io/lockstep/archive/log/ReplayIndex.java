package io.lockstep.archive.log;

import java.nio.file.Path;

/**
 * Finds the place of a sequence or a time in the log of one archive directory without reading all of it. A point is
 * kept for the first entry of each epoch and then every so many bytes, in a file beside the recordings that is
 * derived from them: extended by following the log, and thrown away and built again, from where it still holds, when
 * it is damaged or not of these recordings. A place it names is believed only after the cursor has found the very
 * entry there; else the cursor reads from an earlier place that is certain, so a wrong index costs time and never
 * gives a wrong entry.
 *
 * <p>Called by one thread; one index that extends per directory.
 */
public final class ReplayIndex implements AutoCloseable {
    /** Name of the file in the archive's directory. */
    public static final String FILE_NAME = "lockstep-replay.index";

    /** Bytes of log between two points: 1 MiB. */
    public static final int DEFAULT_SPACING_BYTES = 1024 * 1024;

    private final IndexFile file;
    private final LogCursor cursor;
    private final int spacingBytes;
    private long lastEpoch;
    private long lastPosition;
    private long rebuilds;

    private ReplayIndex(final Path archiveDirectory, final RecordedPositions positions, final int spacingBytes) {
        this.spacingBytes = spacingBytes;
        file = new IndexFile(archiveDirectory.resolve(FILE_NAME), spacingBytes);
        if (!file.load()) {
            rebuilds++;
        }
        cursor = LogCursor.open(archiveDirectory, positions);
        resume();
    }

    /**
     * Opens the index of a directory, or makes one.
     *
     * @param archiveDirectory holds the recordings
     * @param positions as for {@link LogCursor#open(Path, RecordedPositions)}
     * @param spacingBytes bytes of log between two points, above 0; of another spacing than before the index is made
     *     anew
     * @throws java.io.UncheckedIOException if the file cannot be opened
     */
    public static ReplayIndex open(
            final Path archiveDirectory, final RecordedPositions positions, final int spacingBytes) {
        return new ReplayIndex(archiveDirectory, positions, spacingBytes);
    }

    /**
     * Extends the index with what the log has more by now.
     *
     * @param maxEntries bound of the work
     * @return entries read; 0 if there is nothing new, or the log is corrupt where the index has come to
     */
    public int extend(final int maxEntries) {
        int read = 0;
        while (read < maxEntries) {
            final int result = cursor.next();
            if (result == LogCursor.CORRUPT && cursor.fault().kind() == Fault.Kind.OVERRUN) {
                forget(cursor.fault());
                return read + 1;
            }
            if (result != LogCursor.ENTRY) {
                break;
            }
            read++;
            add(cursor.entry());
        }
        return read;
    }

    /** Why the index cannot go on, or null; what it has so far stays good. */
    public Fault fault() {
        return cursor.fault();
    }

    /** Sequence the index has come to, or {@link Fault#UNKNOWN}. */
    public long sequence() {
        return cursor.sequence();
    }

    /** Number of points. */
    public int points() {
        return file.count();
    }

    /** How often points were thrown away because the file was damaged or not of these recordings. */
    public long rebuilds() {
        return rebuilds;
    }

    /**
     * Takes a cursor over the same directory to the first entry with at least a sequence, as
     * {@link LogCursor#seekToSequence(long)} does, only sooner.
     *
     * @param reader to move
     * @param sequence wanted
     */
    public void seekToSequence(final LogCursor reader, final long sequence) {
        if (!land(reader, sequence, Long.MAX_VALUE)) {
            reader.seekToSequence(sequence);
            return;
        }
        reader.skipTo(sequence, Long.MIN_VALUE);
    }

    /**
     * Takes a cursor over the same directory to the first entry with at least a time, as {@link
     * LogCursor#seekToTime(long)} does, only sooner.
     *
     * @param reader to move
     * @param timeNs nanoseconds since the Unix epoch
     */
    public void seekToTime(final LogCursor reader, final long timeNs) {
        if (!land(reader, Long.MAX_VALUE, timeNs)) {
            reader.seekToTime(timeNs);
            return;
        }
        reader.skipTo(Long.MIN_VALUE, timeNs);
    }

    @Override
    public void close() {
        cursor.close();
        file.close();
    }

    /** Finds the last point with at most that sequence and a time before that, and takes the reader there. */
    private boolean land(final LogCursor reader, final long sequence, final long timeNs) {
        int low = 0;
        int high = file.count() - 1;
        while (low <= high) {
            final int middle = (low + high) >>> 1;
            if (!file.point(middle)) {
                startOver(middle);
                return false;
            }
            if (file.sequence() <= sequence && file.timeNs() < timeNs) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        if (high < 0) {
            return false;
        }
        if (!file.point(high)) {
            startOver(high);
            return false;
        }
        return reader.seek(file.epoch(), file.position(), file.sequence(), file.timeNs());
    }

    private void add(final LogEntry entry) {
        final boolean far = entry.startPosition() - lastPosition >= spacingBytes;
        if (entry.epoch() != lastEpoch || far) {
            file.append(entry);
            lastEpoch = entry.epoch();
            lastPosition = entry.startPosition();
        }
    }

    /** Drops the points beyond the end that a later epoch has declared. */
    private void forget(final Fault overrun) {
        int keep = file.count();
        while (keep > 0
                && !(file.point(keep - 1)
                        && (file.epoch() < overrun.epoch() || file.sequence() < overrun.expectedSequence()))) {
            keep--;
        }
        file.truncate(keep);
        resume();
    }

    private void startOver(final int goodPoints) {
        rebuilds++;
        file.truncate(goodPoints);
        resume();
    }

    /** Goes on from the last point whose entry stands where the point says. */
    private void resume() {
        final int last = file.count() - 1;
        if (last >= 0
                && file.point(last)
                && cursor.seek(file.epoch(), file.position(), file.sequence(), file.timeNs())) {
            lastEpoch = file.epoch();
            lastPosition = file.position();
            return;
        }
        if (last >= 0) {
            // The last point is of other recordings or of a void tail: so may the others be.
            rebuilds++;
            file.truncate(0);
        }
        lastEpoch = 0;
        lastPosition = 0;
        cursor.seekToBeginning();
    }
}
