package io.lockstep.core.simulation;

/**
 * A reader of the log: live, which is in order and late; or, after its image was lost, from an archive, until it has
 * caught up with what that has recorded.
 */
final class LogReader {
    private final Faults faults;
    private final LogStream stream;
    private ArchiveModel archive; // null while live
    private int next;
    private long delayNs;

    /** A reader of the whole log, from an archive first. */
    LogReader(final Faults faults, final LogStream stream, final ArchiveModel archive) {
        this.faults = faults;
        this.stream = stream;
        this.archive = archive;
    }

    /** A reader of what is appended from now on. */
    LogReader(final Faults faults, final LogStream stream) {
        this(faults, stream, null);
        next = stream.size();
    }

    boolean isLive() {
        return archive == null;
    }

    /** The image is gone; what is missing is fetched. */
    void lose(final ArchiveModel from) {
        archive = from;
    }

    /** How many entries have been taken, or lie before the first that is. */
    int count() {
        return next;
    }

    /** The next entry if it can be read by now, else null. */
    LogStream.Appended peek() {
        if (archive != null) {
            if (next < archive.recordedCount()) {
                return stream.get(next);
            }
            if (next < stream.size() && !faults.isHealed() && faults.random.nextInt(4) > 0) {
                return null;
            }
            archive = null;
        }
        if (next == stream.size()) {
            return null;
        }
        if (delayNs == 0) {
            delayNs = 1 + faults.delayNs();
        }
        final LogStream.Appended entry = stream.get(next);
        return entry.atNs() + delayNs <= faults.elapsedNs() + 1 ? entry : null;
    }

    void advance() {
        next++;
        if (next % 8 == 0) {
            delayNs = 0;
        }
    }
}
