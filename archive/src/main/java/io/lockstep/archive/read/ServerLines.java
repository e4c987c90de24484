package io.lockstep.archive.read;

import io.aeron.Publication;
import io.aeron.Subscription;

/**
 * A reader's lines to the log servers: one to each for requests, and one place for their answers. They are open only
 * while the reader needs history, since whatever is open costs the driver time in each of its turns. All calls come
 * from the reader's thread.
 */
public interface ServerLines extends AutoCloseable {
    /** How many servers there are. */
    int count();

    /** Whether the lines are open. */
    boolean isOpen();

    /** Opens the lines, which are closed; may take milliseconds. */
    void open();

    /**
     * Takes requests.
     *
     * @param server from 0, in the order in which they are asked
     */
    Publication requests(int server);

    /** Brings the answers; polled by the reader alone. */
    Subscription replies();

    /** Channel on which servers publish for {@link #replies()}; null while its port is not known yet. */
    String replyChannel();

    /** Closes the lines; they may be opened again. Does nothing if they are closed. */
    @Override
    void close();
}
