package io.lockstep.matching.flow;

/** A flow that cannot be used, or a file of results that cannot be written; the message is meant for the user. */
public final class FlowException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** With a message that says where and what to do. */
    public FlowException(final String message) {
        super(message);
    }

    /** With a message that says where and what to do, and what lies behind it. */
    public FlowException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
