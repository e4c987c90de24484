package io.lockstep.benchmarks.micro;

import org.agrona.DirectBuffer;

/** One of the rings that are compared, with one producer and one consumer on a thread of its own. */
interface RingCrossing {
    /** Slots of a ring whose capacity is counted in entries; the others get as many bytes as those slots have. */
    int SLOTS = 1024;

    /**
     * Makes a ring.
     *
     * @param subject its name in the benchmark's parameter
     * @param length of every entry, a power of two
     */
    static RingCrossing of(final String subject, final int length) {
        return switch (subject) {
            case "EntryRing" -> new EntryRingCrossing(length);
            case "OneToOneRingBuffer" -> new OneToOneCrossing(length);
            case "Disruptor" -> new DisruptorCrossing(length);
            default -> throw new IllegalArgumentException("no such ring: " + subject);
        };
    }

    /** Copies an entry in and publishes it, on the producer's thread; false if the ring is full. */
    boolean offer(DirectBuffer source, int length);

    /** Consumes, spinning, until {@link #stop}; on the consumer's thread. */
    void consume();

    /** Has {@link #consume} return. */
    void stop();

    /** Whether everything offered has been consumed; what the consumer wrote before is then seen. */
    boolean isDrained();

    /** What the consumer has read, added up. */
    long sum();
}
