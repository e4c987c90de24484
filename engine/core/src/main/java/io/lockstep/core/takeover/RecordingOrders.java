package io.lockstep.core.takeover;

import io.lockstep.core.epoch.ArchiveSet;

/** The one order to {@link Recordings} that is under way; after one that failed a moment passes before the next. */
final class RecordingOrders {
    /** What was ordered. */
    enum Order {
        NONE,
        STOP,
        READ_END,
        TRUNCATE,
        FETCH
    }

    private final ArchiveMemberConfiguration configuration;
    private final Recordings recordings;
    private Order order = Order.NONE;
    private long ticket;
    private long lastTicket;
    private long epoch;
    private long position;
    private long notBeforeNs;
    private boolean waits;
    private int peer;

    RecordingOrders(final ArchiveMemberConfiguration configuration, final Recordings recordings) {
        this.configuration = configuration;
        this.recordings = recordings;
    }

    long nextTicket() {
        return ++lastTicket;
    }

    boolean isBusy(final long nanoTime) {
        if (waits && nanoTime - notBeforeNs >= 0) {
            waits = false;
        }
        return order != Order.NONE || waits;
    }

    boolean isStopping(final long of) {
        return order == Order.STOP && epoch == of;
    }

    /** Whether a sealed epoch is being lengthened, which is no reason to stop it. */
    boolean isRepairing(final long of) {
        return order == Order.FETCH && epoch == of && position != Recordings.LIVE;
    }

    /** Epoch of the last order. */
    long epoch() {
        return epoch;
    }

    /** What has been done; NONE if it failed or is of no interest any more. */
    Order onDone(final long doneTicket, final boolean isDone, final long nanoTime) {
        if (doneTicket != ticket || order == Order.NONE) {
            return Order.NONE;
        }
        final Order done = order;
        order = Order.NONE;
        if (!isDone) {
            waits = true;
            notBeforeNs = nanoTime + configuration.retryNs();
        }
        // A fetch that failed may have brought something all the same.
        return isDone || done == Order.FETCH ? done : Order.NONE;
    }

    void stop(final long of, final long nanoTime) {
        recordings.stop(begin(Order.STOP, of, 0, nanoTime), of);
    }

    void readEnd(final long of, final long nanoTime) {
        recordings.readEnd(begin(Order.READ_END, of, 0, nanoTime), of);
    }

    void truncate(final long of, final long to, final long nanoTime) {
        recordings.truncate(begin(Order.TRUNCATE, of, to, nanoTime), of, to);
    }

    void fetch(final long of, final long to, final int fromArchiveId, final long nanoTime) {
        recordings.fetch(begin(Order.FETCH, of, to, nanoTime), of, to, fromArchiveId);
    }

    /** From one of the others, another one each time. */
    void fetchFromAny(final long of, final long to, final long nanoTime) {
        final ArchiveSet archives = configuration.archives();
        if (archives.size() == 1) {
            waits = true;
            notBeforeNs = nanoTime + configuration.retryNs();
            return;
        }
        do {
            peer = (peer + 1) % archives.size();
        } while (archives.id(peer) == configuration.archiveId());
        fetch(of, to, archives.id(peer), nanoTime);
    }

    private long begin(final Order next, final long of, final long to, final long nanoTime) {
        order = next;
        epoch = of;
        position = to;
        waits = false;
        notBeforeNs = nanoTime;
        ticket = nextTicket();
        return ticket;
    }
}
