package io.lockstep.simulator;

import io.lockstep.core.takeover.LedgerEntry;

/** The ledger: never fails itself, but its requests and answers are late, get lost, or find nobody for a while. */
final class SimLedger {
    private final Simulation sim;
    private final boolean comparing;
    private LedgerEntry entry = LedgerEntry.GENESIS;
    private long downUntilNs;

    SimLedger(final Simulation sim, final boolean comparing) {
        this.sim = sim;
        this.comparing = comparing;
    }

    LedgerEntry entry() {
        return entry;
    }

    void goDown(final long forNs) {
        downUntilNs = Math.max(downUntilNs, sim.nowNs() + forNs);
    }

    void comeUp() {
        downUntilNs = 0;
    }

    void read(final CandidateProcess asker, final long ticket) {
        request(asker, event -> {
            if (isThere()) {
                final LedgerEntry now = entry;
                answer(asker, event, answerEvent -> asker.candidate().onLedgerRead(ticket, now));
            }
        });
    }

    void compareAndSet(
            final CandidateProcess asker, final long ticket, final long expectedEpoch, final LedgerEntry next) {
        request(asker, event -> {
            if (isThere()) {
                final boolean won = entry.epoch() == expectedEpoch || !comparing;
                if (won) {
                    sim.invariants().onDecided(entry, next, holders(next), sim.archiveSet().quorum());
                    entry = next;
                }
                final LedgerEntry now = entry;
                answer(asker, event, answerEvent -> asker.candidate().onLedgerDecided(ticket, won, now));
            }
        });
    }

    boolean isThere() {
        return sim.nowNs() >= downUntilNs && !sim.drops();
    }

    /** Archives that hold what is decided, or held it before they lost their memory. */
    private int holders(final LedgerEntry next) {
        int holders = 0;
        for (final ArchiveProcess archive : sim.archives()) {
            final long held = archive.disk().recordedPosition(next.previousEpoch());
            if (held >= next.previousEndPosition() || !archive.remembers()) {
                holders++;
            }
        }
        return holders;
    }

    private void request(final CandidateProcess asker, final Event.Action action) {
        // On its way it does not die with its sender.
        sim.scheduler().at(sim.nowNs() + latencyNs(), null, action).generation = asker.generation();
    }

    private void answer(final CandidateProcess asker, final Event request, final Event.Action action) {
        if (asker.generation() == request.generation && asker.isUp() && !sim.drops()) {
            sim.scheduler().at(sim.nowNs() + latencyNs(), asker, action);
        }
    }

    private long latencyNs() {
        return 100_000L + sim.net().nextInt(sim.happens(20) ? 400_000_000 : 3_000_000);
    }
}
