package io.lockstep.simulator;

import io.lockstep.codecs.protocol.HandoverRequestEncoder;
import io.lockstep.codecs.protocol.MessageHeaderEncoder;
import io.lockstep.core.port.Publisher;
import io.lockstep.core.sequencer.IngressCode;
import io.lockstep.core.sequencer.SequencerConfiguration;
import io.lockstep.core.takeover.CandidateConfiguration;
import io.lockstep.core.takeover.EpochStreams;
import io.lockstep.core.takeover.Ledger;
import io.lockstep.core.takeover.LedgerEntry;
import io.lockstep.core.takeover.SequencerCandidate;
import org.agrona.concurrent.UnsafeBuffer;

/** A node that may be the sequencer. */
final class CandidateProcess extends SimProcess implements Ledger, EpochStreams, LogFeed.Sink {
    private final HandoverRequestEncoder handover = new HandoverRequestEncoder();
    private final UnsafeBuffer scratch = new UnsafeBuffer(new byte[64]);
    private final int nodeId;
    private SequencerCandidate candidate;
    private LogFeed feed;
    private SimStream log;
    private long readyNs;

    CandidateProcess(final Simulation sim, final int index, final int nodeId) {
        super(sim, index);
        this.nodeId = nodeId;
    }

    int nodeId() {
        return nodeId;
    }

    SequencerCandidate candidate() {
        return candidate;
    }

    /** An operator's word, which reaches whoever is there. */
    void onHandover(final int targetNodeId) {
        if (isRunning()) {
            handover.wrapAndApplyHeader(scratch, 0, new MessageHeaderEncoder())
                    .clusterId(Simulation.CLUSTER)
                    .targetNodeId(targetNodeId)
                    .epoch(candidate.knownEpoch());
            candidate.onControl(
                    scratch, 0, MessageHeaderEncoder.ENCODED_LENGTH + HandoverRequestEncoder.BLOCK_LENGTH);
        }
    }

    @Override
    void start() {
        final Options options = sim.options();
        log = null;
        feed = new LogFeed(sim, this, this);
        final SequencerConfiguration configuration = new SequencerConfiguration(
                Simulation.CLUSTER,
                nodeId,
                incarnation(),
                sim.archiveSet(),
                options.windowBytes,
                options.suspicionNs / 5,
                options.sessionTimeoutNs,
                1_000_000,
                0);
        candidate = sim.cores().candidate(
                new CandidateConfiguration(
                        configuration,
                        nodeId - 1,
                        options.suspicionNs,
                        0,
                        20 * options.suspicionNs,
                        100_000_000,
                        1 << 18,
                        1 << 11,
                        64),
                new SimStream(sim, this, SimStream.CONTROL),
                this,
                this,
                sequence -> feed.readFrom(sequence));
    }

    @Override
    void cycle() {
        if (candidate.sequencer() == null) {
            feed.cycle();
        }
        candidate.onDutyCycle(nanoTime(), clockNs());
        if (candidate.sequencer() != null) {
            sim.invariants().onCommit(
                    candidate.sequencer().epoch(), candidate.sequencer().commitPosition());
        }
    }

    @Override
    boolean wants(final int kind) {
        return kind != SimStream.OUTPUT;
    }

    @Override
    boolean onMessage(final int kind, final SimStream stream, final int messageIndex, final UnsafeBuffer message) {
        switch (kind) {
            case SimStream.CONTROL -> {
                final long epoch =
                        candidate.sequencer() == null ? candidate.knownEpoch() : candidate.sequencer().epoch();
                candidate.onControl(sim.cores().control(message, epoch), 0, message.capacity());
            }
            case SimStream.INGRESS -> {
                return candidate.onIngress(message, 0, message.capacity()) != IngressCode.BACK_PRESSURED;
            }
            default -> {
                if (candidate.sequencer() != null) {
                    return onLog(message, stream.end(messageIndex), true);
                }
                return feed.onLive(message, stream.end(messageIndex));
            }
        }
        return true;
    }

    @Override
    public long nextSequence() {
        return candidate == null ? 1 : candidate.sequence() + 1;
    }

    @Override
    public long epoch() {
        return 0; // it judges old epochs itself
    }

    @Override
    public boolean onLog(final UnsafeBuffer entry, final long endPosition, final boolean live) {
        return candidate.onEntry(entry, 0, entry.capacity(), endPosition, live);
    }

    @Override
    public void read(final long ticket) {
        sim.ledger().read(this, ticket);
    }

    @Override
    public void compareAndSet(final long ticket, final long expectedEpoch, final LedgerEntry next) {
        sim.ledger().compareAndSet(this, ticket, expectedEpoch, next);
    }

    /** The stream is there after a while, and usable when enough archives have joined it. */
    @Override
    public Publisher open(final long epoch) {
        if (log == null) {
            log = new SimStream(sim, this, SimStream.LOG);
            readyNs = sim.nowNs() + 500_000 + sim.net().nextInt(8_000_000);
        }
        if (sim.nowNs() < readyNs) {
            return null;
        }
        int joined = 0;
        for (final SimImage image : log.images()) {
            if (image.isOpen() && image.receiver() instanceof ArchiveProcess) {
                joined++;
            }
        }
        return joined >= sim.archiveSet().quorum() ? log : null;
    }

    @Override
    public void close(final long epoch) {
        if (log != null) {
            log.close();
            log = null;
        }
    }

    @Override
    String describe() {
        return "candidate " + nodeId + (isUp() ? "" : " down") + " " + candidate.state() + " epoch="
                + candidate.knownEpoch() + " sequence=" + candidate.sequence() + " takeovers="
                + candidate.takeovers() + (feed.isLive() ? " live" : " history");
    }
}
