package io.lockstep.simulator;

import io.lockstep.core.takeover.ArchiveMember;
import io.lockstep.core.takeover.ArchiveMemberConfiguration;
import org.agrona.concurrent.UnsafeBuffer;

/** An archive and the member beside it; its disk outlives the process, and most of it the host. */
final class ArchiveProcess extends SimProcess {
    private final int id;
    private final SimDisk disk;
    private final MemberAudit audit;
    private ArchiveMember member;
    private boolean remembers = true;
    private UnsafeBuffer foundEntry;
    private long foundEnd;

    ArchiveProcess(final Simulation sim, final int index, final int id) {
        super(sim, index);
        this.id = id;
        this.disk = new SimDisk(sim, this);
        this.audit = new MemberAudit(sim, this);
    }

    int id() {
        return id;
    }

    ArchiveMember member() {
        return member;
    }

    SimDisk disk() {
        return disk;
    }

    /** Whether all it ever acknowledged is there. */
    boolean remembers() {
        return remembers;
    }

    /** The host goes down, and with it what was only in the page cache. */
    void crashHost(final long downNs) {
        if (isUp()) {
            crash(downNs);
            disk.loseUnsynced();
            remembers = false;
        }
    }

    @Override
    void start() {
        disk.onProcessStarted();
        final Options options = sim.options();
        member = sim.cores().member(
                new ArchiveMemberConfiguration(
                        Simulation.CLUSTER,
                        id,
                        incarnation(),
                        sim.archiveSet(),
                        options.suspicionNs,
                        5_000_000,
                        100_000_000,
                        5_000_000,
                        remembers),
                disk,
                audit.over(new SimStream(sim, this, SimStream.CONTROL)));
        member.onDutyCycle(nanoTime());
    }

    @Override
    void cycle() {
        disk.cycle();
        member.onDutyCycle(nanoTime());
        if (member.needsOpenEpoch() && sim.ledger().isThere()) {
            member.onOpenEpoch(sim.ledger().entry().epoch());
        }
        // Only what is acknowledged of the epoch that the ledger has open proves that nothing is forgotten.
        if (!remembers
                && member.acknowledgedEpoch() == sim.ledger().entry().epoch()
                && member.isPresent(member.acknowledgedEpoch())) {
            remembers = true;
        }
    }

    @Override
    boolean wants(final int kind) {
        return kind == SimStream.CONTROL || kind == SimStream.LOG;
    }

    @Override
    boolean onMessage(final int kind, final SimStream stream, final int messageIndex, final UnsafeBuffer message) {
        if (kind == SimStream.CONTROL) {
            member.onControl(message, 0, message.capacity());
        } else {
            member.onHeard(stream.epoch(), stream.start(messageIndex));
            member.onHeard(stream.epoch(), stream.end(messageIndex));
            disk.onLive(stream, messageIndex);
        }
        member.onDutyCycle(nanoTime());
        return true;
    }

    /** Looks for an entry in the chain of epochs that the newest recording names. */
    boolean find(final long sequence) {
        SimDisk.Recording recording = disk.newest();
        int limit = recording == null ? 0 : recording.count;
        while (recording != null) {
            final SimStream stream = recording.stream;
            if (sequence >= stream.firstSequence()) {
                final long at = sequence - stream.firstSequence();
                if (at >= Math.min(limit, recording.count)) {
                    return false;
                }
                foundEntry = stream.message((int) at);
                foundEnd = stream.end((int) at);
                return true;
            }
            final long previousEnd = stream.head().previousEndPosition();
            recording = disk.recording(stream.head().previousEpoch());
            limit = recording == null ? 0 : recording.stream.countUpTo(previousEnd);
        }
        return false;
    }

    UnsafeBuffer foundEntry() {
        return foundEntry;
    }

    long foundEnd() {
        return foundEnd;
    }

    @Override
    String describe() {
        return "archive " + id + (isUp() ? "" : " down") + (remembers ? "" : " forgot") + " sealed="
                + disk.sealedEpoch() + " acked=" + member.acknowledgedEpoch() + ":" + member.acknowledgedPosition()
                + " " + disk;
    }
}
