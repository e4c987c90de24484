package io.lockstep.core.logic;

import io.lockstep.codecs.protocol.DeliveryGrade;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Where a state machine puts its outputs while it applies an entry. They leave in the order they were claimed.
 *
 * <pre>{@code
 * final int offset = outbox.claim(entry.sessionId(), LENGTH);   // then write LENGTH bytes at offset
 * outbox.buffer().putLong(offset, total);
 * }</pre>
 */
public interface Outbox {
    /** The session that stands for every client that listens. */
    long EVERYONE = 0;

    /** The longest output body: 1 MiB. */
    int MAX_OUTPUT_LENGTH = 1024 * 1024;

    /**
     * Adds an output whose body the caller writes into {@link #buffer()} before its next call to this outbox.
     *
     * @param sessionId for whom, or {@link #EVERYONE}
     * @param grade what must have happened to the input before the output may be released
     * @param length of the body in bytes, up to {@link #MAX_OUTPUT_LENGTH}
     * @return the offset in {@link #buffer()} at which the body stands
     * @throws IllegalArgumentException if the length is out of range: the state machine is wrong and its replica stops
     */
    int claim(long sessionId, DeliveryGrade grade, int length);

    /** The buffer of the last claim; ask again after each claim, since it may have grown. */
    MutableDirectBuffer buffer();

    /** As {@link #claim(long, DeliveryGrade, int)} with the default grade, {@link DeliveryGrade#QUORUM}. */
    default int claim(final long sessionId, final int length) {
        return claim(sessionId, DeliveryGrade.QUORUM, length);
    }

    /**
     * Adds an output with the default grade by copying its body.
     *
     * @param sessionId for whom, or {@link #EVERYONE}
     * @param body holds the bytes to copy
     * @param offset of the first byte
     * @param length in bytes
     */
    default void emit(final long sessionId, final DirectBuffer body, final int offset, final int length) {
        final int at = claim(sessionId, length);
        buffer().putBytes(at, body, offset, length);
    }
}
