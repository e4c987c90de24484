package io.lockstep.transport;

import io.lockstep.codecs.EntryFrame;
import io.lockstep.codecs.HotPath;
import java.util.List;

/**
 * How long a message may be on each stream. A message that is longer is refused before it is offered, with an error
 * that says so; Aeron's own limit, an eighth of the term, is checked to be above when a {@link TransportContext} is
 * concluded.
 */
@HotPath
public final class MessageLimits {
    /** Longest body of a command or output: 1 MiB, the bound of the codecs. */
    public static final int MAX_BODY_LENGTH = EntryFrame.MAX_BODY_LENGTH;

    /** Room for what stands in front of a body: the entry's header, and that of the message which carries the entry. */
    public static final int HEADER_ROOM = 256;

    /** Longest message without a body: control messages, replay requests. */
    public static final int MAX_CONTROL_LENGTH = 16 * 1024;

    private final int maxBodyLength;

    /** Limits with the longest body the codecs allow. */
    public MessageLimits() {
        this(MAX_BODY_LENGTH);
    }

    /**
     * Limits with a body length of one's own; a shorter one allows shorter terms.
     *
     * @param maxBodyLength in bytes, from 1 KiB to {@link #MAX_BODY_LENGTH}
     */
    public MessageLimits(final int maxBodyLength) {
        if (maxBodyLength < 1024 || maxBodyLength > MAX_BODY_LENGTH) {
            throw new IllegalArgumentException(
                    "maxBodyLength=" + maxBodyLength + " is not within 1024 to " + MAX_BODY_LENGTH);
        }
        this.maxBodyLength = maxBodyLength;
    }

    /** Longest body of a command or output, in bytes. */
    public int maxBodyLength() {
        return maxBodyLength;
    }

    /**
     * Longest message of a stream.
     *
     * @param stream asked about
     * @return bytes, headers included
     */
    public int maxMessageLength(final StreamKind stream) {
        return stream.carriesBodies() ? maxBodyLength + HEADER_ROOM : MAX_CONTROL_LENGTH;
    }

    /**
     * Whether a message may be offered. No exception, for the hot path.
     *
     * @param stream it is for
     * @param length in bytes, headers included
     */
    public boolean isAllowed(final StreamKind stream, final int length) {
        return length >= 0 && length <= maxMessageLength(stream);
    }

    /**
     * Refuses a message that may not be offered.
     *
     * @param stream it is for
     * @param length in bytes, headers included
     * @throws IllegalArgumentException that names the stream, the length and the limit
     */
    public void require(final StreamKind stream, final int length) {
        if (!isAllowed(stream, length)) {
            throw new IllegalArgumentException("message too long for " + stream + ": length=" + length + " max="
                    + maxMessageLength(stream) + " (body max=" + maxBodyLength + ")");
        }
    }

    void collectFaults(final BufferProfile buffers, final List<String> faults) {
        for (final StreamKind stream : StreamKind.values()) {
            final int needed = maxMessageLength(stream) * 8;
            if (buffers.termLength(stream) < needed) {
                faults.add(stream + " messages may have " + maxMessageLength(stream) + " bytes, which needs terms of "
                        + needed + " bytes (Aeron takes at most an eighth of a term), but the term length is "
                        + buffers.termLength(stream));
            }
        }
    }
}
