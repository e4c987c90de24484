package io.lockstep.transport;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.agrona.ErrorHandler;

/** Counts the errors of a driver or client, keeps the last one, and tells each to a listener. Called by any thread. */
public final class CountedErrors implements ErrorHandler {
    private final AtomicLong count = new AtomicLong();
    private final Consumer<Throwable> listener;
    private volatile Throwable last;

    /**
     * A count from zero.
     *
     * @param listener is told of each error, by the thread that met it
     */
    public CountedErrors(final Consumer<Throwable> listener) {
        this.listener = listener;
    }

    @Override
    public void onError(final Throwable throwable) {
        count.incrementAndGet();
        last = throwable;
        listener.accept(throwable);
    }

    /** Errors so far. */
    public long count() {
        return count.get();
    }

    /** The last error, or null. */
    public Throwable last() {
        return last;
    }
}
