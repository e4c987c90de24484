package io.lockstep.benchmarks.micro.ring;

/** A consumer that one thread asks again and again. */
interface Stage {
    /** Consumes what is there; the number of entries, 0 if there was none. */
    int poll();
}
