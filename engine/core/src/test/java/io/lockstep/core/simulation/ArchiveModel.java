package io.lockstep.core.simulation;

import io.lockstep.core.fixture.Messages;
import io.lockstep.core.port.Publisher;
import org.agrona.concurrent.UnsafeBuffer;

/** An archive and the agent beside it: records the stream, forces it to disk later, says how far it is. */
final class ArchiveModel {
    private static final int MOST_AT_ONCE = 16;
    private static final long ACK_INTERVAL_NS = 200_000;

    private final Messages messages = new Messages();
    private final int id;
    private final Faults faults;
    private final LogStream stream;
    private final LogReader reader;
    private final Publisher control;
    private int syncedCount;
    private int ackedCount;
    private int ackedSyncedCount;
    private long ackedNs;
    private long pausedUntilNs;

    ArchiveModel(final int id, final Faults faults, final LogStream stream, final Publisher control) {
        this.id = id;
        this.faults = faults;
        this.stream = stream;
        this.reader = new LogReader(faults, stream);
        this.control = control;
    }

    /** Entries in the file. */
    int recordedCount() {
        return reader.count();
    }

    /** Entries on the disk. */
    int syncedCount() {
        return syncedCount;
    }

    void cycle() {
        if (faults.once(500)) {
            pausedUntilNs = faults.elapsedNs() + faults.random.nextInt(5_000_000);
        }
        if (!faults.isHealed() && faults.elapsedNs() < pausedUntilNs) {
            return;
        }
        for (int i = 0; i < MOST_AT_ONCE && reader.peek() != null; i++) {
            reader.advance();
        }
        if (faults.random.nextInt(20) == 0) {
            syncedCount = recordedCount();
        }
        final boolean moved = recordedCount() > ackedCount || syncedCount > ackedSyncedCount;
        if (moved || faults.elapsedNs() - ackedNs > ACK_INTERVAL_NS) {
            ack();
        }
    }

    private void ack() {
        final UnsafeBuffer ack = messages.ack(
                id, CoreLoop.EPOCH, stream.endPosition(recordedCount()), stream.endPosition(syncedCount));
        if (control.offer(ack, 0, ack.capacity()) > 0) {
            ackedCount = recordedCount();
            ackedSyncedCount = syncedCount;
            ackedNs = faults.elapsedNs();
        }
    }
}
