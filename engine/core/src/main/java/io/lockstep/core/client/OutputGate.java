package io.lockstep.core.client;

import io.lockstep.codecs.HotPath;
import io.lockstep.codecs.OutputFlags;
import io.lockstep.codecs.protocol.DeliveryGrade;
import io.lockstep.core.logic.Outbox;
import org.agrona.DirectBuffer;

/**
 * Takes the first copy of each output, in order, drops the others, and holds back what may not be released yet.
 *
 * <p>Outputs are dense, so a copy that jumps ahead shows that something is missing; it is left to the other replicas,
 * and, if they do not bring it either, to a request. Single-threaded.
 */
@HotPath
final class OutputGate {
    /** Taken, or dropped as a copy or as of no interest: go on. */
    static final int DONE = 0;

    /** Cannot be judged or held now: offer the same output again. */
    static final int NOT_NOW = 1;

    /** Comes too early: something before it is missing. */
    static final int AHEAD = 2;

    /** Of an entry that is not in the log. */
    static final int STALE = 3;

    private final Output output = new Output();
    private final CommitSequence commit;
    private final HeldOutputs recorded;
    private final HeldOutputs synced;
    private final Release release;
    private long nextOutputSequence;
    private long lastInputSequence;
    private long duplicates;
    private final long[] inputs;
    private final long[] firstOutputs;
    private final int mask;

    OutputGate(final CommitSequence commit, final int positions, final int heldBytes, final Release release) {
        this.commit = commit;
        this.inputs = new long[positions];
        this.firstOutputs = new long[positions];
        this.mask = positions - 1;
        this.recorded = new HeldOutputs(heldBytes);
        this.synced = new HeldOutputs(heldBytes);
        this.release = release;
    }

    /** Where released outputs go, and who says which are wanted. */
    interface Release {
        /** Whether this gateway has a session that the output is for. */
        boolean isWanted(long sessionId, long inputSequence);

        /**
         * Whether the first session this gateway ever had opened with this input; the gate starts with the notice of
         * that. Were it to start with that of a later one, an earlier one that was lost would not be missed.
         */
        boolean isFirst(long inputSequence);

        /** Whatever is for this session after this input is not wanted; what came before may still be held. */
        void onClosing(long sessionId, long inputSequence);

        void onReleased(Output output);
    }

    /** Output sequence that is taken next; 0 while none has been taken. */
    long nextOutputSequence() {
        return nextOutputSequence;
    }

    /** Of the last output taken; 0 while none has been. */
    long lastOutputSequence() {
        return Math.max(0, nextOutputSequence - 1);
    }

    /** Input of the last output taken; what is missing comes after it or with it. */
    long lastInputSequence() {
        return lastInputSequence;
    }

    long duplicates() {
        return duplicates;
    }

    int onOutput(final DirectBuffer buffer, final int offset, final int length) {
        output.wrap(buffer, offset);
        final long outputSequence = output.outputSequence();
        final long inputSequence = output.inputSequence();
        if (outputSequence < 1 || inputSequence < 1) {
            return STALE;
        }
        final boolean opens = (output.flags() & OutputFlags.SESSION_OPENED) != 0;
        if (opens && inputSequence > commit.last()) {
            return NOT_NOW; // only the entry, which is still on its way, says whose session this is
        }
        if (nextOutputSequence == 0 && !(opens && release.isFirst(inputSequence))) {
            return DONE; // until the first output of the first session everything is of no interest
        }
        if (outputSequence < nextOutputSequence) {
            duplicates++;
            return DONE;
        }
        if (output.epoch() > commit.epoch()) {
            return NOT_NOW;
        }
        if (!commit.isPlausible(output.epoch(), inputSequence)) {
            return STALE;
        }
        if (outputSequence > nextOutputSequence && nextOutputSequence != 0) {
            return AHEAD;
        }
        if (inputSequence - commit.recorded() > mask) {
            return NOT_NOW; // so that what is uncommitted can be taken back
        }
        final HeldOutputs held = held();
        if (held != null && !held.add(inputSequence, buffer, offset, length)) {
            return NOT_NOW;
        }
        if (inputSequence != lastInputSequence) {
            inputs[(int) inputSequence & mask] = inputSequence;
            firstOutputs[(int) inputSequence & mask] = outputSequence;
        }
        nextOutputSequence = outputSequence + 1;
        lastInputSequence = inputSequence;
        if (release.isWanted(output.sessionId(), inputSequence)) {
            if (closes()) {
                release.onClosing(output.sessionId(), inputSequence);
            }
            if (held == null) {
                release.onReleased(output);
            }
        }
        return DONE;
    }

    /** Releases what has become releasable. */
    void onCommit() {
        drain(recorded, commit.recorded());
        drain(synced, commit.synced());
    }

    /**
     * Takes back the outputs of inputs that may not stand: those after a sequence, none of which is committed.
     *
     * @param sequence of the last input that stands
     * @param begun false if the first session of all has not opened by then
     */
    void rewind(final long sequence, final boolean begun) {
        recorded.dropAfter(sequence);
        synced.dropAfter(sequence);
        if (lastInputSequence <= sequence) {
            return;
        }
        if (!begun) {
            nextOutputSequence = 0;
        } else {
            long input = sequence + 1;
            while (inputs[(int) input & mask] != input) {
                input++;
            }
            nextOutputSequence = firstOutputs[(int) input & mask];
        }
        // The same sequences are given again, and those without outputs then must not be found by what they had before.
        for (long input = sequence + 1; input <= lastInputSequence; input++) {
            inputs[(int) input & mask] = 0;
        }
        lastInputSequence = sequence;
    }

    /** Where the output must wait; null if nowhere. */
    private HeldOutputs held() {
        final long inputSequence = output.inputSequence();
        final DeliveryGrade grade = output.grade();
        if (!release.isWanted(output.sessionId(), inputSequence) || grade == DeliveryGrade.SIGHT) {
            return null;
        }
        // That a session has closed is told after all of its outputs, also those that wait for the disk.
        if (grade == DeliveryGrade.QUORUM_SYNCED || (closes() && !synced.isEmpty())) {
            return synced.isEmpty() && inputSequence <= commit.synced() ? null : synced;
        }
        return recorded.isEmpty() && inputSequence <= commit.recorded() ? null : recorded;
    }

    private boolean closes() {
        return (output.flags() & OutputFlags.SESSION_CLOSED) != 0 && output.sessionId() != Outbox.EVERYONE;
    }

    private void drain(final HeldOutputs held, final long sequence) {
        while (!held.isEmpty() && held.inputSequence() <= sequence) {
            output.wrap(held.buffer(), held.offset());
            held.remove(); // first, so that a listener that throws is not told again; the bytes stay until the next add
            if (release.isWanted(output.sessionId(), output.inputSequence())) {
                release.onReleased(output);
            }
        }
    }
}
