package io.lockstep.benchmarks.path;

import org.agrona.MutableDirectBuffer;

/** What is sent. */
public interface MessageSource {
    /**
     * Writes a message.
     *
     * @param index of the message, from 0, each once and in order
     * @param buffer takes it, from offset 0
     * @return its length in bytes
     */
    int write(int index, MutableDirectBuffer buffer);

    /** Longest message in bytes. */
    int maxLength();

    /**
     * Messages of one length that carry their index and are zero otherwise.
     *
     * @param length in bytes, at least {@link LoadClient#MIN_LENGTH}
     */
    static MessageSource indexed(final int length) {
        if (length < LoadClient.MIN_LENGTH) {
            throw new IllegalArgumentException("length=" + length + " is below " + LoadClient.MIN_LENGTH);
        }
        return new MessageSource() {
            @Override
            public int write(final int index, final MutableDirectBuffer buffer) {
                buffer.putLong(0, index);
                return length;
            }

            @Override
            public int maxLength() {
                return length;
            }
        };
    }
}
