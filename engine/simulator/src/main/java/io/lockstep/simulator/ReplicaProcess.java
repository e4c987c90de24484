package io.lockstep.simulator;

import io.lockstep.codecs.EntryReader;
import io.lockstep.core.replica.Replica;
import io.lockstep.core.replica.ReplicaConfiguration;
import io.lockstep.core.takeover.LogOrder;
import org.agrona.concurrent.UnsafeBuffer;

/** A replica, which is built again when it has applied what does not stand. */
final class ReplicaProcess extends SimProcess implements LogFeed.Sink {
    private static final int OUTPUT_LOG_BYTES = 8 << 20;

    private final EntryReader reader = new EntryReader();
    private final int id;
    private LogOrder order;
    private Replica replica;
    private LogFeed feed;
    private SimStream outputs;
    private SimStream control;
    private long rebuilds;

    ReplicaProcess(final Simulation sim, final int index, final int id) {
        super(sim, index);
        this.id = id;
    }

    Replica replica() {
        return replica;
    }

    long rebuilds() {
        return rebuilds;
    }

    @Override
    void start() {
        outputs = new SimStream(sim, this, SimStream.OUTPUT);
        control = new SimStream(sim, this, SimStream.CONTROL);
        order = new LogOrder();
        feed = new LogFeed(sim, this, this);
        build();
    }

    private void build() {
        replica = new Replica(
                new ReplicaConfiguration(
                        Simulation.CLUSTER, id, incarnation(), OUTPUT_LOG_BYTES, 64, 10_000_000, 20_000_000),
                new SummingStateMachine(),
                outputs,
                control);
        order.rewind(0, 0);
        feed.readFrom(1);
    }

    @Override
    void cycle() {
        feed.cycle();
        replica.live(feed.isLive());
        replica.onDutyCycle(nanoTime());
    }

    @Override
    boolean wants(final int kind) {
        return kind == SimStream.CONTROL || kind == SimStream.LOG;
    }

    @Override
    boolean onMessage(final int kind, final SimStream stream, final int messageIndex, final UnsafeBuffer message) {
        if (kind == SimStream.CONTROL) {
            replica.onControl(message, 0, message.capacity());
            return true;
        }
        return feed.onLive(message, stream.end(messageIndex));
    }

    @Override
    public long nextSequence() {
        return order.nextSequence();
    }

    @Override
    public long epoch() {
        return order.epoch();
    }

    @Override
    public boolean onLog(final UnsafeBuffer entry, final long endPosition, final boolean live) {
        reader.wrap(entry, 0);
        switch (sim.cores().judge(order, reader)) {
            case LogOrder.NEXT -> {
                replica.live(live);
                if (!replica.onEntry(entry, 0)) {
                    return false;
                }
                order.take(reader);
                sim.invariants().onApplied(order.epoch(), order.sequence(), replica.stateHash());
            }
            case LogOrder.OVERRUN -> {
                rebuilds++;
                build();
            }
            default -> {
                // Seen before, void, or too early.
            }
        }
        return true;
    }

    @Override
    String describe() {
        return "replica " + id + (isUp() ? "" : " down") + " epoch=" + replica.epoch() + " sequence="
                + replica.sequence() + " outputs=" + replica.outputSequence() + " rebuilds=" + rebuilds
                + (feed.isLive() ? " live" : " history");
    }
}
