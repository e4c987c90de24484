package io.lockstep.archive.record;

import io.lockstep.archive.log.LogCursor;
import io.lockstep.archive.log.LogEntry;
import io.lockstep.transport.RecordingChannel;

/**
 * Carries out one Seal: remembers it, stops what is being recorded of the sealed epochs, and reads the last whole
 * entry of the newest from its file, since an epoch may only end where an entry ends. From the moment of the request
 * nothing of the sealed epochs is acknowledged, so what is read cannot be exceeded by an acknowledgement. Called by
 * the archive agent's thread, a bounded slice each time.
 */
final class SealAnswer implements AutoCloseable {
    private static final int ENTRIES_PER_SLICE = 512;

    private enum State {
        IDLE,
        REGISTERING,
        STOPPING,
        STARTING,
        SETTLING,
        READING,
        READY
    }

    private final ArchiveAgentContext context;
    private final ArchiveControl control;
    private final RecordingFollower follower;
    private final EpochRecordings epochs;
    private final RecordingCounters counters;
    private State state = State.IDLE;
    private long requestedEpoch;
    private long candidateIncarnation;
    private HeldEpoch held;
    private LogCursor cursor;
    private long ticket;
    private int stopped;
    private long position;
    private long sequence;
    private long timeNs;
    private int crc32c;

    SealAnswer(
            final ArchiveAgentContext context,
            final ArchiveControl control,
            final RecordingFollower follower,
            final EpochRecordings epochs,
            final RecordingCounters counters) {
        this.context = context;
        this.control = control;
        this.follower = follower;
        this.epochs = epochs;
        this.counters = counters;
    }

    /** A Seal has come; the latest candidate is the one that is answered. */
    void onSeal(final long requestedEpoch, final long candidate) {
        this.requestedEpoch = requestedEpoch;
        candidateIncarnation = candidate;
        if (state == State.IDLE || state == State.READY) {
            state = State.REGISTERING;
        }
    }

    /** Tells whether the answer may be sent. */
    boolean isReady() {
        return state == State.READY;
    }

    /** The answer has been sent. */
    void sent() {
        state = State.IDLE;
    }

    int work(final long nowNs) {
        return switch (state) {
            case REGISTERING -> registering();
            case STOPPING -> stopping(nowNs);
            case STARTING -> starting();
            case SETTLING -> settling();
            case READING -> reading();
            case IDLE, READY -> 0;
        };
    }

    long candidateIncarnation() {
        return candidateIncarnation;
    }

    /** Up to which epoch everything is sealed. */
    long sealedEpoch() {
        return context.sealRegister().sealedEpoch();
    }

    /** The last epoch held, or null. */
    HeldEpoch held() {
        return held;
    }

    long position() {
        return position;
    }

    long sequence() {
        return sequence;
    }

    long timeNs() {
        return timeNs;
    }

    int crc32c() {
        return crc32c;
    }

    @Override
    public void close() {
        if (cursor != null) {
            cursor.close();
            cursor = null;
        }
    }

    /** What is the newest cannot be said before every recording is known, and an answer says what is remembered. */
    private int registering() {
        if (!follower.isListed()) {
            return 0;
        }
        final HeldEpoch newest = epochs.newest();
        final long newestEpoch = newest == null ? 0 : newest.epoch();
        final long epoch = requestedEpoch == Long.MAX_VALUE ? newestEpoch : requestedEpoch;
        final SealRegister register = context.sealRegister();
        if (epoch > register.sealedEpoch()) {
            register.seal(epoch);
            context.listener().onSealed(epoch);
        }
        stopped = 0;
        state = State.STOPPING;
        return 1;
    }

    /**
     * Stopping ends every session of the recording, so it is left alone where something newer than what is sealed is
     * being recorded already: then the epoch has been decided without this archive, and the seal is late.
     */
    private int stopping(final long nowNs) {
        if (!follower.isListed() || !control.isReady()) {
            return 0;
        }
        held = epochs.newest();
        final long sealedEpoch = context.sealRegister().sealedEpoch();
        final boolean isActive = held != null && held.isActive() && held.epoch() <= sealedEpoch;
        if (!isActive || follower.hasActiveAbove(sealedEpoch)) {
            state = State.SETTLING;
            return 1;
        }
        final RecordingChannel channel = context.recorded().get(stopped);
        ticket = control.request(
                nowNs,
                (proxy, id, session) -> proxy.stopRecording(channel.uri(), channel.streamId(), id, session));
        state = State.STARTING;
        return 1;
    }

    private int starting() {
        if (control.take(ticket) == ArchiveControl.PENDING) {
            return 0;
        }
        stopped++;
        if (stopped < context.recorded().size()) {
            state = State.STOPPING;
            return 1;
        }
        // Whatever the outcome: the follower starts the recording unless it runs.
        follower.startAgain();
        state = State.SETTLING;
        return 1;
    }

    private int settling() {
        final boolean mustStop =
                held != null && held.isActive() && !follower.hasActiveAbove(context.sealRegister().sealedEpoch());
        if (!follower.isListed() || mustStop) {
            return 0;
        }
        sequence = 0;
        position = 0;
        timeNs = 0;
        crc32c = 0;
        if (held == null) {
            state = State.READY;
            return 1;
        }
        close();
        cursor = LogCursor.open(context.directory(), counters);
        cursor.seekToSequence(held.head().sequence());
        state = State.READING;
        return 1;
    }

    private int reading() {
        for (int i = 0; i < ENTRIES_PER_SLICE; i++) {
            final int result = cursor.next();
            if (result == LogCursor.ENTRY) {
                onEntry(cursor.entry());
            } else if (result == LogCursor.END) {
                close();
                state = State.READY;
                return 1;
            } else if (result == LogCursor.CORRUPT) {
                // A damaged archive may have acknowledged more than it can read now: no answer counts as absent.
                context.listener().onError("no answer to a seal: " + cursor.fault());
                close();
                state = State.IDLE;
                return 1;
            }
        }
        return 1;
    }

    private void onEntry(final LogEntry entry) {
        if (entry.epoch() == held.epoch()) {
            position = entry.endPosition();
            sequence = entry.sequence();
            timeNs = entry.timeNs();
            crc32c = entry.crc32c();
        }
    }
}
