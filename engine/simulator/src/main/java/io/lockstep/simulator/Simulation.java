package io.lockstep.simulator;

import io.lockstep.core.epoch.ArchiveSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One run: a whole system in virtual time, a storm in which everything fails that the seed says, then calm, in which
 * what was begun must come to its end. Each concern has a random source of its own, so that a fault less does not
 * change what the others do.
 */
final class Simulation {
    static final int CLUSTER = 7;

    private static final long LONGEST_CALM_NS = 12_000_000_000L;
    private static final long CALM_LOOK_NS = 20_000_000;

    private final Options options;
    private final Cores cores;
    private final List<Fault> faults;
    private final Scheduler scheduler = new Scheduler();
    private final Invariants invariants = new Invariants();
    private final SplittableRandom net;
    private final SplittableRandom disk;
    private final SplittableRandom workload;
    private final SimLedger ledger;
    private final ArchiveSet archiveSet;
    private final List<SimProcess> processes = new ArrayList<>();
    private final List<CandidateProcess> candidates = new ArrayList<>();
    private final List<ArchiveProcess> archives = new ArrayList<>();
    private final List<ReplicaProcess> replicas = new ArrayList<>();
    private final List<GatewayProcess> gateways = new ArrayList<>();
    private final List<SimStream> streams = new ArrayList<>();
    private final long[][] cutUntilNs;
    private final Nemesis nemesis;
    private long incarnations;
    private long steps;
    private boolean healed;
    private boolean trading = true;
    private long sequence;

    Simulation(final long seed, final Options options, final List<Fault> faults, final Cores cores) {
        this.options = options;
        this.cores = cores;
        this.faults = faults;
        net = new SplittableRandom(seed * 31 + 1);
        disk = new SplittableRandom(seed * 31 + 2);
        workload = new SplittableRandom(seed * 31 + 3);
        incarnations = new SplittableRandom(seed * 31 + 4).nextLong() >>> 8;
        ledger = new SimLedger(this, cores.isLedgerComparing());
        final int[] ids = new int[options.archives];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = i + 1;
        }
        archiveSet = ArchiveSet.of(ids);
        int index = 0;
        for (int i = 0; i < options.archives; i++) {
            archives.add(new ArchiveProcess(this, index++, ids[i]));
        }
        for (int i = 0; i < options.candidates; i++) {
            candidates.add(new CandidateProcess(this, index++, i + 1));
        }
        for (int i = 0; i < options.replicas; i++) {
            replicas.add(new ReplicaProcess(this, index++, i + 1));
        }
        for (int i = 0; i < options.gateways; i++) {
            gateways.add(new GatewayProcess(this, index++));
        }
        processes.addAll(archives);
        processes.addAll(candidates);
        processes.addAll(replicas);
        processes.addAll(gateways);
        cutUntilNs = new long[index][index];
        nemesis = new Nemesis(this);
    }

    /**
     * Runs it all.
     *
     * @throws SimulationFailure if something does not hold
     */
    void run() {
        try {
            processes.forEach(SimProcess::restart);
            for (final Fault fault : faults) {
                scheduler.at(fault.atNs(), null, event -> nemesis.strike(fault));
            }
            while (scheduler.nowNs() < options.stormNs) {
                step();
            }
            nemesis.heal();
            healed = true;
            settle();
            sequence = new LogCheck(this).check();
        } catch (final SimulationFailure e) {
            throw e;
        } catch (final RuntimeException e) {
            throw new SimulationFailure("a broken invariant of the core: " + e + describe(), e);
        }
    }

    /** Without faults everything comes to its end: what was offered is answered, and one more command is too. */
    private void settle() {
        final long deadlineNs = scheduler.nowNs() + LONGEST_CALM_NS;
        trading = false;
        boolean probed = false;
        boolean waited = false;
        while (true) {
            final long untilNs = scheduler.nowNs() + CALM_LOOK_NS;
            while (scheduler.nowNs() < untilNs) {
                step();
            }
            if (gateways.stream().allMatch(GatewayProcess::isQuiet)) {
                if (!probed) {
                    probed = true;
                    for (final GatewayProcess gateway : gateways) {
                        probed &= gateway.offerProbe();
                    }
                } else if (isSettled() && waited) {
                    return;
                } else {
                    waited = isSettled();
                }
            }
            if (scheduler.nowNs() > deadlineNs) {
                throw new SimulationFailure("no progress without faults:" + describe());
            }
        }
    }

    private boolean isSettled() {
        final long epoch = ledger.entry().epoch();
        final long newest = invariants.highestCommitted();
        for (final ArchiveProcess archive : archives) {
            if (archive.member().acknowledgedEpoch() != epoch) {
                return false;
            }
        }
        for (final ReplicaProcess replica : replicas) {
            if (replica.replica().epoch() != epoch || replica.replica().sequence() < newest) {
                return false;
            }
        }
        return true;
    }

    private void step() {
        steps++;
        scheduler.step();
    }

    void onStream(final SimStream stream) {
        if (stream.kind != SimStream.LOG) {
            streams.removeIf(other -> other.kind == stream.kind && other.sender == stream.sender
                    && !other.isSenderAlive());
        }
        streams.add(stream);
        for (final SimProcess process : processes) {
            if (process.isUp() && process.wants(stream.kind)) {
                stream.join(process);
            }
        }
    }

    /** A process that has just come joins every stream that is there. */
    void joinStreams(final SimProcess process) {
        for (final SimStream stream : streams) {
            if (process.wants(stream.kind) && stream.isSenderAlive() && stream.imageOf(process) == null) {
                stream.join(process);
            }
        }
    }

    void sendDatagrams(final SimStream stream, final UnsafeBuffer message) {
        for (final SimProcess process : processes) {
            if (process != stream.sender && process.isUp() && process.wants(stream.kind)) {
                sendDatagram(stream, process, message);
                if (!healed && net.nextInt(100) < options.duplicatePercent) {
                    sendDatagram(stream, process, message);
                }
            }
        }
    }

    private void sendDatagram(final SimStream stream, final SimProcess to, final UnsafeBuffer message) {
        if (!isCut(stream.sender, to) && !drops()) {
            final Event event = scheduler.at(nowNs() + delayNs(), to, this::onDatagram);
            event.message = message;
            event.kind = stream.kind;
        }
    }

    private void onDatagram(final Event event) {
        final SimProcess to = event.process;
        if (!to.onMessage(event.kind, null, 0, (UnsafeBuffer) event.message)) {
            final Event again = scheduler.at(nowNs() + 200_000, to, this::onDatagram);
            again.message = event.message;
            again.kind = event.kind;
        }
    }

    boolean isCut(final SimProcess from, final SimProcess to) {
        return cutUntilNs[from.index][to.index] > nowNs();
    }

    void cut(final SimProcess from, final SimProcess to, final long forNs) {
        cutUntilNs[from.index][to.index] = Math.max(cutUntilNs[from.index][to.index], nowNs() + forNs);
    }

    void mendCuts() {
        for (final long[] row : cutUntilNs) {
            Arrays.fill(row, 0);
        }
    }

    void loseImages(final SimProcess receiver) {
        for (final SimStream stream : streams) {
            final SimImage image = stream.imageOf(receiver);
            if (image != null && stream.kind == SimStream.LOG) {
                image.lose();
            }
        }
    }

    boolean drops() {
        return !healed && net.nextInt(1000) < options.dropPerMille;
    }

    /** Whether something happens that is to be expected once in so many times. */
    boolean happens(final int oneIn) {
        return !healed && net.nextInt(oneIn) == 0;
    }

    long delayNs() {
        return healed ? 60_000 : 20_000L + net.nextInt(options.delayNs); // without faults nothing overtakes
    }

    long nowNs() {
        return scheduler.nowNs();
    }

    Scheduler scheduler() {
        return scheduler;
    }

    Options options() {
        return options;
    }

    Cores cores() {
        return cores;
    }

    Invariants invariants() {
        return invariants;
    }

    SimLedger ledger() {
        return ledger;
    }

    ArchiveSet archiveSet() {
        return archiveSet;
    }

    SplittableRandom net() {
        return net;
    }

    SplittableRandom disk() {
        return disk;
    }

    SplittableRandom workload() {
        return workload;
    }

    List<SimProcess> processes() {
        return processes;
    }

    List<CandidateProcess> candidates() {
        return candidates;
    }

    List<ArchiveProcess> archives() {
        return archives;
    }

    List<GatewayProcess> gateways() {
        return gateways;
    }

    ArchiveProcess archive(final int id) {
        return archives.get(id - 1);
    }

    ArchiveProcess anyArchive() {
        return archives.get(net.nextInt(archives.size()));
    }

    long nextIncarnation() {
        return ++incarnations;
    }

    boolean isHealed() {
        return healed;
    }

    boolean isTrading() {
        return trading;
    }

    long steps() {
        return steps;
    }

    /** Epochs that were started. */
    long epochs() {
        return ledger.entry().epoch();
    }

    long released() {
        return invariants.released();
    }

    /** The log's last sequence. */
    long sequence() {
        return sequence;
    }

    String describe() {
        final StringBuilder text = new StringBuilder("\n  at ").append(nowNs() / 1e6).append("ms ledger=");
        text.append(ledger.entry());
        for (final SimProcess process : processes) {
            text.append("\n  ").append(process.describe());
        }
        return text.toString();
    }
}
