package io.lockstep.simulator;

import io.lockstep.codecs.EntryReader;
import io.lockstep.core.takeover.EpochHead;
import io.lockstep.core.takeover.Recordings;
import java.util.ArrayList;
import java.util.List;

/**
 * What one archive has on its disk: a prefix of each epoch's stream, the beginning of it forced, the rest in the page
 * cache; and the seal register. Orders take time; a process that dies takes those under way with it.
 */
final class SimDisk implements Recordings {
    private static final long SLOW_SEAL_NS = 20_000_000;
    private static final long SHORT_DEATH_NS = 5_000_000;

    private final EntryReader reader = new EntryReader();
    private final Simulation sim;
    private final ArchiveProcess owner;
    private final List<Recording> recordings = new ArrayList<>(); // by epoch
    private long sealedEpoch;
    private LastEntry lastEntry;
    private long nextSyncNs;
    private long stalledUntilNs;

    SimDisk(final Simulation sim, final ArchiveProcess owner) {
        this.sim = sim;
        this.owner = owner;
    }

    /** One epoch's recording. */
    static final class Recording {
        final SimStream stream;
        int count;
        int synced;
        long tornBytes;
        boolean live;
        boolean stopped;
        long fetching;

        Recording(final SimStream stream) {
            this.stream = stream;
        }
    }

    void onProcessStarted() {
        for (final Recording recording : recordings) {
            recording.live = false;
            recording.stopped = false;
            recording.fetching = 0;
        }
    }

    void cycle() {
        if (sim.nowNs() >= nextSyncNs) {
            nextSyncNs = sim.nowNs() + 2_000_000 + sim.disk().nextInt(20_000_000);
            for (final Recording recording : recordings) {
                recording.synced = recording.count;
            }
        }
    }

    void stall(final long forNs) {
        stalledUntilNs = sim.nowNs() + forNs;
    }

    void wake() {
        stalledUntilNs = 0;
    }

    /** Of what was not forced, an end of random length is gone, and the last thing left may be half an entry. */
    void loseUnsynced() {
        for (int i = recordings.size() - 1; i >= 0; i--) {
            final Recording recording = recordings.get(i);
            final int unsynced = recording.count - recording.synced;
            if (unsynced > 0) {
                recording.count -= 1 + sim.disk().nextInt(unsynced);
                recording.tornBytes = sim.disk().nextInt(3) == 0 && recording.count > 0 ? 32 : 0;
            }
            if (recording.count == 0) {
                recordings.remove(i);
            }
        }
    }

    void onLive(final SimStream stream, final int index) {
        if (!owner.member().mayRecord(stream.epoch()) || sim.nowNs() < stalledUntilNs) {
            return;
        }
        Recording recording = recording(stream.epoch());
        if (recording == null && index == 0) {
            recording = add(stream);
        }
        if (recording == null || recording.stream != stream || recording.stopped) {
            return;
        }
        if (index == recording.count) {
            recording.count++;
            recording.tornBytes = 0;
            recording.live = true;
        } else {
            recording.live = index < recording.count;
        }
    }

    Recording newest() {
        return recordings.isEmpty() ? null : recordings.get(recordings.size() - 1);
    }

    Recording recording(final long epoch) {
        for (int i = recordings.size() - 1; i >= 0; i--) {
            if (recordings.get(i).stream.epoch() == epoch) {
                return recordings.get(i);
            }
        }
        return null;
    }

    List<Recording> all() {
        return recordings;
    }

    @Override
    public long newestEpoch() {
        return recordings.isEmpty() ? 0 : newest().stream.epoch();
    }

    @Override
    public long newestEpochBelow(final long epoch) {
        for (int i = recordings.size() - 1; i >= 0; i--) {
            if (recordings.get(i).stream.epoch() < epoch) {
                return recordings.get(i).stream.epoch();
            }
        }
        return 0;
    }

    @Override
    public EpochHead head(final long epoch) {
        final Recording recording = recording(epoch);
        return recording == null ? null : recording.stream.head();
    }

    @Override
    public long recordedPosition(final long epoch) {
        final Recording recording = recording(epoch);
        return recording == null ? 0 : recording.stream.start(recording.count) + recording.tornBytes;
    }

    @Override
    public long syncedPosition(final long epoch) {
        final Recording recording = recording(epoch);
        return recording == null ? 0 : recording.stream.start(recording.synced);
    }

    @Override
    public boolean isActive(final long epoch) {
        final Recording recording = recording(epoch);
        return recording != null && (recording.live || recording.fetching != 0);
    }

    @Override
    public long sealedEpoch() {
        return sealedEpoch;
    }

    @Override
    public void seal(final long ticket, final long epoch) {
        long takesNs = 200_000L + sim.disk().nextInt(5_000_000);
        if (sim.options().killsAtSeals && sim.happens(3)) {
            // Slow, and the process dies before it is done: long enough for a premature answer to be out.
            takesNs += SLOW_SEAL_NS;
            after(SLOW_SEAL_NS, event -> owner.crash(SHORT_DEATH_NS));
        }
        after(takesNs, event -> {
            sealedEpoch = Math.max(sealedEpoch, epoch);
            owner.member().onDone(ticket, true);
        });
    }

    @Override
    public void stop(final long ticket, final long epoch) {
        after(100_000 + sim.disk().nextInt(2_000_000), event -> {
            final Recording recording = recording(epoch);
            if (recording != null) {
                recording.live = false;
                recording.stopped = true;
                recording.fetching = 0;
            }
            owner.member().onDone(ticket, true);
        });
    }

    @Override
    public void readEnd(final long ticket, final long epoch) {
        after(100_000 + sim.disk().nextInt(1_000_000), event -> {
            final Recording recording = recording(epoch);
            if (recording != null) {
                final int last = recording.count - 1;
                reader.wrap(recording.stream.message(last), 0);
                lastEntry = new LastEntry(
                        epoch, recording.stream.end(last), reader.sequence(), reader.timeNs(), reader.crc32c());
            }
            owner.member().onDone(ticket, recording != null);
        });
    }

    @Override
    public LastEntry lastEntry() {
        return lastEntry;
    }

    @Override
    public void truncate(final long ticket, final long epoch, final long position) {
        after(200_000 + sim.disk().nextInt(3_000_000), event -> {
            final Recording recording = recording(epoch);
            if (recording != null) {
                recording.count = Math.min(recording.count, recording.stream.countUpTo(position));
                recording.synced = Math.min(recording.synced, recording.count);
                recording.tornBytes = 0;
                if (recording.count == 0) {
                    recordings.remove(recording);
                }
            }
            owner.member().onDone(ticket, true);
        });
    }

    @Override
    public void fetch(final long ticket, final long epoch, final long position, final int fromArchiveId) {
        final Recording mine = recording(epoch);
        if (mine != null) {
            mine.fetching = ticket;
        }
        after(500_000 + sim.disk().nextInt(8_000_000), event ->
                owner.member().onDone(ticket, copy(ticket, epoch, position, sim.archive(fromArchiveId))));
    }

    @Override
    public String toString() {
        final StringBuilder text = new StringBuilder();
        for (final Recording recording : recordings) {
            text.append(' ').append(recording.stream.epoch()).append(':').append(recordedPosition(recording.stream
                    .epoch()));
            text.append(recording.live ? "+" : "").append(recording.fetching != 0 ? "*" : "");
        }
        return text.toString();
    }

    private boolean copy(final long ticket, final long epoch, final long position, final ArchiveProcess from) {
        Recording mine = recording(epoch);
        final boolean cancelled = mine != null && mine.fetching != ticket;
        if (mine != null && !cancelled) {
            mine.fetching = 0;
        }
        final Recording theirs = from.disk().recording(epoch);
        final boolean live = position == LIVE;
        if (cancelled
                || theirs == null
                || !from.isRunning()
                || sim.isCut(from, owner)
                || sim.isCut(owner, from)
                || (live && from.member().sealedEpoch() >= epoch)
                || (mine != null && mine.stream != theirs.stream)) {
            return false;
        }
        if (mine == null) {
            mine = add(theirs.stream);
        }
        final int end = live ? theirs.count : Math.min(theirs.count, theirs.stream.countUpTo(position));
        if (end > mine.count) {
            mine.count = end;
            mine.tornBytes = 0;
        }
        if (!live) {
            return mine.stream.start(mine.count) >= position;
        }
        final SimImage image = mine.stream.imageOf(owner);
        mine.live = image != null && mine.count >= image.next();
        mine.stopped &= !mine.live;
        return mine.live;
    }

    private Recording add(final SimStream stream) {
        final Recording recording = new Recording(stream);
        int at = recordings.size();
        while (at > 0 && recordings.get(at - 1).stream.epoch() > stream.epoch()) {
            at--;
        }
        recordings.add(at, recording);
        return recording;
    }

    private void after(final long ns, final Event.Action action) {
        sim.scheduler().at(sim.nowNs() + ns, owner, action);
    }
}
