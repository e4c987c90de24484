package io.lockstep.archive.record;

import io.aeron.archive.codecs.SourceLocation;
import io.lockstep.transport.RecordingChannel;
import java.nio.file.Path;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * Knows all recordings of the sequenced stream in one archive: starts the recording, lists what there is, notices
 * what is new or has stopped, finds each one's epoch by its first entry and reads the positions of the active ones
 * from their counters. Called by the archive agent's thread.
 */
final class RecordingFollower {
    private static final long SCAN_INTERVAL_NS = 2_000_000L;
    private static final int LIST_COUNT = 1_000;

    private final ArchiveAgentContext context;
    private final ArchiveControl control;
    private final RecordingCounters counters;
    private final EpochRecordings epochs;
    private final Path directory;
    private final RecordingCounters.Found found = this::onActive;
    private final Long2ObjectHashMap<FollowedRecording> recordings = new Long2ObjectHashMap<>();
    private FollowedRecording[] active = new FollowedRecording[0];
    private boolean wasConnected;
    private int startedCount;
    private boolean isListed;
    private boolean refresh;
    private boolean activeChanged;
    private long startTicket;
    private long listTicket;
    private FollowedRecording described;
    private long highestId = -1;
    private long nextScanNs = Long.MIN_VALUE;

    RecordingFollower(
            final ArchiveAgentContext context,
            final ArchiveControl control,
            final RecordingCounters counters,
            final EpochRecordings epochs) {
        this.context = context;
        this.control = control;
        this.counters = counters;
        this.epochs = epochs;
        this.directory = context.directory();
    }

    /** Tells whether every recording of the archive has been looked at once. */
    boolean isListed() {
        return isListed && isStarted();
    }

    /** Lists what is new at the next opportunity, since something may have come and gone between two looks. */
    void refresh() {
        refresh = true;
    }

    /** Asks for the stop position of a recording anew. */
    void describeAgain(final long recordingId) {
        final FollowedRecording recording = recordings.get(recordingId);
        if (recording != null) {
            recording.needsDescription = true;
        }
    }

    /** The recording has been stopped by request and is to be started again. */
    void startAgain() {
        startedCount = 0;
    }

    private boolean isStarted() {
        return startedCount == context.recorded().size();
    }

    /** Tells whether a recording is active whose epoch is not known yet or above one. */
    boolean hasActiveAbove(final long epoch) {
        for (final FollowedRecording recording : active) {
            if (!recording.isIgnored && (recording.held == null || recording.held.epoch() > epoch)) {
                return true;
            }
        }
        return false;
    }

    int work(final long nowNs) {
        if (control.isConnected() != wasConnected) {
            wasConnected = control.isConnected();
            startedCount = 0;
            isListed = false;
        }
        int work = readPositions();
        if (nowNs >= nextScanNs) {
            nextScanNs = nowNs + SCAN_INTERVAL_NS;
            counters.scan(found);
            work += readHeads();
        }
        if (activeChanged) {
            rebuildActive();
        }
        return work + takeOutcome() + (control.isReady() ? ask(nowNs) : 0);
    }

    private int ask(final long nowNs) {
        if (!isStarted()) {
            final RecordingChannel channel = context.recorded().get(startedCount);
            final SourceLocation location = channel.isLocal() ? SourceLocation.LOCAL : SourceLocation.REMOTE;
            startTicket = control.request(
                    nowNs,
                    (proxy, id, session) -> proxy.startRecording(
                            channel.uri(), channel.streamId(), location, false, id, session));
            return 1;
        }
        if (!isListed || refresh) {
            listTicket = control.list(nowNs, isListed ? highestId + 1 : 0, LIST_COUNT);
            refresh = false;
            return 1;
        }
        for (final FollowedRecording recording : recordings.values()) {
            if (recording.needsDescription) {
                described = recording;
                listTicket = control.list(nowNs, recording.id, 1);
                return 1;
            }
        }
        return 0;
    }

    private int takeOutcome() {
        if (startTicket != 0) {
            final int outcome = control.take(startTicket);
            if (outcome == ArchiveControl.PENDING) {
                return 0;
            }
            startTicket = 0;
            if (outcome == ArchiveControl.OK || control.reason().contains("recording exists")) {
                startedCount++;
            } else {
                context.listener().onError("recording not started: " + control.reason());
            }
            return 1;
        }
        if (listTicket != 0) {
            final int outcome = control.take(listTicket);
            if (outcome == ArchiveControl.PENDING) {
                return 0;
            }
            listTicket = 0;
            if (outcome == ArchiveControl.OK) {
                onListed();
            } else {
                refresh |= described == null;
            }
            described = null;
            return 1;
        }
        return 0;
    }

    private void onListed() {
        if (described != null) {
            described.needsDescription = false;
        }
        for (final RecordingDescriptor descriptor : control.descriptors()) {
            onDescriptor(descriptor);
        }
        if (described == null) {
            final boolean more = control.descriptors().size() == LIST_COUNT;
            refresh |= more;
            isListed |= !more;
        }
    }

    private void onDescriptor(final RecordingDescriptor descriptor) {
        FollowedRecording recording = recordings.get(descriptor.recordingId());
        if (recording == null) {
            recording = new FollowedRecording(descriptor.recordingId());
            recordings.put(descriptor.recordingId(), recording);
        }
        highestId = Math.max(highestId, recording.id);
        recording.sessionId = descriptor.sessionId();
        recording.isDescribed = true;
        recording.isIgnored = descriptor.startPosition() != 0 || descriptor.streamId() != context.recordedStreamId();
        recording.stopPosition = descriptor.stopPosition();
        recording.needsDescription = descriptor.isActive() && !recording.isActive();
        if (recording.held != null && !descriptor.isActive() && !recording.isActive()) {
            recording.held.stopped(descriptor.stopPosition());
        }
        readHead(recording);
    }

    private void onActive(final long recordingId, final int counterId, final long registrationId) {
        FollowedRecording recording = recordings.get(recordingId);
        if (recording == null) {
            recording = new FollowedRecording(recordingId);
            recordings.put(recordingId, recording);
            recording.needsDescription = true;
        }
        if (recording.counterId != counterId || recording.registrationId != registrationId) {
            recording.counterId = counterId;
            recording.registrationId = registrationId;
            activeChanged = true;
        }
    }

    private int readPositions() {
        int work = 0;
        for (final FollowedRecording recording : active) {
            final long position = counters.position(recording.counterId, recording.registrationId);
            if (position == RecordingCounters.GONE) {
                recording.counterId = FollowedRecording.NO_COUNTER;
                recording.needsDescription = true;
                activeChanged = true;
                work++;
            } else {
                recording.position = position;
                if (recording.held != null && (position != recording.held.position() || !recording.held.isActive())) {
                    recording.held.recording(position);
                    work++;
                }
            }
        }
        return work;
    }

    private int readHeads() {
        int work = 0;
        for (final FollowedRecording recording : active) {
            work += readHead(recording);
        }
        return work;
    }

    /** Finds the epoch of a recording as soon as there is something in its file. */
    private int readHead(final FollowedRecording recording) {
        if (recording.held != null || recording.isIgnored || !recording.isDescribed) {
            return 0;
        }
        final long position = recording.isActive() ? recording.position : recording.stopPosition;
        if (position <= 0) {
            return 0;
        }
        final EpochHead head = EpochHead.read(directory, recording.id, context.clusterId());
        final HeldEpoch held = head == null ? null : new HeldEpoch(recording.id, recording.sessionId, head);
        if (held == null || !epochs.add(held)) {
            recording.isIgnored = true;
            context.listener().onRecordingIgnored(recording.id, head == null ? 0 : head.epoch());
            return 1;
        }
        recording.held = held;
        if (recording.isActive()) {
            held.recording(position);
        } else {
            held.stopped(position);
        }
        return 1;
    }

    private void rebuildActive() {
        activeChanged = false;
        int count = 0;
        for (final FollowedRecording recording : recordings.values()) {
            count += recording.isActive() ? 1 : 0;
        }
        active = new FollowedRecording[count];
        for (final FollowedRecording recording : recordings.values()) {
            if (recording.isActive()) {
                active[--count] = recording;
            }
        }
    }

    /** What is known of one recording. */
    private static final class FollowedRecording {
        static final int NO_COUNTER = -1;

        final long id;
        int sessionId;
        int counterId = NO_COUNTER;
        long registrationId;
        long position;
        long stopPosition;
        boolean isDescribed;
        boolean isIgnored;
        boolean needsDescription;
        HeldEpoch held;

        FollowedRecording(final long id) {
            this.id = id;
        }

        boolean isActive() {
            return counterId != NO_COUNTER;
        }
    }
}
