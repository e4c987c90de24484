package io.lockstep.core.simulation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.codecs.protocol.DeliveryGrade;
import io.lockstep.core.epoch.ArchiveSet;
import io.lockstep.core.epoch.LogEnd;
import io.lockstep.core.fixture.Messages;
import io.lockstep.core.sequencer.IngressCode;
import io.lockstep.core.sequencer.Sequencer;
import io.lockstep.core.sequencer.SequencerConfiguration;
import io.lockstep.core.sequencer.SessionTable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * The whole core in one thread and virtual time: a sequencer, archives, replicas and gateways, joined by links that
 * fail by seed.
 */
final class CoreLoop {
    static final ArchiveSet ARCHIVES = ArchiveSet.of(1, 2, 3);
    static final long EPOCH = 1;

    private final Faults faults;
    private final DatagramLink ingress;
    private final DatagramLink control;
    private final LogStream stream;
    private final SessionTable table = new SessionTable(64);
    private final Sequencer sequencer;
    private final DatagramLink.Member sequencerIngress;
    private final DatagramLink.Member sequencerControl;
    private final Receiver onIngress;
    private final Receiver onControl;
    private final List<ArchiveModel> archives = new ArrayList<>();
    private final List<ReplicaModel> replicas = new ArrayList<>();
    private final List<GatewayModel> gateways = new ArrayList<>();
    private final List<GatewayModel> dead = new ArrayList<>();
    private long nextIncarnation = 1_000;
    private long pausedUntilNs;
    private boolean stopped;

    CoreLoop(final long seed) {
        faults = new Faults(seed);
        ingress = new DatagramLink(faults);
        control = new DatagramLink(faults);
        stream = new LogStream(faults);
        sequencer = new Sequencer(
                new SequencerConfiguration(
                        Messages.CLUSTER,
                        1,
                        11,
                        ARCHIVES,
                        1 << (13 + faults.random.nextInt(4)),
                        500_000,
                        30_000_000,
                        200_000,
                        0),
                LogEnd.GENESIS,
                table,
                stream,
                control);
        sequencerIngress = ingress.join();
        sequencerControl = control.join();
        onIngress = (buffer, offset, length) ->
                sequencer.onIngress(buffer, offset, length) != IngressCode.BACK_PRESSURED;
        onControl = (buffer, offset, length) -> {
            sequencer.onControl(buffer, offset, length);
            return true;
        };
        for (int i = 0; i < ARCHIVES.size(); i++) {
            archives.add(new ArchiveModel(ARCHIVES.id(i), faults, stream, control));
        }
        for (int id = 1 + faults.random.nextInt(2); id <= 3; id++) {
            replicas.add(new ReplicaModel(this, id));
        }
        for (int count = 1 + faults.random.nextInt(3); count > 0; count--) {
            gateways.add(new GatewayModel(this, nextIncarnation++));
        }
    }

    Faults faults() {
        return faults;
    }

    DatagramLink ingress() {
        return ingress;
    }

    DatagramLink control() {
        return control;
    }

    LogStream stream() {
        return stream;
    }

    SessionTable table() {
        return table;
    }

    List<ReplicaModel> replicas() {
        return replicas;
    }

    /** Those that live, then those that died. */
    List<GatewayModel> gateways() {
        final List<GatewayModel> all = new ArrayList<>(gateways);
        all.addAll(dead);
        return all;
    }

    boolean isAlive(final GatewayModel gateway) {
        return gateways.contains(gateway);
    }

    ArchiveModel anyArchive() {
        return archives.get(faults.random.nextInt(archives.size()));
    }

    /** Lets the system run while everything fails that can. */
    void run(final int steps) {
        for (int i = 0; i < steps; i++) {
            step();
        }
    }

    /** Nothing fails any more: what was begun must come to its end within so many steps, and all must agree. */
    void healAndSettle(final int mostSteps) {
        faults.heal();
        for (int i = 0; i < 200 || !gateways.stream().allMatch(GatewayModel::isQuiet); i++) {
            assertTrue(i < mostSteps, () -> "no progress without faults:" + describe());
            step();
        }
        stopped = true; // no ticks any more, so that there is a last entry
        for (int i = 0; i < mostSteps && !isSettled(); i++) {
            step();
        }
        run(300);
        assertTrue(isSettled(), () -> "the last entry did not reach everybody:" + describe());
    }

    /** Whether a quorum truly holds an entry, whatever anybody was told. */
    void assertCommitted(final long sequence, final DeliveryGrade grade) {
        if (grade == DeliveryGrade.QUORUM) {
            assertTrue(sequence <= quorum(ArchiveModel::recordedCount), "not recorded by a quorum: " + sequence);
        } else if (grade == DeliveryGrade.QUORUM_SYNCED) {
            assertTrue(sequence <= quorum(ArchiveModel::syncedCount), "not forced to disk by a quorum: " + sequence);
        }
    }

    private String describe() {
        final StringBuilder text = new StringBuilder(" entries=").append(stream.size());
        archives.forEach(archive -> text.append(" recorded=").append(archive.recordedCount()));
        replicas.forEach(replica -> text.append(" replica=").append(replica));
        gateways.forEach(gateway -> text.append(" gateway=").append(gateway));
        return text.toString();
    }

    private long quorum(final ToIntFunction<ArchiveModel> count) {
        return archives.stream().mapToInt(count).sorted().toArray()[archives.size() - ARCHIVES.quorum()];
    }

    private boolean isSettled() {
        return replicas.stream().allMatch(replica -> replica.replica().sequence() == stream.size())
                && gateways.stream().allMatch(this::isSettled);
    }

    /** A gateway that never had a session takes no outputs. */
    private boolean isSettled(final GatewayModel gateway) {
        final long outputs = gateway.gateway().outputSequence();
        return gateway.gateway().commitSequence() == stream.size()
                && (outputs == 0 || outputs == replicas.get(0).replica().outputSequence());
    }

    private void step() {
        faults.step();
        if (faults.once(1_000)) {
            final int mostMs = faults.random.nextInt(4) == 0 ? 50 : 2;
            pausedUntilNs = faults.elapsedNs() + faults.random.nextInt(mostMs * 1_000_000);
        }
        if (!stopped && (faults.isHealed() || faults.elapsedNs() >= pausedUntilNs)) {
            sequencer.onDutyCycle(faults.nanoTime(), faults.clockNs());
            sequencerControl.poll(onControl);
            sequencerIngress.poll(onIngress);
        }
        archives.forEach(ArchiveModel::cycle);
        replicas.forEach(ReplicaModel::cycle);
        gateways.forEach(GatewayModel::cycle);
        if (faults.once(1_500)) {
            final GatewayModel old = gateways.remove(faults.random.nextInt(gateways.size()));
            old.die();
            dead.add(old);
            gateways.add(new GatewayModel(this, nextIncarnation++));
        }
    }
}
