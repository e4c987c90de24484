package io.lockstep.archive.log;

import io.lockstep.archive.log.RecordingReport.Place;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Reads a whole archive directory, to which nobody writes, and names the first bad entry of each recording. Beyond what
 * {@link LogCursor} checks it looks at what a cursor has no need to read: bytes after the end of a recording,
 * fragments, recordings outside the chain, and whether the catalogue and the files agree. Used by one thread, once.
 */
public final class LogVerifier {
    private static final Comparator<Fault> BY_PLACE = Comparator.comparing(
                    (Fault fault) -> fault.kind() == Fault.Kind.CATALOG)
            .thenComparingLong(Fault::recordingId)
            .thenComparingLong(Fault::position);

    private final Path directory;
    private final RecordingFiles files;
    private final EpochChain chain;
    private final Meter meter;
    private final List<Fault> faults = new ArrayList<>();
    private final Map<Long, RecordingReport> reports = new TreeMap<>();
    private SortedMap<Long, SortedMap<Long, Long>> segments = Collections.emptySortedMap();

    private LogVerifier(final Path directory, final RecordingFiles files, final Consumer<VerifyProgress> progress) {
        this.directory = directory;
        this.files = files;
        chain = new EpochChain(files, RecordedPositions.NONE);
        meter = new Meter(progress);
    }

    /**
     * Verifies a directory.
     *
     * @param archiveDirectory that nobody writes to
     * @param progress is told every 16 MiB and after each recording
     * @return what was found; damage is never thrown
     * @throws java.io.UncheckedIOException if the directory cannot be read
     */
    public static VerifyReport verify(final Path archiveDirectory, final Consumer<VerifyProgress> progress) {
        try (RecordingFiles files = new RecordingFiles(archiveDirectory)) {
            return new LogVerifier(archiveDirectory, files, progress).verify();
        }
    }

    private VerifyReport verify() {
        final List<Recording> recordings = list();
        chain.add(recordings);
        verifyChain();
        for (final Recording recording : recordings) {
            if (!reports.containsKey(recording.id())) {
                verifyOutsideChain(recording);
            }
        }
        faults.sort(BY_PLACE);
        return new VerifyReport(faults.isEmpty(), faults, new ArrayList<>(reports.values()));
    }

    private List<Recording> list() {
        final List<Recording> recordings = files.list();
        segments = files.segments();
        files.catalogProblems().forEach(this::catalogFault);
        final boolean isCatalogSound = files.catalogProblems().isEmpty();
        for (final long id : segments.keySet()) {
            if (recordings.stream().noneMatch(recording -> recording.id() == id)) {
                unlisted(id);
            } else if (isCatalogSound && !files.isInCatalog(id)) {
                catalogFault("the segment files of recording " + id + " stand in no valid descriptor of the catalogue");
            }
        }
        return recordings;
    }

    private void verifyChain() {
        RecordingAudit before = null;
        EpochHead expected = null;
        for (final EpochHead head : chain.epochs()) {
            final EpochLink link = chain.after(head);
            final RecordingAudit audit = audit(head.recording());
            final boolean follows = head.equals(expected) && before.fault() == null;
            audit.run(head, follows ? before.lastTimeNs() : Long.MIN_VALUE, link);
            report(audit, Place.EPOCH);
            if (link.fault() != null && !isOfUnreadable(link.fault())) {
                faults.add(link.fault());
            }
            before = audit;
            expected = link.next();
        }
    }

    /** The fault of a first entry that cannot be read is reported with its own recording. */
    private boolean isOfUnreadable(final Fault fault) {
        return chain.unreadable().stream().anyMatch(head -> fault.equals(head.fault()));
    }

    private void verifyOutsideChain(final Recording recording) {
        final RecordingAudit audit = audit(recording);
        final EpochHead unreadable = find(chain.unreadable(), recording);
        final EpochHead rival = find(chain.rivals(), recording);
        if (unreadable != null) {
            audit.unreadable(unreadable.fault());
            report(audit, Place.UNREADABLE);
        } else if (rival != null) {
            audit.run(rival, Long.MIN_VALUE, EpochLink.OPEN);
            report(audit, Place.RIVAL);
            final long other = chain.epoch(rival.epoch()).recording().id();
            faults.add(new Fault(
                    Fault.Kind.DAMAGED,
                    recording.id(),
                    recording.segmentName(0),
                    rival.epoch(),
                    rival.firstSequence(),
                    0,
                    0,
                    "two recordings hold epoch " + rival.epoch() + ": this one and recording " + other));
        } else {
            audit.run();
            report(audit, recording.isFragment() ? Place.FRAGMENT : Place.EMPTY);
        }
    }

    private RecordingAudit audit(final Recording recording) {
        return new RecordingAudit(
                directory, recording, segments.getOrDefault(recording.id(), Collections.emptySortedMap()), meter);
    }

    private static EpochHead find(final List<EpochHead> heads, final Recording recording) {
        for (final EpochHead head : heads) {
            if (head.recording().id() == recording.id()) {
                return head;
            }
        }
        return null;
    }

    private void report(final RecordingAudit audit, final Place place) {
        if (audit.fault() != null) {
            faults.add(audit.fault());
        }
        final Recording recording = audit.recording();
        reports.put(
                recording.id(),
                new RecordingReport(
                        recording.id(),
                        place,
                        audit.epoch(),
                        audit.firstSequence(),
                        audit.lastSequence(),
                        recording.startPosition(),
                        audit.stopPosition(),
                        audit.endPosition(),
                        audit.entries(),
                        audit.endPosition() - recording.startPosition(),
                        audit.stopPosition() - audit.endPosition(),
                        audit.fault()));
        meter.tell(recording.id(), audit.endPosition());
    }

    /** Segment files of which not even the first frame says anything; an empty recording leaves such behind. */
    private void unlisted(final long id) {
        final long base = segments.get(id).firstKey();
        final Recording any = new Recording(
                id, base, Recording.UNKNOWN_POSITION, 0, Recording.MIN_TERM_LENGTH, Recording.MAX_TERM_LENGTH, 0, 0, 0);
        try (FrameScanner scanner = new FrameScanner(directory, any)) {
            if (scanner.segment().moveTo(base) && !scanner.isBlank(0, scanner.segment().buffer().capacity())) {
                catalogFault("the segment files of recording " + id
                        + " stand in no valid descriptor of the catalogue and their first frame cannot be read");
            }
        }
    }

    private void catalogFault(final String problem) {
        faults.add(new Fault(
                Fault.Kind.CATALOG,
                Fault.UNKNOWN,
                CatalogView.FILE_NAME,
                Fault.UNKNOWN,
                Fault.UNKNOWN,
                Fault.UNKNOWN,
                Fault.UNKNOWN,
                problem));
    }

    /** Counts what is read and tells of it now and then. */
    static final class Meter {
        private static final long TELL_EACH_BYTES = 16L * 1024 * 1024;

        private final Consumer<VerifyProgress> progress;
        private long bytes;
        private long entries;
        private long toldBytes;

        Meter(final Consumer<VerifyProgress> progress) {
            this.progress = progress;
        }

        void read(final long recordingId, final long position, final int length) {
            bytes += length;
            entries++;
            if (bytes - toldBytes >= TELL_EACH_BYTES) {
                tell(recordingId, position);
            }
        }

        void tell(final long recordingId, final long position) {
            toldBytes = bytes;
            progress.accept(new VerifyProgress(recordingId, position, bytes, entries));
        }
    }
}
