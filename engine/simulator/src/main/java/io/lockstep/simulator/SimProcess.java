package io.lockstep.simulator;

import org.agrona.concurrent.UnsafeBuffer;

/** One process: runs in duty cycles, may be stopped for a while, may die and come back as another incarnation. */
abstract class SimProcess {
    private static final long[] ORIGINS = {0, -1_000_000_000_000_000L, Long.MAX_VALUE - 2_000_000_000L};

    final Simulation sim;
    final int index;
    private final Event.Action onCycle = event -> {
        cycle();
        scheduleCycle();
    };
    private final Event.Action onRestart = event -> restart();
    private boolean up;
    private int generation;
    private long pausedUntilNs;
    private long originNs;
    private long clockOffsetNs;
    private long incarnation;

    SimProcess(final Simulation sim, final int index) {
        this.sim = sim;
        this.index = index;
    }

    /** Everything in memory is made anew. */
    abstract void start();

    abstract void cycle();

    abstract boolean wants(int kind);

    /** Takes a message; false if it cannot now. */
    abstract boolean onMessage(int kind, SimStream stream, int messageIndex, UnsafeBuffer message);

    abstract String describe();

    final void restart() {
        if (up) {
            return;
        }
        up = true;
        incarnation = sim.nextIncarnation();
        originNs = ORIGINS[sim.workload().nextInt(ORIGINS.length)] - sim.nowNs();
        start();
        scheduleCycle();
        sim.joinStreams(this);
    }

    void crash(final long downNs) {
        if (up) {
            up = false;
            generation++;
            pausedUntilNs = 0;
            sim.scheduler().at(sim.nowNs() + downNs, null, onRestart);
        }
    }

    final void pause(final long forNs) {
        pausedUntilNs = Math.max(pausedUntilNs, sim.nowNs() + forNs);
    }

    final void wake() {
        pausedUntilNs = 0;
    }

    final void jumpClock(final long byNs) {
        clockOffsetNs += byNs;
    }

    final boolean isUp() {
        return up;
    }

    final boolean isRunning() {
        return up && pausedUntilNs <= sim.nowNs();
    }

    final int generation() {
        return generation;
    }

    final long pausedUntilNs() {
        return pausedUntilNs;
    }

    final long incarnation() {
        return incarnation;
    }

    /** Of an origin that differs from process to process; it may overflow in mid-run. */
    final long nanoTime() {
        return originNs + sim.nowNs();
    }

    final long clockNs() {
        return 1_700_000_000_000_000_000L + clockOffsetNs + sim.nowNs();
    }

    private void scheduleCycle() {
        sim.scheduler().at(sim.nowNs() + sim.options().cycleNs + sim.net().nextInt(100_000), this, onCycle);
    }
}
