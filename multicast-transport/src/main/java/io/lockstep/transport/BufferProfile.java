package io.lockstep.transport;

import io.aeron.driver.MediaDriver;
import java.util.List;

/** How long terms, windows, datagrams and socket buffers are. Part of a {@link TransportProfile}, frozen with it. */
public final class BufferProfile {
    /**
     * 16 MiB for streams that carry bodies. Aeron takes no message above an eighth of a term, so 1 MiB and its
     * headers need more than 8 MiB; half a term is what a sender can still repair and what a slow subscriber may lag
     * behind.
     */
    public static final int DEFAULT_MESSAGE_TERM_LENGTH = 16 * 1024 * 1024;

    /**
     * 1 MiB for the others: many publishers, small messages, and each subscriber's driver holds three terms of each.
     */
    public static final int DEFAULT_CONTROL_TERM_LENGTH = 1024 * 1024;

    /**
     * 2 MiB where Aeron has 128 KiB: what a sender may have under way to a receiver. At 128 KiB and a status message
     * lost, a sender at full speed stands still.
     */
    public static final int DEFAULT_INITIAL_WINDOW_LENGTH = 2 * 1024 * 1024;

    /**
     * 2 MiB, at least the window: what arrives while the receiver's thread is elsewhere waits in the socket, or is
     * lost. Linux grants it only up to {@code net.core.rmem_max} and {@code wmem_max}; {@link SocketBuffers} warns.
     */
    public static final int DEFAULT_SOCKET_BUFFER_LENGTH = 2 * 1024 * 1024;

    /**
     * 1,408 bytes for networks: fits an Ethernet frame of 1,500 with room for a tunnel's headers, so that no datagram
     * is split by IP, where one lost part would lose it all.
     */
    public static final int NETWORK_MTU_LENGTH = 1408;

    /**
     * 8,192 bytes for loopback and shared memory: there is nothing to split a datagram under 64 KiB, and each costs a
     * system call on either side. More would gain little and make each loss of a test larger.
     */
    public static final int LOOPBACK_MTU_LENGTH = 8192;

    private static final int MIN_WINDOW_LENGTH = 128 * 1024;

    private final Freeze freeze = new Freeze("BufferProfile");
    private int messageTermLength = DEFAULT_MESSAGE_TERM_LENGTH;
    private int controlTermLength = DEFAULT_CONTROL_TERM_LENGTH;
    private int initialWindowLength = DEFAULT_INITIAL_WINDOW_LENGTH;
    private int socketBufferLength = DEFAULT_SOCKET_BUFFER_LENGTH;
    private int mtuLength = NETWORK_MTU_LENGTH;
    private boolean isSparse = true;

    /** All defaults, for a network. */
    public BufferProfile() {}

    /**
     * Term length of streams that carry bodies.
     *
     * @param messageTermLength bytes, power of two, 64 KiB to 1 GiB; default {@value #DEFAULT_MESSAGE_TERM_LENGTH}
     */
    public BufferProfile messageTermLength(final int messageTermLength) {
        freeze.check();
        this.messageTermLength = messageTermLength;
        return this;
    }

    /**
     * Term length of the other streams.
     *
     * @param controlTermLength bytes, power of two, 64 KiB to 1 GiB; default {@value #DEFAULT_CONTROL_TERM_LENGTH}
     */
    public BufferProfile controlTermLength(final int controlTermLength) {
        freeze.check();
        this.controlTermLength = controlTermLength;
        return this;
    }

    /**
     * Longest receiver window; half a term where that is less.
     *
     * @param initialWindowLength bytes, from one MTU up; default {@value #DEFAULT_INITIAL_WINDOW_LENGTH}
     */
    public BufferProfile initialWindowLength(final int initialWindowLength) {
        freeze.check();
        this.initialWindowLength = initialWindowLength;
        return this;
    }

    /**
     * SO_RCVBUF and SO_SNDBUF.
     *
     * @param socketBufferLength bytes, at least the window; default {@value #DEFAULT_SOCKET_BUFFER_LENGTH}
     */
    public BufferProfile socketBufferLength(final int socketBufferLength) {
        freeze.check();
        this.socketBufferLength = socketBufferLength;
        return this;
    }

    /**
     * Longest datagram payload that is sent; receivers take what comes.
     *
     * @param mtuLength bytes, multiple of 32, 256 to 65,504; default {@value #NETWORK_MTU_LENGTH}
     */
    public BufferProfile mtuLength(final int mtuLength) {
        freeze.check();
        this.mtuLength = mtuLength;
        return this;
    }

    /**
     * Whether log buffers are sparse files. Writing out three full terms stalls the driver's conductor for as long as
     * that takes, and it is the conductor that moves publisher limits; page faults of a sparse one spread over its
     * first use.
     *
     * @param isSparse default true
     */
    public BufferProfile sparse(final boolean isSparse) {
        freeze.check();
        this.isSparse = isSparse;
        return this;
    }

    /** Term length of a stream, in bytes. */
    public int termLength(final StreamKind stream) {
        return stream.carriesBodies() ? messageTermLength : controlTermLength;
    }

    /** See {@link #messageTermLength(int)}. */
    public int messageTermLength() {
        return messageTermLength;
    }

    /** See {@link #controlTermLength(int)}. */
    public int controlTermLength() {
        return controlTermLength;
    }

    /** See {@link #initialWindowLength(int)}. */
    public int initialWindowLength() {
        return initialWindowLength;
    }

    /**
     * Window of one of several publications that arrive at one socket: together they have no more under way than it
     * holds, for what it cannot hold is lost and all of it is sent again.
     *
     * @param publishers that send to the socket
     * @return bytes, at most the initial window
     */
    public int windowLength(final int publishers) {
        final int share = Math.max(MIN_WINDOW_LENGTH, socketBufferLength / Math.max(1, publishers));
        return Math.min(initialWindowLength, share);
    }

    /** See {@link #socketBufferLength(int)}. */
    public int socketBufferLength() {
        return socketBufferLength;
    }

    /** See {@link #mtuLength(int)}. */
    public int mtuLength() {
        return mtuLength;
    }

    /** See {@link #sparse(boolean)}. */
    public boolean isSparse() {
        return isSparse;
    }

    void conclude(final List<String> collected) {
        final Faults faults = new Faults("BufferProfile");
        faults.powerOfTwo("messageTermLength", messageTermLength, 64 * 1024, 1 << 30);
        faults.powerOfTwo("controlTermLength", controlTermLength, 64 * 1024, 1 << 30);
        faults.inRange("mtuLength", mtuLength, 256, 65_504);
        faults.check(mtuLength % 32 == 0, "mtuLength=" + mtuLength + " is not a multiple of 32");
        faults.check(
                mtuLength <= Math.min(messageTermLength, controlTermLength) / 8,
                "mtuLength=" + mtuLength + " is above an eighth of the shortest term");
        faults.inRange("initialWindowLength", initialWindowLength, mtuLength, 1 << 30);
        faults.inRange("socketBufferLength", socketBufferLength, initialWindowLength, 1 << 30);
        collected.addAll(faults.list());
        freeze.freeze();
    }

    void applyTo(final MediaDriver.Context context) {
        context.publicationTermBufferLength(messageTermLength)
                .ipcTermBufferLength(messageTermLength)
                .initialWindowLength(initialWindowLength)
                .socketRcvbufLength(socketBufferLength)
                .socketSndbufLength(socketBufferLength)
                .mtuLength(mtuLength)
                .ipcMtuLength(mtuLength)
                .termBufferSparseFile(isSparse)
                // Zero means half a term, the most there is: what is not yet repaired must not be overwritten.
                .publicationTermWindowLength(0)
                .ipcPublicationTermWindowLength(0);
    }
}
