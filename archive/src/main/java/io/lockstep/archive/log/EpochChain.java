package io.lockstep.archive.log;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The recordings of a directory put in the order of their epochs by what their first entries say. A recording that
 * starts late is no link of it. Called by the thread of its owner; allocates when recordings are added.
 */
final class EpochChain {
    private final RecordingFiles files;
    private final RecordedPositions positions;
    private final Map<Long, EpochHead> heads = new HashMap<>();
    private final List<EpochHead> unreadable = new ArrayList<>();
    private final List<EpochHead> pending = new ArrayList<>();
    private final List<EpochHead> rivals = new ArrayList<>();
    private final NavigableMap<Long, EpochHead> byEpoch = new TreeMap<>();

    EpochChain(final RecordingFiles files, final RecordedPositions positions) {
        this.files = files;
        this.positions = positions;
    }

    /** Lists the directory anew and reads the first entries not read before. */
    void refresh() {
        add(files.list());
    }

    void add(final List<Recording> recordings) {
        for (final Recording recording : recordings) {
            if (!recording.isFragment() && !heads.containsKey(recording.id())) {
                final EpochHead head = new EpochHead(recording);
                heads.put(recording.id(), head);
                pending.add(head);
            }
        }
        readPending();
    }

    /** Reads the first entries that were not recorded when last asked. Tells whether one was found. */
    boolean readPending() {
        boolean found = false;
        for (int i = pending.size() - 1; i >= 0; i--) {
            final EpochHead head = pending.get(i);
            head.read(files.directory(), limit(head.recording(), head.recording().startPosition()));
            if (head.state() != EpochHead.State.PENDING) {
                pending.remove(i);
                place(head);
                found = true;
            }
        }
        return found;
    }

    boolean hasPending() {
        return !pending.isEmpty();
    }

    boolean hasNewRecordings() {
        return files.hasNewRecordings();
    }

    /**
     * How far a recording may be read.
     *
     * @param known how far it was known to go before
     * @return {@link Recording#UNKNOWN_POSITION} to read to the first zero frame length
     */
    long limit(final Recording recording, final long known) {
        final long recorded = positions.recordedPosition(recording.id());
        if (recorded != Recording.UNKNOWN_POSITION) {
            return Math.max(known, recorded);
        }
        final long stop = files.stopPosition(recording.id());
        if (stop != Recording.UNKNOWN_POSITION) {
            return Math.max(known, stop);
        }
        return positions == RecordedPositions.NONE ? Recording.UNKNOWN_POSITION : known;
    }

    /** The first epoch there is, or null. */
    EpochHead first() {
        return byEpoch.isEmpty() ? null : byEpoch.firstEntry().getValue();
    }

    /** The epochs there are, in order. */
    Iterable<EpochHead> epochs() {
        return byEpoch.values();
    }

    /** Recordings whose first entry is damaged. */
    List<EpochHead> unreadable() {
        return unreadable;
    }

    /** Recordings of an epoch that another recording holds too. */
    List<EpochHead> rivals() {
        return rivals;
    }

    EpochHead epoch(final long epoch) {
        return byEpoch.get(epoch);
    }

    /** Why the log cannot be read from its beginning, or null. */
    Fault faultBeforeFirst() {
        final EpochHead first = first();
        final EpochHead damaged = unreadable(-1, first == null ? Long.MAX_VALUE : first.recording().id());
        return damaged == null ? null : damaged.fault();
    }

    /** How an epoch goes over into the next. */
    EpochLink after(final EpochHead head) {
        final var entry = byEpoch.higherEntry(head.epoch());
        final long id = head.recording().id();
        if (entry == null) {
            final EpochHead damaged = unreadable(id, Long.MAX_VALUE);
            return damaged == null ? EpochLink.OPEN : EpochLink.broken(damaged.fault());
        }
        final EpochHead next = entry.getValue();
        if (next.previousEpoch() == head.epoch()) {
            return new EpochLink(next, next.previousEndPosition(), next.previousEndSequence(), null);
        }
        if (next.previousEpoch() == head.epoch() + 1 && next.previousEndPosition() == 0) {
            // The epoch between was opened and died before its first entry. It cannot have followed any but this one,
            // so this one ends with the sequence that the empty one ended with.
            return new EpochLink(next, Recording.UNKNOWN_POSITION, next.previousEndSequence(), null);
        }
        final EpochHead damaged = unreadable(id, next.recording().id());
        return EpochLink.broken(damaged == null ? missing(head, next) : damaged.fault());
    }

    private static Fault missing(final EpochHead head, final EpochHead next) {
        final Recording recording = next.recording();
        return new Fault(
                next.previousEpoch() > head.epoch() ? Fault.Kind.MISSING : Fault.Kind.DAMAGED,
                recording.id(),
                recording.segmentName(0),
                next.epoch(),
                next.firstSequence(),
                0,
                0,
                "EPOCH_START follows an epoch that no whole recording here holds: expected previous epoch="
                        + head.epoch() + " actual previous epoch=" + next.previousEpoch() + " ended at position="
                        + next.previousEndPosition() + " sequence=" + next.previousEndSequence());
    }

    private EpochHead unreadable(final long afterId, final long beforeId) {
        EpochHead first = null;
        for (final EpochHead head : unreadable) {
            final long id = head.recording().id();
            if (id > afterId && id < beforeId && (first == null || id < first.recording().id())) {
                first = head;
            }
        }
        return first;
    }

    private void place(final EpochHead head) {
        if (!head.isSound()) {
            unreadable.add(head);
            return;
        }
        final EpochHead other = byEpoch.get(head.epoch());
        if (other == null || other.recording().id() > head.recording().id()) {
            byEpoch.put(head.epoch(), head);
        }
        if (other != null) {
            rivals.add(other.recording().id() > head.recording().id() ? other : head);
        }
    }
}
