package io.lockstep.benchmarks.path.subject;

import io.lockstep.core.trace.HopJoin;
import java.util.List;

/** Something that answers messages, with a load client in the thread of its own client. Closed after the load. */
public interface Subject extends AutoCloseable {
    /** Why a thread of it ended before its time; null while none has. */
    Throwable failure();

    /**
     * Whether a thread of this process carries messages of this subject.
     *
     * @param threadName of the thread
     */
    boolean isHot(String threadName);

    /** Datagrams dropped on purpose so far. */
    long droppedDatagrams();

    /** Where its commands were when, if it was told to take their times; nothing else has any. */
    default HopJoin hops() {
        return HopJoin.of(List.of(), 1);
    }

    /** Ends its threads and removes what they left. */
    @Override
    void close();
}
