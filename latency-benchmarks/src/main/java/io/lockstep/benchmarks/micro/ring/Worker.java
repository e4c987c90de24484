package io.lockstep.benchmarks.micro.ring;

/** What one thread does until it is told to stop. */
interface Worker extends Runnable {
    /** Has {@link #run} return. */
    void halt();
}
