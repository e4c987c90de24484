package io.lockstep.simulator;

import java.util.Random;

/** What a run is like, all of it drawn from its seed. */
final class Options {
    final boolean ordered;
    final int archives;
    final int candidates;
    final int replicas;
    final int gateways;
    final int dropPerMille;
    final int duplicatePercent;
    final int refusePercent;
    final int delayNs;
    final int faults;
    final long cycleNs = 900_000;
    final long suspicionNs = 50_000_000;
    final long sessionTimeoutNs = 3_000_000_000L;
    final long windowBytes;
    final int offerOneIn;
    final long stormNs;
    final boolean killsAtSeals;

    Options(final long seed) {
        final Random random = new Random(seed);
        ordered = random.nextBoolean();
        final int size = random.nextInt(10);
        archives = size == 0 ? 1 : size < 7 ? 3 : 5;
        candidates = 2 + random.nextInt(2);
        replicas = 1 + random.nextInt(2);
        gateways = 1 + random.nextInt(2);
        dropPerMille = random.nextInt(3) == 0 ? random.nextInt(200) : random.nextInt(20);
        duplicatePercent = random.nextInt(20);
        refusePercent = random.nextInt(3) == 0 ? random.nextInt(25) : 0;
        delayNs = 100_000 << random.nextInt(6);
        faults = 5 + random.nextInt(35);
        windowBytes = 2_048L << random.nextInt(6);
        offerOneIn = 1 + random.nextInt(8);
        stormNs = 1_500_000_000L + random.nextInt(2_500) * 1_000_000L;
        killsAtSeals = Math.floorMod(seed, 5) == 2; // not drawn, so that older seeds stay what they are
    }

    @Override
    public String toString() {
        return "network=" + (ordered ? "images" : "datagrams") + " archives=" + archives + " candidates=" + candidates
                + " replicas=" + replicas + " gateways=" + gateways + " drop=" + dropPerMille / 10.0 + "% duplicate="
                + duplicatePercent + "% refuse=" + refusePercent + "% delay<=" + delayNs / 1000 + "us window="
                + windowBytes + " offerOneIn=" + offerOneIn + " storm=" + stormNs / 1_000_000 + "ms"
                + (killsAtSeals ? " kills at seals" : "");
    }
}
