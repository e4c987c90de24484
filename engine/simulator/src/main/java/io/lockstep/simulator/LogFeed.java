package io.lockstep.simulator;

import io.lockstep.codecs.EntryReader;
import org.agrona.concurrent.UnsafeBuffer;

/** Reads the log for one process: history from an archive that can be reached, then live. */
final class LogFeed {
    private static final int MOST_AT_ONCE = 64;
    private static final long IDLE_NS = 20_000_000;

    private final EntryReader reader = new EntryReader();
    private final Simulation sim;
    private final SimProcess owner;
    private final Sink sink;
    private ArchiveProcess archive;
    private long from;
    private boolean restarted;
    private long movedNs;

    LogFeed(final Simulation sim, final SimProcess owner, final Sink sink) {
        this.sim = sim;
        this.owner = owner;
        this.sink = sink;
    }

    /** Who reads. */
    interface Sink {
        long nextSequence();

        long epoch();

        boolean onLog(UnsafeBuffer entry, long endPosition, boolean live);
    }

    void readFrom(final long sequence) {
        from = sequence;
        restarted = true;
        archive = sim.anyArchive();
        movedNs = sim.nowNs();
    }

    boolean isLive() {
        return archive == null;
    }

    void cycle() {
        if (archive == null) {
            if (sim.nowNs() - movedNs > IDLE_NS) {
                readFrom(sink.nextSequence());
            }
            return;
        }
        for (int i = 0; i < MOST_AT_ONCE && archive != null; i++) {
            if (!archive.isRunning() || sim.isCut(archive, owner) || sim.isCut(owner, archive)) {
                archive = sim.anyArchive();
                return;
            }
            if (!archive.find(from)) {
                archive = null;
                movedNs = sim.nowNs();
                return;
            }
            restarted = false;
            if (!sink.onLog(archive.foundEntry(), archive.foundEnd(), false)) {
                return;
            }
            if (!restarted) {
                from++;
            }
        }
    }

    /** A live entry has come; false if it cannot be taken now. */
    boolean onLive(final UnsafeBuffer entry, final long endPosition) {
        if (archive != null) {
            return true; // comes from history, or after it
        }
        reader.wrap(entry, 0);
        if (reader.epoch() >= sink.epoch() && reader.sequence() > sink.nextSequence()) {
            readFrom(sink.nextSequence());
            return true;
        }
        movedNs = sim.nowNs();
        return sink.onLog(entry, endPosition, true);
    }
}
