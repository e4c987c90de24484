package io.lockstep.core.takeover;

import io.lockstep.codecs.EntryReader;
import io.lockstep.codecs.protocol.AckDecoder;
import io.lockstep.codecs.protocol.EntryKind;
import io.lockstep.core.epoch.ArchiveSet;
import io.lockstep.core.epoch.CommitTracker;
import io.lockstep.core.epoch.LogEnd;
import io.lockstep.core.sequencer.SessionReplay;
import io.lockstep.core.sequencer.SessionTable;
import org.agrona.DirectBuffer;

/**
 * The log as a standby knows it: the table of sessions as of the last entry that is committed, and, as bytes, the
 * entries behind it. So whatever the end of an epoch turns out to be, the table comes to it without going back. An
 * entry of an epoch older than the newest known counts as decided when it comes; if that was wrong, since the archive
 * that served it had not cut its recording yet, the next epoch's start tells, and the table is built anew.
 *
 * <p>Single-threaded; bounded: while the tail is full, entries are not taken.
 */
final class StandbyLog {
    /** The table is as of the entry asked for. */
    static final int REACHED = 0;

    /** Entries before it are still missing. */
    static final int BEHIND = 1;

    /** The table had gone beyond; it is being built again. */
    static final int REBUILDING = 2;

    private final EntryReader entry = new EntryReader();
    private final LogOrder order = new LogOrder();
    private final CandidateConfiguration configuration;
    private final LogSource source;
    private final MessageQueue tail;
    private final CommitTracker commit;
    private SessionTable table;
    private SessionReplay replay;
    private long newestEpoch;
    private long ledgerEpoch;
    private long decidedEpoch;
    private long decidedSequence;
    private LogEnd applied = LogEnd.GENESIS;
    private long appliedEpoch;
    private long appliedSequence;
    private long appliedPosition;
    private long appliedTimeNs;
    private int appliedCrc32c;
    private long rebuilds;

    StandbyLog(final CandidateConfiguration configuration, final ArchiveSet archives, final LogSource source) {
        this.configuration = configuration;
        this.source = source;
        this.tail = new MessageQueue(configuration.tailBytes(), configuration.tailMessages());
        this.commit = new CommitTracker(archives);
        rebuild();
    }

    /** Forgets everything and reads the log from its beginning. */
    void rebuild() {
        table = new SessionTable(configuration.maxSessions());
        replay = new SessionReplay(table);
        appliedEpoch = 0;
        appliedSequence = 0;
        appliedPosition = 0;
        appliedTimeNs = 0;
        appliedCrc32c = 0;
        rebuilds++;
        rewind();
    }

    /** Reads on from the last entry taken: it may be that nobody sends what is missing any more. */
    void readOn() {
        source.readFrom(order.nextSequence());
    }

    SessionTable table() {
        return table;
    }

    /** Of the last entry taken. */
    long sequence() {
        return order.sequence();
    }

    /** Of the last entry that the table has. */
    long appliedSequence() {
        return appliedSequence;
    }

    /** Epoch of the last entry taken. */
    long epoch() {
        return order.epoch();
    }

    /** How often the table was begun. */
    long rebuilds() {
        return rebuilds;
    }

    /** Where the table stands. */
    LogEnd applied() {
        if (applied.sequence() != appliedSequence || applied.epoch() != appliedEpoch) {
            applied = new LogEnd(appliedEpoch, appliedPosition, appliedSequence, appliedTimeNs);
        }
        return applied;
    }

    /** An epoch is known to have begun; those before it have ended. */
    void onNewestEpoch(final long epoch) {
        if (epoch > newestEpoch) {
            newestEpoch = epoch;
            applyCommitted();
        }
    }

    /** The ledger says where an epoch has ended; what archives still hold beyond is void. */
    void onDecided(final LedgerEntry entry) {
        ledgerEpoch = entry.epoch();
        decidedEpoch = entry.previousEpoch();
        decidedSequence = entry.previousEndSequence();
        onNewestEpoch(entry.epoch());
    }

    /** Takes in the next entry; false if there is no room for it now. */
    boolean onEntry(final DirectBuffer buffer, final int offset, final int length, final long endPosition) {
        entry.wrap(buffer, offset);
        switch (order.judge(entry)) {
            case LogOrder.NEXT -> {
                return take(buffer, offset, length, endPosition);
            }
            case LogOrder.OVERRUN -> {
                // What was taken beyond the last committed entry goes; if that does not stand either, everything does.
                order.rewind(appliedEpoch, appliedSequence);
                if (order.judge(entry) == LogOrder.OVERRUN) {
                    rebuild();
                } else {
                    rewind();
                }
            }
            default -> {
                // Seen before, void, or too early: what is missing is on its way.
            }
        }
        return true;
    }

    void onAck(final AckDecoder ack) {
        if (commit.onAck(ack)) {
            applyCommitted();
        }
    }

    /**
     * Brings the table to the end of the log, which has been agreed on or is about to be, and drops what lies beyond.
     *
     * @param endEpoch the last epoch with entries
     * @param endSequence of its last entry
     * @return one of the codes of this class
     */
    int reach(final long endEpoch, final long endSequence) {
        while (appliedSequence < endSequence && order.epoch() == endEpoch && !tail.isEmpty()) {
            applyFirst();
        }
        if (appliedSequence == endSequence && appliedEpoch == endEpoch) {
            if (!tail.isEmpty()) {
                rewind();
            }
            return REACHED;
        }
        if (appliedSequence >= endSequence) {
            rebuild();
            return REBUILDING;
        }
        return BEHIND;
    }

    /** Checksum of the last entry that the table has. */
    int appliedCrc32c() {
        return appliedCrc32c;
    }

    private boolean take(final DirectBuffer buffer, final int offset, final int length, final long endPosition) {
        // Beyond the end that was decided, or of an epoch that the decision passes over.
        if (entry.epoch() >= decidedEpoch && entry.epoch() < ledgerEpoch && entry.sequence() > decidedSequence) {
            return true;
        }
        if (!tail.add(endPosition, buffer, offset, length)) {
            return false;
        }
        order.take(entry);
        if (entry.kind() == EntryKind.EPOCH_START) {
            // It goes on from the entry before it, so all of those stand.
            while (tail.size() > 1) {
                applyFirst();
            }
            commit.start(order.epoch());
            newestEpoch = Math.max(newestEpoch, order.epoch());
        }
        applyCommitted();
        return true;
    }

    private void applyCommitted() {
        while (!tail.isEmpty() && (order.epoch() < newestEpoch || tail.number() <= commit.recordedPosition())) {
            applyFirst();
        }
    }

    private void applyFirst() {
        final long endPosition = tail.number();
        entry.wrap(tail.buffer(), tail.offset());
        replay.onEntry(entry);
        appliedEpoch = entry.epoch();
        appliedSequence = entry.sequence();
        appliedPosition = endPosition;
        appliedTimeNs = entry.timeNs();
        appliedCrc32c = entry.crc32c();
        tail.removeFirst();
    }

    private void rewind() {
        tail.clear();
        order.rewind(appliedEpoch, appliedSequence);
        if (commit.epoch() != appliedEpoch) {
            commit.start(appliedEpoch);
        }
        source.readFrom(order.nextSequence());
    }
}
