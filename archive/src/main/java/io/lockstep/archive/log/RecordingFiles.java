package io.lockstep.archive.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The recordings of one archive directory, as the catalogue has them or, where it is missing or damaged, as far as the
 * segment files tell. Sees what a running archive adds. Called by one thread.
 */
public final class RecordingFiles implements AutoCloseable {
    private static final int LOOK_FOR_CATALOG_EACH = 1024;

    private final Path directory;
    private final CatalogView catalog;
    private final SegmentProbe probe;
    private final Set<Long> catalogued = new HashSet<>();
    private int looks;

    /**
     * Looks at a directory; reads nothing yet.
     *
     * @param directory of the archive
     */
    public RecordingFiles(final Path directory) {
        this.directory = directory;
        catalog = new CatalogView(directory);
        probe = new SegmentProbe(directory);
    }

    /** The archive's directory. */
    public Path directory() {
        return directory;
    }

    /**
     * Lists the recordings anew, by id; also those that have files and no valid descriptor in the catalogue.
     *
     * @throws UncheckedIOException if the directory cannot be read
     */
    public List<Recording> list() {
        // Files first: an archive writes a descriptor before the first file, so one that lacks it now has lost it.
        final NavigableMap<Long, SortedMap<Long, Long>> segments = segments();
        final List<Recording> recordings = catalog.load();
        recordings.removeIf(this::isContradicted);
        catalogued.clear();
        recordings.forEach(recording -> catalogued.add(recording.id()));
        recordings.addAll(orphans(segments));
        recordings.sort(Comparator.comparingLong(Recording::id));
        return recordings;
    }

    /** What was wrong with the catalogue at the last {@link #list()}, a sentence each. */
    public List<String> catalogProblems() {
        return List.copyOf(catalog.problems());
    }

    /** Tells, by one look at mapped memory, whether the archive has added a recording since {@link #list()}. */
    public boolean hasNewRecordings() {
        final long next = catalog.nextRecordingId();
        // Where there is no catalogue yet, all that can be done is to look for one now and then.
        return next == Recording.UNKNOWN_POSITION
                ? ++looks % LOOK_FOR_CATALOG_EACH == 0
                : next != catalog.loadedRecordingId();
    }

    /**
     * The stop position of a recording as it is now.
     *
     * @param recordingId of a recording listed before
     * @return {@link Recording#UNKNOWN_POSITION} while it is active or where the catalogue cannot say
     */
    public long stopPosition(final long recordingId) {
        return catalog.stopPosition(recordingId);
    }

    /** Tells whether the catalogue had a valid descriptor of a recording at the last {@link #list()}. */
    boolean isInCatalog(final long recordingId) {
        return catalogued.contains(recordingId);
    }

    /** Recordings that have files but no valid descriptor, unless the archive is just deleting them. */
    private List<Recording> orphans(final NavigableMap<Long, SortedMap<Long, Long>> allSegments) {
        final List<Recording> found = new ArrayList<>();
        try {
            for (final var segments : allSegments.entrySet()) {
                if (!catalogued.contains(segments.getKey()) && !catalog.isDeleted(segments.getKey())) {
                    final Recording recording = probe.derive(segments.getKey(), segments.getValue());
                    if (recording != null) {
                        found.add(recording);
                    }
                }
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    /** The segment files there are: recording id to base position to length of file. */
    NavigableMap<Long, SortedMap<Long, Long>> segments() {
        final NavigableMap<Long, SortedMap<Long, Long>> segments = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + Recording.SEGMENT_SUFFIX)) {
            for (final Path file : files) {
                final String name = file.getFileName().toString();
                final String stem = name.substring(0, name.length() - Recording.SEGMENT_SUFFIX.length());
                final int dash = stem.indexOf('-');
                final long id = dash < 0 ? -1 : number(stem.substring(0, dash));
                final long base = dash < 0 ? -1 : number(stem.substring(dash + 1));
                if (id >= 0 && base >= 0) {
                    segments.computeIfAbsent(id, key -> new TreeMap<>()).put(base, SegmentProbe.length(file));
                }
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return segments;
    }

    @Override
    public void close() {
        catalog.close();
    }

    private boolean isContradicted(final Recording recording) {
        try {
            final boolean contradicted = recording.isFragment() && probe.isWrittenBeforeStart(recording);
            if (contradicted) {
                catalog.problem("the catalogue lets recording " + recording.id() + " start at "
                        + recording.startPosition() + " but its file starts before");
            }
            return contradicted;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long number(final String digits) {
        if (digits.isEmpty() || digits.length() > 18) {
            return -1;
        }
        long value = 0;
        for (int i = 0; i < digits.length(); i++) {
            final char digit = digits.charAt(i);
            if (digit < '0' || digit > '9') {
                return -1;
            }
            value = value * 10 + digit - '0';
        }
        return value;
    }
}
