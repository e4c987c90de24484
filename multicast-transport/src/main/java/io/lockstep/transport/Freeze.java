package io.lockstep.transport;

/** Says no to a change of a context that was concluded. */
final class Freeze {
    private final String subject;
    private boolean isFrozen;

    Freeze(final String subject) {
        this.subject = subject;
    }

    void check() {
        if (isFrozen) {
            throw new IllegalStateException(subject + " is concluded and cannot be changed");
        }
    }

    void freeze() {
        isFrozen = true;
    }

    boolean isFrozen() {
        return isFrozen;
    }

    void requireFrozen() {
        if (!isFrozen) {
            throw new IllegalStateException(subject + " is not concluded yet");
        }
    }
}
