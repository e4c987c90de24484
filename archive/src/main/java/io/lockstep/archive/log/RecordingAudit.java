package io.lockstep.archive.log;

import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads one recording from its start to the last byte of its last segment file for {@link LogVerifier}, and keeps the
 * first fault and the counts. Used once.
 */
final class RecordingAudit {
    private static final int BLANK_CHUNK = 64 * 1024;

    private final Recording recording;
    private final SortedMap<Long, Long> segments;
    private final EntryScanner scanner;
    private final LogVerifier.Meter meter;
    private long firstSequence = Fault.UNKNOWN;
    private long entries;
    private long endPosition;
    private long stopPosition;
    private Fault fault;

    /**
     * Prepares the audit.
     *
     * @param segments base position to length of the recording's files
     */
    RecordingAudit(
            final Path directory,
            final Recording recording,
            final SortedMap<Long, Long> segments,
            final LogVerifier.Meter meter) {
        this.recording = recording;
        this.segments = segments;
        this.meter = meter;
        scanner = new EntryScanner(directory, recording);
        endPosition = recording.startPosition();
        stopPosition = Math.max(recording.stopPosition(), recording.startPosition());
    }

    /** Reads all of a recording that is no link of the chain. */
    void run() {
        run(EpochLink.OPEN);
    }

    /** Reads an epoch of the chain, whose first entry is known to be sound. */
    void run(final EpochHead head, final long previousTimeNs, final EpochLink link) {
        scanner.epoch(head.epoch());
        scanner.follow(head.previousEndSequence(), previousTimeNs);
        run(link);
    }

    /** Takes the fault of a first entry that could not be read; nothing else of the recording can be judged. */
    void unreadable(final Fault headFault) {
        fault = headFault;
        scanner.close();
    }

    Recording recording() {
        return recording;
    }

    long epoch() {
        return fault != null && entries == 0 ? fault.epoch() : scanner.epoch();
    }

    long firstSequence() {
        return firstSequence;
    }

    /** The last sequence that is sound and not void. */
    long lastSequence() {
        return entries == 0 ? Fault.UNKNOWN : firstSequence + entries - 1;
    }

    long lastTimeNs() {
        return scanner.lastTimeNs();
    }

    long entries() {
        return entries;
    }

    long endPosition() {
        return endPosition;
    }

    long stopPosition() {
        return Math.max(stopPosition, endPosition);
    }

    Fault fault() {
        return fault;
    }

    private void run(final EpochLink link) {
        try {
            walk(link);
            if (fault == null) {
                tail();
            }
            if (fault == null) {
                lengths();
            }
        } finally {
            scanner.close();
        }
    }

    private void walk(final EpochLink link) {
        final long stop = recording.stopPosition();
        final long end = link.endPosition();
        final long limit = stop == Recording.UNKNOWN_POSITION || end == Recording.UNKNOWN_POSITION
                ? Math.max(stop, end)
                : Math.min(stop, end);
        int result = scanner.next(limit);
        while (result == EntryScanner.ENTRY && !isBeyond(link)) {
            firstSequence = entries == 0 ? scanner.lastSequence() : firstSequence;
            entries++;
            endPosition = scanner.entryEnd();
            meter.read(recording.id(), endPosition, scanner.entry().length());
            result = scanner.next(limit);
        }
        if (result == EntryScanner.FAULTY) {
            fault = scanner.fault();
        } else if (link.next() != null) {
            declaredEnd(link);
        }
    }

    /** An epoch whose end only a sequence tells has been read to the end when the next entry lies beyond. */
    private boolean isBeyond(final EpochLink link) {
        return link.endSequence() != Fault.UNKNOWN && scanner.lastSequence() > link.endSequence();
    }

    private void declaredEnd(final EpochLink link) {
        if (scanner.position() < link.endPosition()) {
            fault(
                    Fault.Kind.MISSING,
                    scanner.position(),
                    "the recording ends before its epoch does: epoch " + link.next().epoch()
                            + " declares position=" + link.endPosition() + " sequence=" + link.endSequence()
                            + " actual position=" + scanner.position() + " sequence=" + lastSequence());
        } else if (lastSequence() != link.endSequence()) {
            fault(
                    Fault.Kind.DAMAGED,
                    endPosition,
                    "the last entry before the end that epoch " + link.next().epoch()
                            + " declares: expected sequence=" + link.endSequence() + " actual=" + lastSequence());
        }
    }

    private void tail() {
        if (recording.stopPosition() == Recording.UNKNOWN_POSITION) {
            int result = FrameScanner.DATA;
            while (result == FrameScanner.DATA || result == FrameScanner.PADDING) {
                result = scanner.frames().next(Recording.UNKNOWN_POSITION);
            }
            stopPosition = scanner.frames().position();
            if (result == FrameScanner.FAULTY) {
                // Within what is void nothing can be wrong.
                return;
            }
        }
        for (final long base : segments.tailMap(recording.segmentBase(stopPosition)).keySet()) {
            final SegmentMapping segment = scanner.frames().segment();
            if (base == recording.segmentBase(base) && segment.moveTo(base)) {
                final long from = Math.max(base, stopPosition);
                final long written = written(segment.buffer(), (int) (from - base));
                if (written >= 0) {
                    fault(
                            Fault.Kind.DAMAGED,
                            base + written,
                            "a byte after the end of the recording is not zero: end=" + stopPosition);
                    return;
                }
            }
        }
    }

    private long written(final UnsafeBuffer buffer, final int from) {
        for (int offset = from; offset < buffer.capacity(); offset += BLANK_CHUNK) {
            final int end = Math.min(buffer.capacity(), offset + BLANK_CHUNK);
            if (!scanner.frames().isBlank(offset, end)) {
                int index = offset;
                while (buffer.getByte(index) == 0) {
                    index++;
                }
                return index;
            }
        }
        return -1;
    }

    private void lengths() {
        for (final Map.Entry<Long, Long> segment : segments.entrySet()) {
            if (segment.getValue() != recording.segmentLength()) {
                fault(
                        Fault.Kind.DAMAGED,
                        segment.getKey(),
                        "length of a segment file: expected=" + recording.segmentLength() + " actual="
                                + segment.getValue());
                return;
            }
        }
    }

    private void fault(final Fault.Kind kind, final long position, final String reason) {
        final long base = recording.segmentBase(position);
        final long last = lastSequence();
        fault = new Fault(
                kind,
                recording.id(),
                recording.segmentName(base),
                scanner.epoch(),
                last == Fault.UNKNOWN ? Fault.UNKNOWN : last + 1,
                position,
                position - base,
                reason);
    }
}
