package io.lockstep.benchmarks.micro.ring;

import org.agrona.DirectBuffer;

/** One of the rings that are compared, with one producer and the consumers of a graph. */
interface RingSubject {
    /** Slots of a ring whose capacity is counted in entries; the others get as many bytes as those slots have. */
    int SLOTS = 1024;

    /**
     * Makes a ring.
     *
     * @param subject its name in the benchmark's parameter
     * @param graph of its consumers
     * @param length of every entry, a power of two
     */
    static RingSubject of(final String subject, final Graph graph, final int length) {
        return switch (subject) {
            case "Lockstep" -> new LockstepSubject(graph, length);
            case "AgronaOneToOne" -> new AgronaSubject(graph, length, false);
            case "AgronaManyToOne" -> new AgronaSubject(graph, length, true);
            case "Disruptor" -> new DisruptorSubject(graph, length);
            default -> throw new IllegalArgumentException("no such ring: " + subject);
        };
    }

    /** Copies an entry in and publishes it, on the producer's thread; false if the ring is full. */
    boolean offer(DirectBuffer source, int length);

    /** The consumers, each behind those it depends on. Called once, and not together with {@link #workers}. */
    Stage[] stages();

    /** The consumers, each for a thread of its own, as the ring's own documentation has it. */
    default Worker[] workers(final boolean isYielding) {
        final Stage[] stages = stages();
        final Worker[] workers = new Worker[stages.length];
        for (int i = 0; i < workers.length; i++) {
            workers[i] = new PollingWorker(isYielding, stages[i]);
        }
        return workers;
    }

    /** Whether every consumer has consumed everything offered; what they wrote before is then seen. */
    boolean isDrained();

    /** What a consumer has read, added up. */
    long sum(int stage);
}
