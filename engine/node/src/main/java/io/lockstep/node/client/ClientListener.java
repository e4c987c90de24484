package io.lockstep.node.client;

import io.lockstep.core.client.Output;
import io.lockstep.core.client.SessionEnd;

/** What a {@link LockstepClient} tells its program, from within {@link LockstepClient#poll()}. */
public interface ClientListener {
    /**
     * An output for this client, or for everybody, is released.
     *
     * @param output valid during the call only; {@link Output#clientSequence()} names the command it answers
     */
    void onOutput(Output output);

    /**
     * The session has ended.
     *
     * @param reason why
     */
    default void onClosed(final SessionEnd reason) {}

    /**
     * Something is wrong that the client survives, such as history that no archive has just now.
     *
     * @param message a sentence
     */
    default void onWarning(final String message) {}
}
