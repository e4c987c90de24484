package io.lockstep.tools.console;

/** A command was given something that will not do; the message says what, where and what to do. */
public final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * A refusal.
     *
     * @param message a sentence
     */
    public UsageException(final String message) {
        super(message);
    }
}
