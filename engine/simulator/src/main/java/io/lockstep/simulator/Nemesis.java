package io.lockstep.simulator;

import java.util.List;

/** Carries faults out on whoever they hit, and keeps one bound: a quorum of archives never forgets. */
final class Nemesis {
    private final Simulation sim;

    Nemesis(final Simulation sim) {
        this.sim = sim;
    }

    void strike(final Fault fault) {
        final List<SimProcess> all = sim.processes();
        final SimProcess target = all.get(fault.target() % all.size());
        final SimProcess other = all.get(fault.other() % all.size());
        final ArchiveProcess archive = sim.archives().get(fault.target() % sim.archives().size());
        final SimProcess sequencer = sequencer(fault.other());
        final long forNs = fault.forNs();
        switch (fault.kind()) {
            case KILL -> target.crash(forNs);
            case KILL_SEQUENCER -> sequencer.crash(forNs);
            case KILL_SEQUENCER_AND_ARCHIVE -> {
                sequencer.crash(forNs);
                archive.crash(forNs / 2);
            }
            case KILL_HOST -> killHost(archive, forNs);
            case PAUSE -> target.pause(forNs);
            case PAUSE_SEQUENCER -> sequencer.pause(forNs);
            case CUT_ONE_WAY -> sim.cut(target, other, forNs);
            case ISOLATE -> isolate(target, fault.other(), forNs);
            case ISOLATE_SEQUENCER -> isolate(sequencer, fault.target(), forNs);
            case ISOLATE_SEQUENCER_FROM_ARCHIVES -> {
                for (final ArchiveProcess each : sim.archives()) {
                    if (fault.target() % 3 > 0 || each != archive) {
                        sim.cut(sequencer, each, forNs);
                    }
                    if (fault.target() % 3 > 1) {
                        sim.cut(each, sequencer, forNs);
                    }
                }
            }
            case LOSE_IMAGES -> sim.loseImages(target);
            case STALL_DISK -> archive.disk().stall(forNs);
            case LEDGER_DOWN -> sim.ledger().goDown(forNs);
            case JUMP_CLOCK -> target.jumpClock((fault.other() % 2 == 0 ? forNs : -forNs) * 1_000);
            case HANDOVER -> handOver(fault.target() % (sim.candidates().size() + 1));
            default -> throw new IllegalStateException("no such fault: " + fault);
        }
    }

    /** Nothing goes wrong any more. */
    void heal() {
        sim.mendCuts();
        sim.ledger().comeUp();
        for (final SimProcess process : sim.processes()) {
            process.wake();
            process.restart();
        }
        sim.archives().forEach(archive -> archive.disk().wake());
    }

    private SimProcess sequencer(final int chance) {
        for (final CandidateProcess candidate : sim.candidates()) {
            if (candidate.isUp() && candidate.candidate().sequencer() != null
                    && candidate.candidate().sequencer().epoch() == sim.ledger().entry().epoch()) {
                return candidate;
            }
        }
        return sim.candidates().get(chance % sim.candidates().size());
    }

    /** Both ways, or one way, from everybody or from about half of them. */
    private void isolate(final SimProcess target, final int how, final long forNs) {
        for (final SimProcess process : sim.processes()) {
            if (process != target && (how % 2 == 0 || (how >> process.index & 1) == 0)) {
                if (how % 3 != 0) {
                    sim.cut(target, process, forNs);
                }
                if (how % 3 != 1) {
                    sim.cut(process, target, forNs);
                }
            }
        }
    }

    private void killHost(final ArchiveProcess archive, final long forNs) {
        int remembering = 0;
        for (final ArchiveProcess each : sim.archives()) {
            if (each != archive && each.remembers()) {
                remembering++;
            }
        }
        if (remembering >= sim.archiveSet().quorum()) {
            archive.crashHost(forNs);
        } else {
            archive.crash(forNs);
        }
    }

    private void handOver(final int targetNodeId) {
        sim.candidates().forEach(candidate -> candidate.onHandover(targetNodeId));
    }
}
