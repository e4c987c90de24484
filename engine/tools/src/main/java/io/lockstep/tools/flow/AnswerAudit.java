package io.lockstep.tools.flow;

/** Counts the answers of one session's commands, which are numbered from 1: lost, doubled, out of order. */
final class AnswerAudit {
    private long answered;
    private long answeredBy;
    private long lost;
    private long doubled;
    private long outOfOrder;
    private long lastInput;
    private int lastIndex;

    /**
     * Takes in an output in the order of release.
     *
     * @param clientSequence of the command it answers, 0 for none
     * @return true if it is the first answer to its command
     */
    boolean onOutput(final long inputSequence, final int index, final long clientSequence) {
        if (inputSequence < lastInput || (inputSequence == lastInput && index <= lastIndex)) {
            outOfOrder++;
        }
        lastInput = inputSequence;
        lastIndex = index;
        if (clientSequence == 0) {
            return false;
        }
        if (clientSequence <= answered) {
            if (clientSequence < answered || inputSequence != answeredBy) {
                doubled++;
            }
            return false;
        }
        lost += clientSequence - answered - 1;
        answered = clientSequence;
        answeredBy = inputSequence;
        return true;
    }

    /** Number of the last command answered. */
    long answered() {
        return answered;
    }

    /** Commands below the last answered one that were passed over. */
    long lost() {
        return lost;
    }

    long doubled() {
        return doubled;
    }

    long outOfOrder() {
        return outOfOrder;
    }
}
