package io.lockstep.tools.log;

import io.lockstep.archive.log.Fault;
import io.lockstep.archive.log.LogCursor;
import io.lockstep.archive.log.LogEntry;
import io.lockstep.core.logic.StateMachine;
import io.lockstep.core.port.Publisher;
import io.lockstep.core.replica.Replica;
import io.lockstep.core.replica.ReplicaConfiguration;
import java.nio.file.Path;
import org.agrona.DirectBuffer;

/** Rebuilds a state machine from the log of one archive, offline, by the replica that runs in production. */
public final class LogState {
    private LogState() {}

    /**
     * What a replay ended in.
     *
     * @param epoch of the last entry
     * @param sequence of the last entry
     * @param entries applied
     * @param commands among them
     * @param stateHash after the last entry
     * @param durationNs of the replay
     * @param fault that stopped it before the end, or null
     */
    public record Result(
            long epoch,
            long sequence,
            long entries,
            long commands,
            long stateHash,
            long durationNs,
            Fault fault) {
        /** Entries a second. */
        public double rate() {
            return durationNs == 0 ? 0 : entries * 1e9 / durationNs;
        }
    }

    /**
     * Replays a log from its first entry.
     *
     * @param archiveDirectory of an archive; nobody writes to it
     * @param stateMachine in its initial state
     * @param toSequence of the last entry to apply; {@link Long#MAX_VALUE} for all
     * @return where it ended
     */
    public static Result replay(final Path archiveDirectory, final StateMachine stateMachine, final long toSequence) {
        final Publisher nobody = new Nobody();
        Replica replica = null;
        final long start = System.nanoTime();
        long entries = 0;
        Fault fault = null;
        try (LogCursor cursor = LogCursor.open(archiveDirectory)) {
            int code = cursor.next();
            while (code > LogCursor.END && (code != LogCursor.ENTRY || cursor.entry().sequence() <= toSequence)) {
                if (code == LogCursor.ENTRY) {
                    final LogEntry entry = cursor.entry();
                    if (replica == null) {
                        final ReplicaConfiguration any = ReplicaConfiguration.of(entry.clusterId(), 1, 1);
                        replica = new Replica(any, stateMachine, nobody, nobody);
                    }
                    replica.onEntry(entry.buffer(), entry.offset());
                    entries++;
                }
                code = cursor.next();
            }
            fault = code == LogCursor.CORRUPT ? cursor.fault() : null;
        }
        return new Result(
                replica == null ? 0 : replica.epoch(),
                replica == null ? 0 : replica.sequence(),
                entries,
                replica == null ? 0 : replica.commands(),
                stateMachine.stateHash(),
                System.nanoTime() - start,
                fault);
    }

    /** A replay tells nobody anything. */
    private static final class Nobody implements Publisher {
        @Override
        public long offer(final DirectBuffer buffer, final int offset, final int length) {
            return NOT_CONNECTED;
        }

        @Override
        public long offer(
                final DirectBuffer header,
                final int headerOffset,
                final int headerLength,
                final DirectBuffer body,
                final int bodyOffset,
                final int bodyLength) {
            return NOT_CONNECTED;
        }
    }
}
