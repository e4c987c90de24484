package io.lockstep.core.port;

import org.agrona.DirectBuffer;

/**
 * The sending end of a stream, as the core sees it. One thread offers; an offer takes the message whole or not at all
 * and never blocks.
 */
public interface Publisher {
    /** Nobody listens; nothing was taken. */
    long NOT_CONNECTED = -1;

    /** No room for now; nothing was taken, offer again later. */
    long BACK_PRESSURED = -2;

    /** The stream is closed for good. */
    long CLOSED = -4;

    /**
     * Offers a message that lies in one piece.
     *
     * @param buffer that holds the message
     * @param offset of the first byte
     * @param length in bytes
     * @return the stream position after the message, or one of the negative codes above
     */
    long offer(DirectBuffer buffer, int offset, int length);

    /**
     * Offers a message that lies in two pieces.
     *
     * @param header first piece
     * @param headerOffset of its first byte
     * @param headerLength in bytes
     * @param body second piece
     * @param bodyOffset of its first byte
     * @param bodyLength in bytes
     * @return the stream position after the message, or one of the negative codes above
     */
    long offer(
            DirectBuffer header, int headerOffset, int headerLength, DirectBuffer body, int bodyOffset, int bodyLength);
}
