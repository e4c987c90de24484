package io.lockstep.core.simulation;

import io.lockstep.core.fixture.Messages;
import io.lockstep.core.port.Publisher;
import io.lockstep.core.replica.Replica;
import io.lockstep.core.replica.ReplicaConfiguration;

/** One replica process: may pause, lose its image of the log, and die and come back with nothing. */
final class ReplicaModel {
    private static final int LOG_BYTES = 8 << 20;

    private final CoreLoop loop;
    private final Faults faults;
    private final int id;
    private final ImageLink outputs;
    private final DatagramLink.Member control;
    private final Receiver onControl = (buffer, offset, length) -> {
        replica().onControl(buffer, offset, length);
        return true;
    };
    private Replica replica;
    private LogReader reader;
    private long pausedUntilNs;

    ReplicaModel(final CoreLoop loop, final int id) {
        this.loop = loop;
        this.faults = loop.faults();
        this.id = id;
        this.outputs = new ImageLink(faults);
        this.control = loop.control().join();
        start();
    }

    /** A replica that is told of every entry and publishes every output. */
    static Replica create(final int id, final Publisher outputs, final Publisher control) {
        return new Replica(
                new ReplicaConfiguration(Messages.CLUSTER, id, 1, LOG_BYTES, 64, 2_000_000, 2_000_000),
                new SummingStateMachine(),
                outputs,
                control);
    }

    Replica replica() {
        return replica;
    }

    ImageLink outputs() {
        return outputs;
    }

    void cycle() {
        if (faults.once(4_000)) {
            start();
        }
        if (faults.once(1_000)) {
            reader.lose(loop.anyArchive());
        }
        if (faults.once(800)) {
            pausedUntilNs = faults.elapsedNs() + faults.random.nextInt(4_000_000);
        }
        if (!faults.isHealed() && faults.elapsedNs() < pausedUntilNs) {
            return;
        }
        control.poll(onControl);
        for (LogStream.Appended next = reader.peek(); next != null; next = reader.peek()) {
            replica.live(reader.isLive());
            if (!replica.onEntry(next.entry(), 0)) {
                break;
            }
            reader.advance();
        }
        replica.live(reader.isLive());
        replica.onDutyCycle(faults.nanoTime());
    }

    @Override
    public String toString() {
        return replica.sequence() + " live=" + replica.isLive() + " outputs=" + replica.outputSequence();
    }

    private void start() {
        replica = create(id, outputs, loop.control());
        reader = new LogReader(faults, loop.stream(), loop.anyArchive());
    }
}
