package io.lockstep.benchmarks.path.subject;

import io.lockstep.benchmarks.path.LoadClient;
import io.lockstep.benchmarks.path.MessageSink;

/** A bare way there and back of which one thread runs every part. */
interface Chain extends MessageSink, AutoCloseable {
    /**
     * One duty cycle of every part.
     *
     * @param load takes the answers
     * @return how much was done
     */
    int doWork(LoadClient load);

    /** Datagrams dropped on purpose so far. */
    default long droppedDatagrams() {
        return 0;
    }

    /** Whether every part hears the one before it. */
    boolean isReady();

    @Override
    void close();
}
