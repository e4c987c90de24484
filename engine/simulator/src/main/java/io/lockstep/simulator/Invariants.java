package io.lockstep.simulator;

import io.lockstep.core.takeover.LedgerEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.collections.Long2LongHashMap;

/**
 * What must hold after every step, told by whoever sees something of it. Knows the truth, as nobody in the run does.
 */
final class Invariants {
    private static final long UNKNOWN = Long.MIN_VALUE;
    private static final int EPOCH_SHIFT = 40;

    private final List<SimStream> streams = new ArrayList<>(); // by epoch
    private final List<LedgerEntry> chain = new ArrayList<>();
    private final Long2LongHashMap hashes = new Long2LongHashMap(UNKNOWN);
    private long[] commits = new long[64]; // the most that anybody took for committed, by epoch
    private long[] lastCommitted = new long[64]; // its sequence
    private long[] committed = new long[1024]; // epoch by sequence
    private long released;
    private long highestCommitted;

    /** The stream of an epoch; null if it has not started. */
    SimStream stream(final long epoch) {
        return epoch < streams.size() ? streams.get((int) epoch) : null;
    }

    /** Decisions in their order. */
    List<LedgerEntry> chain() {
        return chain;
    }

    long released() {
        return released;
    }

    long highestCommitted() {
        return highestCommitted;
    }

    void onEpochStarted(final SimStream stream) {
        final long epoch = stream.epoch();
        while (streams.size() <= epoch) {
            streams.add(null);
        }
        if (streams.get((int) epoch) != null) {
            throw new SimulationFailure("two streams of one epoch: " + epoch);
        }
        streams.set((int) epoch, stream);
        if (epoch > chain.size()) {
            throw new SimulationFailure("an epoch started that nobody decided: " + epoch);
        }
        final LedgerEntry decided = chain.get((int) epoch - 1);
        if (stream.head().ownerIncarnation() != decided.ownerIncarnation()
                || stream.firstSequence() != decided.previousEndSequence() + 1) {
            throw new SimulationFailure("epoch " + epoch + " does not start as decided: " + stream.head() + " sequence="
                    + stream.firstSequence() + " decided=" + decided);
        }
    }

    void onStamped(final SimStream stream, final int index) {
        if (stream != streams.get((int) stream.epoch())) {
            throw new SimulationFailure("a second stream goes on in epoch " + stream.epoch());
        }
    }

    /** The ledger has taken an entry. */
    void onDecided(final LedgerEntry before, final LedgerEntry next, final int holders, final int quorum) {
        if (before.epoch() + 1 != next.epoch() || next.epoch() != chain.size() + 1) {
            throw new SimulationFailure("two owners of one epoch, or one passed over: " + before + " then " + next);
        }
        if (next.previousEpoch() > 0 && holders < quorum) {
            throw new SimulationFailure("the end of epoch " + next.previousEpoch() + " is decided to be "
                    + next.previousEndPosition() + ", but " + holders + " archives hold it");
        }
        // Whatever was taken for committed of any epoch lies before the end that is decided for it.
        for (long epoch = Math.max(1, next.previousEpoch()); epoch < next.epoch(); epoch++) {
            final long end = epoch == next.previousEpoch() ? next.previousEndPosition() : 0;
            if (commit(epoch) > end) {
                throw new SimulationFailure("epoch " + epoch + " ends at " + end + " but " + commit(epoch)
                        + " was committed");
            }
            final long endSequence = next.previousEndSequence();
            if (lastCommitted(epoch) > endSequence) {
                throw new SimulationFailure("epoch " + epoch + " ends before sequence " + (endSequence + 1) + " but "
                        + lastCommitted(epoch) + " of it was committed");
            }
        }
        chain.add(next);
    }

    /** A sequencer takes a position for committed. */
    void onCommit(final long epoch, final long position) {
        grow(epoch);
        if (position <= commits[(int) epoch]) {
            return;
        }
        commits[(int) epoch] = position;
        final long end = decidedEnd(epoch);
        if (position > end) {
            throw new SimulationFailure("epoch " + epoch + " has ended at " + end + " but " + position
                    + " is taken for committed");
        }
    }

    /** A gateway takes an entry for committed. */
    void onCommitted(final long epoch, final long sequence) {
        if (sequence >= committed.length) {
            committed = Arrays.copyOf(committed, Math.max(committed.length * 2, (int) sequence + 1));
        }
        final long before = committed[(int) sequence];
        if (before == 0) {
            committed[(int) sequence] = epoch;
            highestCommitted = Math.max(highestCommitted, sequence);
            grow(epoch);
            lastCommitted[(int) epoch] = Math.max(lastCommitted[(int) epoch], sequence);
            if (sequence > decidedEndSequence(epoch)) {
                throw new SimulationFailure("sequence " + sequence + " of epoch " + epoch + " is void but committed");
            }
        } else if (before != epoch && epoch != 0) {
            throw new SimulationFailure("sequence " + sequence + " was committed in epoch " + before + " and in "
                    + epoch);
        }
    }

    /** An output left for the outside world. */
    void onReleased(final long epoch, final long sequence) {
        released++;
        if (sequence >= committed.length || committed[(int) sequence] != epoch) {
            throw new SimulationFailure("released but not committed: epoch=" + epoch + " sequence=" + sequence
                    + " committed in epoch "
                    + (sequence < committed.length ? committed[(int) sequence] : 0));
        }
    }

    /** A replica has applied an entry. */
    void onApplied(final long epoch, final long sequence, final long hash) {
        final long before = hashes.put(epoch << EPOCH_SHIFT | sequence, hash);
        if (before != UNKNOWN && before != hash) {
            throw new SimulationFailure("replicas differ at epoch=" + epoch + " sequence=" + sequence);
        }
    }

    /** Where an epoch was decided to end; 0 if nothing of it counts, the largest number while it is open. */
    long decidedEnd(final long epoch) {
        for (int i = chain.size() - 1; i >= 0 && chain.get(i).epoch() > epoch; i--) {
            final LedgerEntry entry = chain.get(i);
            if (entry.previousEpoch() == epoch) {
                return entry.previousEndPosition();
            }
            if (entry.previousEpoch() < epoch) {
                return 0;
            }
        }
        return Long.MAX_VALUE;
    }

    private long decidedEndSequence(final long epoch) {
        for (int i = chain.size() - 1; i >= 0 && chain.get(i).epoch() > epoch; i--) {
            final LedgerEntry entry = chain.get(i);
            if (entry.previousEpoch() <= epoch) {
                return entry.previousEpoch() == epoch ? entry.previousEndSequence() : 0;
            }
        }
        return Long.MAX_VALUE;
    }

    private void grow(final long epoch) {
        if (epoch >= commits.length) {
            commits = Arrays.copyOf(commits, Math.max(commits.length * 2, (int) epoch + 1));
            lastCommitted = Arrays.copyOf(lastCommitted, commits.length);
        }
    }

    private long commit(final long epoch) {
        return epoch < commits.length ? commits[(int) epoch] : 0;
    }

    private long lastCommitted(final long epoch) {
        return epoch < lastCommitted.length ? lastCommitted[(int) epoch] : 0;
    }
}
