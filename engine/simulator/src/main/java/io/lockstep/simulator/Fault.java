package io.lockstep.simulator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Something that goes wrong at a time, to whom, and for how long.
 *
 * @param atNs after the start of the run
 * @param kind what goes wrong
 * @param target a number from which the one it happens to is found when it does
 * @param other a second one
 * @param forNs how long it lasts
 */
record Fault(long atNs, Kind kind, int target, int other, long forNs) {
    /** What can go wrong. */
    enum Kind {
        KILL,
        KILL_SEQUENCER,
        KILL_SEQUENCER_AND_ARCHIVE,
        KILL_HOST,
        PAUSE,
        PAUSE_SEQUENCER,
        CUT_ONE_WAY,
        ISOLATE,
        ISOLATE_SEQUENCER,
        ISOLATE_SEQUENCER_FROM_ARCHIVES,
        LOSE_IMAGES,
        STALL_DISK,
        LEDGER_DOWN,
        JUMP_CLOCK,
        HANDOVER
    }

    /** The faults of one run. */
    static List<Fault> draw(final long seed, final Options options) {
        final Random random = new Random(seed ^ 0x5DEECE66DL);
        final List<Fault> faults = new ArrayList<>();
        final Kind[] kinds = Kind.values();
        long atNs = 0;
        for (int i = 0; i < options.faults; i++) {
            // Often one comes right after another, while that is still being dealt with.
            atNs = random.nextInt(3) == 0
                    ? atNs + random.nextInt(80_000_000)
                    : 300_000_000 + (long) (random.nextDouble() * (options.stormNs - 300_000_000));
            final long forNs = 1_000_000L << random.nextInt(10);
            faults.add(new Fault(
                    atNs,
                    kinds[random.nextInt(kinds.length)],
                    random.nextInt(1 << 16),
                    random.nextInt(1 << 16),
                    forNs + random.nextInt((int) forNs)));
        }
        faults.sort(Comparator.comparingLong(Fault::atNs));
        return faults;
    }

    @Override
    public String toString() {
        return atNs / 1e6 + "ms " + kind + " target=" + target + " other=" + other + " for="
                + forNs / 1e6 + "ms";
    }
}
