package io.lockstep.core.logic;

import io.lockstep.codecs.HotPath;
import org.agrona.DirectBuffer;

/**
 * One entry of the log as the state machine sees it: its name, time and origin, and the body in place.
 *
 * <p>A flyweight that the replica reuses; neither it nor its buffer outlives the call it was handed to.
 */
@HotPath
public final class Entry {
    private EntryType type;
    private long epoch;
    private long sequence;
    private long timeNs;
    private long sessionId;
    private long clientSequence;
    private DirectBuffer buffer;
    private int offset;
    private int length;

    /**
     * Points this flyweight at an entry.
     *
     * @param type what the entry means
     * @param epoch of the entry
     * @param sequence from 1
     * @param timeNs nanoseconds since the Unix epoch
     * @param sessionId of the client's session
     * @param clientSequence of the command within the session
     * @return this
     */
    public Entry set(
            final EntryType type,
            final long epoch,
            final long sequence,
            final long timeNs,
            final long sessionId,
            final long clientSequence) {
        this.type = type;
        this.epoch = epoch;
        this.sequence = sequence;
        this.timeNs = timeNs;
        this.sessionId = sessionId;
        this.clientSequence = clientSequence;
        return this;
    }

    /**
     * Points this flyweight at a body.
     *
     * @param buffer that holds the body
     * @param offset of the body in bytes
     * @param length of the body in bytes
     * @return this
     */
    public Entry body(final DirectBuffer buffer, final int offset, final int length) {
        this.buffer = buffer;
        this.offset = offset;
        this.length = length;
        return this;
    }

    public EntryType type() {
        return type;
    }

    public long epoch() {
        return epoch;
    }

    /** Place in the order of all entries, dense over all epochs; not every entry reaches a state machine. */
    public long sequence() {
        return sequence;
    }

    /** The only clock there is: nanoseconds since the Unix epoch, never less than that of the entry before. */
    public long timeNs() {
        return timeNs;
    }

    public long sessionId() {
        return sessionId;
    }

    /** Dense from 1 within the session. */
    public long clientSequence() {
        return clientSequence;
    }

    public DirectBuffer buffer() {
        return buffer;
    }

    /** Offset of the body in {@link #buffer()}, in bytes. */
    public int offset() {
        return offset;
    }

    /** Length of the body in bytes. */
    public int length() {
        return length;
    }
}
