package io.lockstep.core.client;

import io.lockstep.codecs.HotPath;
import io.lockstep.codecs.OutputFlags;
import io.lockstep.codecs.protocol.DeliveryGrade;
import org.agrona.DirectBuffer;

/**
 * Takes the first copy of each output, in order, drops the others, and holds back what may not be released yet.
 *
 * <p>Outputs are dense, so a copy that jumps ahead shows that something is missing; it is left to the other replicas,
 * and, if they do not bring it either, to a request. Single-threaded.
 */
@HotPath
final class OutputGate {
    /** Taken, dropped, or of no interest: go on. */
    static final int DONE = 0;

    /** Cannot be judged or held now: offer the same output again. */
    static final int NOT_NOW = 1;

    /** Comes too early: something before it is missing. */
    static final int AHEAD = 2;

    private final Output output = new Output();
    private final CommitSequence commit;
    private final HeldOutputs recorded;
    private final HeldOutputs synced;
    private final Release release;
    private long nextOutputSequence;
    private long lastInputSequence;
    private long duplicates;
    private long ahead;

    OutputGate(final CommitSequence commit, final int heldBytes, final Release release) {
        this.commit = commit;
        this.recorded = new HeldOutputs(heldBytes);
        this.synced = new HeldOutputs(heldBytes);
        this.release = release;
    }

    /** Where released outputs go, and who says which are wanted. */
    interface Release {
        /** Whether this gateway has a session that the output is for. */
        boolean isWanted(long sessionId);

        /** Whether the output is the first that a session of this gateway may get; the gate starts with it. */
        boolean isFirst(long sessionId, long inputSequence);

        void onReleased(Output output);
    }

    /** Output sequence that is taken next; 0 while none has been taken. */
    long nextOutputSequence() {
        return nextOutputSequence;
    }

    /** Input of the last output taken; what is missing comes after it or with it. */
    long lastInputSequence() {
        return lastInputSequence;
    }

    long duplicates() {
        return duplicates;
    }

    long ahead() {
        return ahead;
    }

    int onOutput(final DirectBuffer buffer, final int offset, final int length) {
        output.wrap(buffer, offset);
        if ((output.flags() & OutputFlags.SESSION_OPENED) != 0 && output.inputSequence() > commit.last()) {
            return NOT_NOW; // only the entry, which is still on its way, says whose session this is
        }
        final long outputSequence = output.outputSequence();
        if (nextOutputSequence == 0 && !start()) {
            return DONE;
        }
        if (outputSequence < nextOutputSequence) {
            duplicates++;
            return DONE;
        }
        if (outputSequence > nextOutputSequence) {
            ahead++;
            return AHEAD;
        }
        if (release.isWanted(output.sessionId()) && !take(buffer, offset, length)) {
            return NOT_NOW;
        }
        nextOutputSequence++;
        lastInputSequence = output.inputSequence();
        return DONE;
    }

    /** Releases what has become releasable; returns how many outputs that were. */
    int onCommit() {
        return drain(recorded, commit.recorded()) + drain(synced, commit.synced());
    }

    /** Until the first output of the first session everything is of no interest. */
    private boolean start() {
        if ((output.flags() & OutputFlags.SESSION_OPENED) != 0
                && release.isFirst(output.sessionId(), output.inputSequence())) {
            nextOutputSequence = output.outputSequence();
        }
        return nextOutputSequence != 0;
    }

    private boolean take(final DirectBuffer buffer, final int offset, final int length) {
        final DeliveryGrade grade = output.grade();
        final long inputSequence = output.inputSequence();
        if (grade == DeliveryGrade.QUORUM) {
            return (inputSequence <= commit.recorded() && recorded.isEmpty())
                    ? passOn()
                    : recorded.add(inputSequence, buffer, offset, length);
        }
        if (grade == DeliveryGrade.QUORUM_SYNCED) {
            return (inputSequence <= commit.synced() && synced.isEmpty())
                    ? passOn()
                    : synced.add(inputSequence, buffer, offset, length);
        }
        return passOn();
    }

    private boolean passOn() {
        release.onReleased(output);
        return true;
    }

    private int drain(final HeldOutputs held, final long sequence) {
        int released = 0;
        while (!held.isEmpty() && held.inputSequence() <= sequence) {
            output.wrap(held.buffer(), held.offset());
            release.onReleased(output);
            held.remove();
            released++;
        }
        return released;
    }
}
