package io.lockstep.archive.record;

import io.aeron.archive.client.ReplicationParams;
import java.util.List;
import org.agrona.collections.IntHashSet;

/**
 * Brings the recordings of ended epochs to their ends, one after the other: truncates what is too long, fetches what is
 * too short or missing from a peer by Aeron's replication. Called by the archive agent's thread; every step is one
 * request or one look.
 */
final class EpochRepair implements AutoCloseable {
    private static final int LIST_COUNT = 100_000;
    private static final long LOOK_INTERVAL_NS = 20_000_000L;

    private enum State {
        IDLE,
        TRUNCATING,
        LISTING_PEER,
        STARTING,
        FETCHING,
        PAUSING
    }

    private final ArchiveAgentContext context;
    private final ArchiveControl control;
    private final RecordingFollower follower;
    private final EpochRecordings epochs;
    private final List<ArchivePeer> peers;
    private final IntHashSet triedSessions = new IntHashSet();
    private State state = State.IDLE;
    private ArchiveControl peer;
    private int peerIndex;
    private long ticket;
    private long epoch;
    private long endPosition;
    private long deadlineNs;
    private long nextLookNs;
    private long progressPosition;

    EpochRepair(
            final ArchiveAgentContext context,
            final ArchiveControl control,
            final RecordingFollower follower,
            final EpochRecordings epochs) {
        this.context = context;
        this.control = control;
        this.follower = follower;
        this.epochs = epochs;
        this.peers = context.peers();
    }

    int work(final long nowNs) {
        if (peer != null) {
            peer.poll(nowNs);
        }
        return switch (state) {
            case IDLE -> begin(nowNs);
            case TRUNCATING -> truncating(nowNs);
            case LISTING_PEER -> listingPeer(nowNs);
            case STARTING -> starting(nowNs);
            case FETCHING -> fetching(nowNs);
            case PAUSING -> pausing(nowNs);
        };
    }

    @Override
    public void close() {
        if (peer != null) {
            peer.close();
            peer = null;
        }
    }

    private int begin(final long nowNs) {
        if (!follower.isListed() || !control.isReady()) {
            return 0;
        }
        final EpochRecordings.Step step = epochs.nextStep();
        if (step == EpochRecordings.Step.NONE || step == EpochRecordings.Step.WAIT) {
            return 0;
        }
        epoch = epochs.targetEpoch();
        endPosition = epochs.endPosition();
        if (step == EpochRecordings.Step.TRUNCATE) {
            final long recordingId = epochs.target().recordingId();
            ticket = control.request(
                    nowNs, (proxy, id, session) -> proxy.truncateRecording(recordingId, endPosition, id, session));
            state = State.TRUNCATING;
            return 1;
        }
        if (peers.isEmpty()) {
            return failed(nowNs, "no peer to fetch epoch " + epoch + " up to " + endPosition + " from");
        }
        close();
        final ArchivePeer from = peers.get(peerIndex++ % peers.size());
        peer = new ArchiveControl(
                () -> context.controlContext()
                        .controlRequestChannel(from.controlChannel())
                        .controlRequestStreamId(from.controlStreamId())
                        .controlResponseChannel(context.peerResponseChannel()),
                context.requestTimeoutNs(),
                context::onControlError);
        ticket = 0;
        deadlineNs = nowNs + context.repairTimeoutNs();
        state = State.LISTING_PEER;
        return 1;
    }

    private int pausing(final long nowNs) {
        if (nowNs - deadlineNs >= 0) {
            state = State.IDLE;
        }
        return 0;
    }

    private int truncating(final long nowNs) {
        final int outcome = control.take(ticket);
        if (outcome == ArchiveControl.PENDING) {
            return 0;
        }
        if (outcome == ArchiveControl.FAILED) {
            return failed(nowNs, "epoch " + epoch + " not truncated to " + endPosition + ": " + control.reason());
        }
        return repaired();
    }

    private int listingPeer(final long nowNs) {
        if (nowNs - deadlineNs >= 0) {
            return failed(nowNs, "peer does not answer: " + peers.get((peerIndex - 1) % peers.size()));
        }
        if (ticket == 0) {
            if (peer.isReady()) {
                ticket = peer.list(nowNs, 0, LIST_COUNT);
            }
            return 0;
        }
        final int outcome = peer.take(ticket);
        if (outcome == ArchiveControl.PENDING) {
            return 0;
        }
        ticket = 0;
        if (outcome == ArchiveControl.OK) {
            state = State.STARTING;
        }
        return 1;
    }

    /** Asks this archive to replicate from the peer's recording of the same session. */
    private int starting(final long nowNs) {
        if (ticket == 0) {
            if (!control.isReady()) {
                return 0;
            }
            final HeldEpoch held = epochs.of(epoch);
            final RecordingDescriptor source = source(held);
            if (source == null) {
                return failed(nowNs, "peer does not hold epoch " + epoch + " up to " + endPosition);
            }
            final ArchivePeer from = peers.get((peerIndex - 1) % peers.size());
            final ReplicationParams parameters = new ReplicationParams().stopPosition(endPosition);
            if (held == null) {
                // What comes may prove to be no epoch at all; it is not asked for twice.
                triedSessions.add(source.sessionId());
            } else {
                parameters.dstRecordingId(held.recordingId());
            }
            ticket = control.request(
                    nowNs,
                    (proxy, id, session) -> proxy.replicate(
                            source.recordingId(),
                            from.controlStreamId(),
                            from.controlChannel(),
                            parameters,
                            id,
                            session));
            return 1;
        }
        final int outcome = control.take(ticket);
        if (outcome == ArchiveControl.PENDING) {
            return 0;
        }
        ticket = 0;
        if (outcome == ArchiveControl.FAILED) {
            return failed(nowNs, "epoch " + epoch + " not fetched: " + control.reason());
        }
        close();
        progressPosition = -1;
        deadlineNs = nowNs + context.repairTimeoutNs();
        nextLookNs = nowNs;
        state = State.FETCHING;
        return 1;
    }

    /** Waits until the recording has come to the end of the epoch and is no longer active. */
    private int fetching(final long nowNs) {
        final HeldEpoch held = epochs.of(epoch);
        if (held != null && !held.isActive() && held.position() >= endPosition) {
            return repaired();
        }
        final long position = held == null ? 0 : held.position();
        if (position != progressPosition) {
            progressPosition = position;
            deadlineNs = nowNs + context.repairTimeoutNs();
        } else if (nowNs - deadlineNs >= 0) {
            return failed(nowNs, "fetching epoch " + epoch + " stands at " + position + " of " + endPosition);
        }
        if (nowNs >= nextLookNs) {
            nextLookNs = nowNs + LOOK_INTERVAL_NS;
            if (held == null) {
                follower.refresh();
            } else {
                follower.describeAgain(held.recordingId());
            }
        }
        return 0;
    }

    /**
     * The peer's recording of the epoch. Where this archive holds a part of the epoch, its session tells; where it
     * holds nothing, any session it does not know either may be it, and what came is looked at when it is there.
     */
    private RecordingDescriptor source(final HeldEpoch held) {
        for (final RecordingDescriptor descriptor : peer.descriptors()) {
            final boolean isLong = descriptor.isActive() || descriptor.stopPosition() >= endPosition;
            if (isLong
                    && descriptor.startPosition() == 0
                    && descriptor.streamId() == context.recordedStreamId()
                    && (held == null
                            ? descriptor.stopPosition() == endPosition
                                    && !epochs.holdsSession(descriptor.sessionId())
                                    && !triedSessions.contains(descriptor.sessionId())
                            : descriptor.sessionId() == held.sessionId())) {
                return descriptor;
            }
        }
        return null;
    }

    private int repaired() {
        final HeldEpoch held = epochs.of(epoch);
        if (held != null && state == State.TRUNCATING) {
            held.stopped(endPosition);
        }
        context.listener().onRepaired(epoch, endPosition);
        state = State.IDLE;
        return 1;
    }

    private int failed(final long nowNs, final String message) {
        close();
        ticket = 0;
        context.listener().onError("repair: " + message);
        deadlineNs = nowNs + context.repairPauseNs();
        state = State.PAUSING;
        return 1;
    }
}
