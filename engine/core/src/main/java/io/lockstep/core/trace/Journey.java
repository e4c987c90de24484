package io.lockstep.core.trace;

import static io.lockstep.core.trace.Hop.NO_TIME;

import java.util.Arrays;
import java.util.Map;

/**
 * The times of one released command at every hop, those of the replica whose output was taken and of the gateway that
 * released it. Made by a {@link HopJoin}.
 */
public final class Journey {
    private final long epoch;
    private final long sequence;
    private final long sessionId;
    private final long clientSequence;
    private final int replicaId;
    private final long ackSentNs;
    private final Map<Hop, Long> times;

    Journey(
            final HopRecord stamped,
            final HopRecord released,
            final int replicaId,
            final long ackSentNs,
            final Map<Hop, Long> times) {
        this.epoch = released.epoch();
        this.sequence = released.sequence();
        this.sessionId = stamped == null ? 0 : stamped.sessionId();
        this.clientSequence = stamped == null ? 0 : stamped.clientSequence();
        this.replicaId = replicaId;
        this.ackSentNs = ackSentNs;
        this.times = times;
    }

    public long epoch() {
        return epoch;
    }

    public long sequence() {
        return sequence;
    }

    /** Of the command; 0 if its stamp is lost. */
    public long sessionId() {
        return sessionId;
    }

    /** Of the command; 0 if its stamp is lost. */
    public long clientSequence() {
        return clientSequence;
    }

    /** Whose output was taken; 0 if that is lost. */
    public int replicaId() {
        return replicaId;
    }

    /** When the command was at a hop; {@link Hop#NO_TIME} if that is lost. */
    public long nanoTime(final Hop hop) {
        return times.getOrDefault(hop, NO_TIME);
    }

    /** When the archive that made the quorum sent its acknowledgement; {@link Hop#NO_TIME} if that is not known. */
    public long ackSentNs() {
        return ackSentNs;
    }

    /** Whether the time of every hop is known. */
    public boolean isComplete() {
        return Arrays.stream(Hop.values()).noneMatch(hop -> nanoTime(hop) == NO_TIME);
    }
}
