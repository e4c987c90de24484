package io.lockstep.archive.read;

/** Told, on the thread that polls the {@link LogReader}, of what is not an entry. Each thing once when it happens. */
public interface LogReaderListener {
    /** Every log server has failed once since the last entry; the reader goes on trying, ever more slowly. */
    int ALL_SERVERS_FAILED = 1;

    /** There is no log server to ask. */
    int NO_SERVERS = 2;

    /** A log server says that an entry in its files is damaged. */
    int SERVER_CORRUPT = 3;

    /** A log server sent an entry that fails its checks or does not follow. */
    int SERVER_WRONG = 4;

    /** An entry of the live stream fails its checks; it is fetched instead. */
    int LIVE_WRONG = 5;

    /** Hears nothing. */
    LogReaderListener SILENT = new LogReaderListener() {};

    /**
     * The reader has joined the live stream.
     *
     * @param epoch of the stream
     * @param nextSequence it expects
     */
    default void onLive(final long epoch, final long nextSequence) {}

    /**
     * The reader has left the live stream, or begins, and fetches history.
     *
     * @param epoch of the last entry, 0 before the first
     * @param nextSequence it expects
     */
    default void onFetching(final long epoch, final long nextSequence) {}

    /**
     * Something is wrong that the reader cannot help but survives.
     *
     * @param code one of the codes of this interface
     * @param server index of the log server, or -1
     * @param nextSequence the reader expects
     */
    default void onError(final int code, final int server, final long nextSequence) {}

    /**
     * Entries that were handed out are void: a later epoch declares an end before them. The reader has stopped; what
     * was built from those entries must be built anew.
     *
     * @param epoch of the entries
     * @param endSequence last sequence known to stand, or a bound above it
     * @param deliveredSequence last sequence handed out
     */
    default void onOverRun(final long epoch, final long endSequence, final long deliveredSequence) {}
}
