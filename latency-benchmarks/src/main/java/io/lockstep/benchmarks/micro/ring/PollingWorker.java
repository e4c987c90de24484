package io.lockstep.benchmarks.micro.ring;

/** Asks one stage or several in turn. */
final class PollingWorker implements Worker {
    private final Stage[] stages;
    private final Waiting waiting;
    private volatile boolean isHalted;

    PollingWorker(final boolean isYielding, final Stage... stages) {
        this.stages = stages;
        waiting = new Waiting(isYielding);
    }

    @Override
    public void run() {
        while (!isHalted) {
            int work = 0;
            for (final Stage stage : stages) {
                work += stage.poll();
            }
            if (work == 0) {
                waiting.idle();
            } else {
                waiting.reset();
            }
        }
    }

    @Override
    public void halt() {
        isHalted = true;
    }
}
