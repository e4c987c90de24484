package io.lockstep.archive.log;

import java.nio.file.Path;

/**
 * Reads the log of one archive directory as one sequence of entries over all epochs, straight from the recordings'
 * files, also while an archive is writing them. Hands out an entry only after every check of its frames, its
 * checksum, its epoch, its place in the order and its epoch's place in the chain; what lies beyond the end that the
 * next epoch declares is void and skipped. Follows the log into new epochs as they appear.
 *
 * <p>Called by one thread. A call does bounded work: at most one entry, or a small number of skipped ones after a seek.
 * Allocates when a segment or an epoch changes and when a fault is found. While a cursor is open, files it reads must
 * not be truncated below what they declare; a recording is cut only beyond the end that the next epoch declares.
 *
 * <pre>{@code
 * switch (cursor.next()) {
 *     case LogCursor.ENTRY: use(cursor.entry()); break;   // valid until the next call
 *     case LogCursor.BUSY: break;                         // still seeking; call again
 *     case LogCursor.END: break;                          // nothing more for now; the log may grow
 *     default: stop(cursor.fault());                      // CORRUPT, for good
 * }
 * }</pre>
 */
public final class LogCursor implements AutoCloseable {
    /** {@link #entry()} is the next entry. */
    public static final int ENTRY = 1;

    /** Nothing more for now; the log may grow. */
    public static final int END = 0;

    /** The log is not what it must be, see {@link #fault()}; the cursor stays here. */
    public static final int CORRUPT = -1;

    /** Some entries were skipped on the way to where a seek leads, and it is not reached yet; call again. */
    public static final int BUSY = 2;

    private static final int SKIPPED_PER_CALL = 256;
    private static final int LOOK_FOR_HEADS_EACH = 256;

    private final Path directory;
    private final RecordingFiles files;
    private final EpochChain chain;
    private EpochHead current;
    private EpochLink link = EpochLink.OPEN;
    private EntryScanner scanner;
    private long limit;
    private long fromSequence = Long.MIN_VALUE;
    private long fromTimeNs = Long.MIN_VALUE;
    private int calls;
    private Fault fault;

    private LogCursor(final Path directory, final RecordedPositions positions) {
        this.directory = directory;
        files = new RecordingFiles(directory);
        chain = new EpochChain(files, positions);
        chain.refresh();
    }

    /**
     * Opens a cursor at the beginning of the log of a directory that no archive is writing to.
     *
     * @param archiveDirectory holds the catalogue and the segment files
     */
    public static LogCursor open(final Path archiveDirectory) {
        return new LogCursor(archiveDirectory, RecordedPositions.NONE);
    }

    /**
     * Opens a cursor at the beginning of the log of a directory that an archive may be writing to.
     *
     * @param archiveDirectory holds the catalogue and the segment files
     * @param positions says how far the active recordings have come
     */
    public static LogCursor open(final Path archiveDirectory, final RecordedPositions positions) {
        return new LogCursor(archiveDirectory, positions);
    }

    /**
     * Goes to the next entry.
     *
     * @return {@link #ENTRY}, {@link #END}, {@link #BUSY} or {@link #CORRUPT}
     */
    public int next() {
        if (fault != null) {
            return CORRUPT;
        }
        if (chain.hasNewRecordings()) {
            chain.refresh();
            relink();
        } else if (chain.hasPending() && ++calls % LOOK_FOR_HEADS_EACH == 0) {
            lookForHeads();
        }
        for (int i = 0; i < SKIPPED_PER_CALL && fault == null; i++) {
            final int result = step();
            if (result != ENTRY) {
                return result;
            }
            if (isReached()) {
                return ENTRY;
            }
        }
        return fault == null ? BUSY : CORRUPT;
    }

    /**
     * The entry that {@link #next()} came to; valid until the next call of any method that moves or closes the
     * cursor.
     */
    public LogEntry entry() {
        return scanner.entry();
    }

    /** What is wrong once {@link #next()} has answered {@link #CORRUPT}; null before. */
    public Fault fault() {
        return fault;
    }

    /** Epoch the cursor stands in, 0 before the first entry. */
    public long epoch() {
        return current == null ? 0 : current.epoch();
    }

    /** Recording the cursor stands in, -1 before the first entry. */
    public long recordingId() {
        return current == null ? -1 : current.recording().id();
    }

    /** Position after the last entry read in this epoch's recording. */
    public long position() {
        return scanner == null ? 0 : scanner.entryEnd();
    }

    /** Sequence of the last entry read, or {@link Fault#UNKNOWN} before the first. */
    public long sequence() {
        return scanner == null ? Fault.UNKNOWN : scanner.lastSequence();
    }

    /**
     * How far the archive has recorded the epoch the cursor stands in, as of the last time the cursor needed to know;
     * {@link Recording#UNKNOWN_POSITION} where nobody says.
     */
    public long recordedPosition() {
        return current == null ? Recording.UNKNOWN_POSITION : chain.limit(current.recording(), 0);
    }

    /**
     * Where the next epoch declares this one to end, or {@link Recording#UNKNOWN_POSITION} if none does. While it is
     * beyond
     * {@link #recordedPosition()} this archive lacks a part of a closed epoch and {@link #next()} answers {@link #END}.
     */
    public long declaredEnd() {
        return link.endPosition();
    }

    /** Sequence of the first entry that this directory holds in the chain, or {@link Fault#UNKNOWN} if it is empty. */
    public long firstSequence() {
        return chain.first() == null ? Fault.UNKNOWN : chain.first().firstSequence();
    }

    /** Goes back to the beginning. */
    public void seekToBeginning() {
        clear();
    }

    /**
     * Goes to an entry whose place is known, from an index or from {@link LogEntry#startPosition()}. Looks whether a
     * sound entry of that epoch starts there, so a wrong place is refused and not believed.
     *
     * @param epoch of the entry
     * @param position of its first frame
     * @return false, and at the beginning, if no sound entry of that epoch that stands in the chain starts there
     */
    public boolean seek(final long epoch, final long position) {
        return seek(epoch, position, Fault.UNKNOWN, Fault.UNKNOWN);
    }

    /**
     * Goes to the first entry with at least a sequence. Finds the epoch by the epochs' first entries and skips what
     * is before it there; {@link #next()} answers {@link #BUSY} as long as that takes. A sequence not there yet is
     * waited for, one before
     * {@link #firstSequence()} gives the first entry there is.
     *
     * @param sequence wanted
     */
    public void seekToSequence(final long sequence) {
        clear();
        lookForRecordings();
        EpochHead from = null;
        for (final EpochHead head : chain.epochs()) {
            from = head.firstSequence() <= sequence ? head : from;
        }
        if (from != null) {
            enter(from);
        }
        fromSequence = sequence;
    }

    /**
     * Goes to the first entry with at least a time, else as {@link #seekToSequence(long)}.
     *
     * @param timeNs nanoseconds since the Unix epoch
     */
    public void seekToTime(final long timeNs) {
        clear();
        lookForRecordings();
        EpochHead from = null;
        for (final EpochHead head : chain.epochs()) {
            from = head.firstTimeNs() < timeNs ? head : from;
        }
        if (from != null) {
            enter(from);
        }
        fromTimeNs = timeNs;
    }

    @Override
    public void close() {
        clear();
        files.close();
    }

    EpochChain chain() {
        return chain;
    }

    /**
     * As {@link #seek(long, long)}; the entry must also have that sequence and time, unless the sequence is
     * {@link Fault#UNKNOWN}.
     */
    boolean seek(final long epoch, final long position, final long sequence, final long timeNs) {
        clear();
        lookForRecordings();
        final EpochHead head = chain.epoch(epoch);
        if (head == null || position < 0 || position % Recording.FRAME_ALIGNMENT != 0) {
            return false;
        }
        enter(head);
        if (fault == null && isWithinDeclaredEnd(position)) {
            scanner.position(position);
            if (scanner.next(limit) == EntryScanner.ENTRY && isExpected(sequence, timeNs)) {
                final long before = scanner.lastSequence() - 1;
                scanner.position(position);
                scanner.follow(before, Long.MIN_VALUE);
                return true;
            }
        }
        clear();
        return false;
    }

    private boolean isWithinDeclaredEnd(final long position) {
        return link.endPosition() == Recording.UNKNOWN_POSITION || position < link.endPosition();
    }

    private boolean isExpected(final long sequence, final long timeNs) {
        final boolean asked = sequence == Fault.UNKNOWN
                || (sequence == scanner.lastSequence() && timeNs == scanner.lastTimeNs());
        return asked && (link.endSequence() == Fault.UNKNOWN || scanner.lastSequence() <= link.endSequence());
    }

    /** Narrows a seek that has been brought near by an index. */
    void skipTo(final long sequence, final long timeNs) {
        fromSequence = sequence;
        fromTimeNs = timeNs;
    }

    private int step() {
        if (current == null && !enterFirst()) {
            return fault == null ? END : CORRUPT;
        }
        // More than one epoch in a step is passed only if all but the last hold nothing but their first entry.
        while (fault == null) {
            if (!hasEndedBySequence()) {
                final int result = scanner.next(limit);
                if (result == EntryScanner.ENTRY) {
                    return isWithinEpoch() ? ENTRY : CORRUPT;
                }
                if (result == EntryScanner.FAULTY) {
                    fault = scanner.fault();
                    return CORRUPT;
                }
                if (extendLimit()) {
                    continue;
                }
            }
            if ((link.next() == null && !lookForHeads()) || fault != null || !advance()) {
                return fault == null ? END : CORRUPT;
            }
        }
        return CORRUPT;
    }

    /** Asks anew how far this recording may be read; true if that is further than before. */
    private boolean extendLimit() {
        final long before = limit;
        updateLimit();
        return before != Recording.UNKNOWN_POSITION && limit > before;
    }

    private void updateLimit() {
        final long known = Math.max(limit, current.recording().startPosition());
        final long recorded = chain.limit(current.recording(), known);
        final long end = link.endPosition();
        if (end == Recording.UNKNOWN_POSITION) {
            limit = recorded;
        } else {
            limit = recorded == Recording.UNKNOWN_POSITION ? end : Math.min(recorded, end);
        }
    }

    private boolean isReached() {
        if (scanner.lastSequence() < fromSequence || scanner.lastTimeNs() < fromTimeNs) {
            return false;
        }
        skipTo(Long.MIN_VALUE, Long.MIN_VALUE);
        return true;
    }

    private boolean hasEndedBySequence() {
        return link.next() != null
                && link.endPosition() == Recording.UNKNOWN_POSITION
                && scanner.lastSequence() >= link.endSequence();
    }

    private boolean isWithinEpoch() {
        if (link.endSequence() != Fault.UNKNOWN && scanner.lastSequence() > link.endSequence()) {
            scanner.faulty(
                    scanner.entry().startPosition(),
                    "the next epoch declares this one to end before: expected at most sequence=" + link.endSequence()
                            + " actual=" + scanner.lastSequence());
            fault = scanner.fault();
            return false;
        }
        return true;
    }

    private boolean enterFirst() {
        fault = chain.faultBeforeFirst();
        if (fault == null && chain.first() == null && chain.readPending()) {
            fault = chain.faultBeforeFirst();
        }
        if (fault == null && chain.first() != null) {
            enter(chain.first());
            return fault == null;
        }
        return false;
    }

    private void enter(final EpochHead head) {
        if (scanner != null) {
            scanner.close();
        }
        current = head;
        scanner = new EntryScanner(directory, head.recording());
        scanner.epoch(head.epoch());
        scanner.follow(head.previousEndSequence(), Long.MIN_VALUE);
        limit = head.recording().startPosition();
        link = chain.after(head);
        fault = link.fault();
        updateLimit();
    }

    /**
     * Goes over into the next epoch if this one has been read to its declared end; false if a part of it is lacking.
     */
    private boolean advance() {
        final boolean bySequence = link.endPosition() == Recording.UNKNOWN_POSITION;
        final long lastSequence = scanner.lastSequence();
        if (bySequence ? lastSequence < link.endSequence() : scanner.position() < link.endPosition()) {
            return false;
        }
        final EpochHead next = link.next();
        if (lastSequence != link.endSequence()) {
            final Recording recording = next.recording();
            fault = new Fault(
                    Fault.Kind.DAMAGED,
                    recording.id(),
                    recording.segmentName(0),
                    next.epoch(),
                    lastSequence + 1,
                    0,
                    0,
                    "EPOCH_START declares another end of epoch " + current.epoch() + " than it has at position="
                            + link.endPosition() + ": expected sequence=" + lastSequence + " actual="
                            + link.endSequence());
            return false;
        }
        final long lastTimeNs = scanner.lastTimeNs();
        enter(next);
        scanner.follow(lastSequence, lastTimeNs);
        return true;
    }

    private void lookForRecordings() {
        if (chain.hasNewRecordings()) {
            chain.refresh();
        } else if (chain.hasPending()) {
            chain.readPending();
        }
    }

    private boolean lookForHeads() {
        if (chain.hasPending() && chain.readPending()) {
            relink();
        }
        return link.next() != null;
    }

    /** Looks again how this epoch goes over into the next, and whether the cursor has been over-run by that. */
    private void relink() {
        if (current == null) {
            return;
        }
        link = chain.after(current);
        fault = link.fault();
        final boolean beyondPosition =
                link.endPosition() != Recording.UNKNOWN_POSITION && scanner.entryEnd() > link.endPosition();
        final boolean beyondSequence =
                link.endSequence() != Fault.UNKNOWN && scanner.lastSequence() > link.endSequence();
        if (fault == null && (beyondPosition || beyondSequence)) {
            final long base = current.recording().segmentBase(link.next().previousEndPosition());
            fault = new Fault(
                    Fault.Kind.OVERRUN,
                    current.recording().id(),
                    current.recording().segmentName(base),
                    current.epoch(),
                    link.endSequence() + 1,
                    link.next().previousEndPosition(),
                    link.next().previousEndPosition() - base,
                    "what was read beyond the end that epoch " + link.next().epoch() + " declares is void:"
                            + " declared sequence=" + link.endSequence() + " read to sequence=" + scanner.lastSequence()
                            + " position=" + scanner.entryEnd());
        }
        updateLimit();
    }

    private void clear() {
        if (scanner != null) {
            scanner.close();
        }
        current = null;
        scanner = null;
        link = EpochLink.OPEN;
        fault = null;
        skipTo(Long.MIN_VALUE, Long.MIN_VALUE);
    }
}
