package io.lockstep.simulator;

/**
 * One receiver's end of an ordered stream: in order and complete while it lasts, late, and with holes that only a
 * sender that lives can fill. An image that is lost joins again where the stream is by then.
 */
final class SimImage {
    private static final long LIVENESS_NS = 150_000_000;

    private final Simulation sim;
    private final SimStream stream;
    private final SimProcess receiver;
    private final int generation;
    private final Event.Action onArrival = event -> arrive();
    private final Event.Action onRejoin = event -> rejoin();
    private int next;
    private boolean scheduled;
    private boolean lost;
    private boolean ended;
    private long cutSinceNs = -1;

    SimImage(final Simulation sim, final SimStream stream, final SimProcess receiver) {
        this.sim = sim;
        this.stream = stream;
        this.receiver = receiver;
        this.generation = receiver.generation();
        this.next = stream.count();
        if (sim.isCut(stream.sender, receiver) || sim.happens(30)) {
            lose();
        }
    }

    SimProcess receiver() {
        return receiver;
    }

    boolean isOpen() {
        return !lost && !ended && receiver.isUp() && receiver.generation() == generation;
    }

    /** Index of the message that comes next. */
    int next() {
        return next;
    }

    /** A message has been sent; false if the receiver is no more. */
    boolean onSent() {
        if (receiver.generation() != generation || !receiver.isUp()) {
            return false;
        }
        if (!lost && !ended && !scheduled) {
            schedule(sim.delayNs());
        }
        return true;
    }

    void lose() {
        if (!lost) {
            lost = true;
            cutSinceNs = -1;
            sim.scheduler().at(sim.nowNs() + 1_000_000 + sim.net().nextInt(30_000_000), receiver, onRejoin);
        }
    }

    private void rejoin() {
        if (!stream.isSenderAlive()) {
            ended = true;
        } else if (sim.isCut(stream.sender, receiver) || !stream.sender.isRunning()) {
            sim.scheduler().at(sim.nowNs() + 5_000_000, receiver, onRejoin);
        } else {
            lost = false;
            next = stream.count();
        }
    }

    private void schedule(final long afterNs) {
        scheduled = true;
        sim.scheduler().at(sim.nowNs() + afterNs, receiver, onArrival);
    }

    private void arrive() {
        scheduled = false;
        while (!lost && !ended && next < stream.count()) {
            if (sim.isCut(stream.sender, receiver)) {
                onCut();
                return;
            }
            cutSinceNs = -1;
            if (sim.drops()) {
                onHole();
                return;
            }
            if (!receiver.onMessage(stream.kind, stream, next, stream.message(next))) {
                schedule(200_000);
                return;
            }
            next++;
            if (next < stream.count() && stream.timeNs(next) + 50_000 > sim.nowNs()) {
                schedule(sim.delayNs());
                return;
            }
        }
    }

    private void onCut() {
        if (!stream.isSenderAlive()) {
            ended = true;
        } else if (cutSinceNs < 0) {
            cutSinceNs = sim.nowNs();
            schedule(2_000_000);
        } else if (sim.nowNs() - cutSinceNs > LIVENESS_NS) {
            lose();
        } else {
            schedule(2_000_000);
        }
    }

    private void onHole() {
        if (!stream.isSenderAlive()) {
            ended = true;
        } else {
            schedule(stream.sender.isRunning() ? 100_000 + sim.delayNs() : 2_000_000);
        }
    }
}
