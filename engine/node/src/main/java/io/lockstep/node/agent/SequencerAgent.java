package io.lockstep.node.agent;

import io.aeron.ControlledFragmentAssembler;
import io.aeron.ExclusivePublication;
import io.aeron.FragmentAssembler;
import io.aeron.Subscription;
import io.aeron.logbuffer.ControlledFragmentHandler.Action;
import io.aeron.logbuffer.Header;
import io.lockstep.codecs.protocol.EpochEndReason;
import io.lockstep.core.epoch.LogEnd;
import io.lockstep.core.sequencer.IngressCode;
import io.lockstep.core.sequencer.Sequencer;
import io.lockstep.core.sequencer.SequencerConfiguration;
import io.lockstep.core.sequencer.SessionTable;
import io.lockstep.node.adapter.AeronPublisher;
import io.lockstep.node.trace.HopTaps;
import io.lockstep.transport.Medium;
import io.lockstep.transport.Role;
import io.lockstep.transport.Transport;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.Agent;

/**
 * Runs a sequencer: learns where the log ends, opens the stream of the next epoch, waits until the archives record it,
 * and from then on passes ingress in and entries out.
 */
public final class SequencerAgent implements Agent {
    private static final int FRAGMENT_LIMIT = 256;

    /** After the first receiver of the new stream is there, the others on the network get this long to join. */
    private static final long JOIN_GRACE_NS = 100_000_000;

    /** Without multicast a receiver joins when it next reports to the publisher, which it does once a second. */
    private static final long UNICAST_JOIN_GRACE_NS = 1_500_000_000;

    /** How long an epoch may be without a quorum that records it. */
    private static final long QUORUM_TIMEOUT_NS = 5_000_000_000L;

    private final NodeClock clock = new NodeClock();
    private final AgentAids aids;
    private final Transport transport;
    private final long joinGraceNs;
    private final int sequencerId;
    private final SequencerConfiguration configuration;
    private final AgentListener listener;
    private final Subscription controlSubscription;
    private final Subscription ingress;
    private final AeronPublisher control;
    private final HopTaps taps;
    private final ControlledFragmentAssembler ingressAssembler;
    private final FragmentAssembler controlAssembler = new FragmentAssembler(this::onControl);
    private EpochEntry entry;
    private LogEnd end;
    private SessionTable sessions;
    private ExclusivePublication log;
    private long connectedNs;
    private long openedNs;
    private Sequencer sequencer;

    /**
     * An agent whose ends are open; called on its thread.
     *
     * @param aids what agents of a node share
     * @param sequencerId of the member it is
     * @param configuration of the sequencer
     */
    public SequencerAgent(
            final AgentAids aids, final int sequencerId, final SequencerConfiguration configuration) {
        this.aids = aids;
        this.transport = aids.transport();
        this.joinGraceNs =
                transport.context().medium() == Medium.UNICAST ? UNICAST_JOIN_GRACE_NS : JOIN_GRACE_NS;
        this.listener = aids.listener();
        this.sequencerId = sequencerId;
        this.configuration = configuration;
        controlSubscription = transport.addControlSubscription(Role.SEQUENCER, sequencerId);
        ingress = transport.addIngressSubscription(sequencerId);
        control = aids.publisher(transport.controlPublication(Role.SEQUENCER, sequencerId));
        taps = aids.hops().taps(sequencerId);
        ingressAssembler = new ControlledFragmentAssembler(taps.commandsIn(this::onIngress));
        entry = new EpochEntry(aids, configuration, control);
    }

    @Override
    public int doWork() {
        final long nanoTime = clock.nanoTime();
        int work = controlSubscription.poll(controlAssembler, FRAGMENT_LIMIT);
        if (sequencer == null) {
            return work + openEpoch(nanoTime);
        }
        work += sequencer.onDutyCycle(nanoTime, clock.epochNs(nanoTime));
        if (sequencer.commitPosition() == 0) {
            return work + awaitQuorum(nanoTime);
        }
        return work + ingress.controlledPoll(ingressAssembler, FRAGMENT_LIMIT);
    }

    @Override
    public String roleName() {
        return "sequencer-" + sequencerId;
    }

    @Override
    public void onClose() {
        if (sequencer != null && log.isConnected()) {
            sequencer.end(EpochEndReason.SHUTDOWN);
        }
        CloseHelper.closeAll(entry, ingress, controlSubscription, log);
    }

    /** The sequencer, or null while the epoch is not open. */
    public Sequencer sequencer() {
        return sequencer;
    }

    private int openEpoch(final long nanoTime) {
        if (entry != null) {
            final int work = entry.doWork(nanoTime);
            if (entry.isDone()) {
                end = entry.end();
                sessions = entry.sessions();
                log = transport.addSequencedPublication(sequencerId);
                entry.close();
                entry = null;
            }
            return work;
        }
        if (!log.isConnected()) {
            connectedNs = 0;
            return 0;
        }
        if (connectedNs == 0) {
            connectedNs = nanoTime;
        }
        if (nanoTime - connectedNs < joinGraceNs) {
            return 0;
        }
        openedNs = nanoTime;
        sequencer = new Sequencer(configuration, end, sessions, taps.entriesOut(aids.publisher(log)), control);
        listener.onEpochOpened(sequencer.epoch(), end);
        return 1;
    }

    /**
     * An archive that missed the first bytes of the stream cannot acknowledge this epoch. Until a quorum has its first
     * entry no command is taken, and if that takes too long the next epoch is tried.
     */
    private int awaitQuorum(final long nanoTime) {
        if (nanoTime - openedNs < QUORUM_TIMEOUT_NS) {
            return 0;
        }
        listener.onWarning(roleName(), "no quorum of archives has epoch " + sequencer.epoch() + "; trying the next");
        CloseHelper.close(log);
        sequencer = null;
        entry = new EpochEntry(aids, configuration, control);
        return 1;
    }

    private Action onIngress(final DirectBuffer buffer, final int offset, final int length, final Header header) {
        return sequencer.onIngress(buffer, offset, length) == IngressCode.BACK_PRESSURED
                ? Action.ABORT
                : Action.CONTINUE;
    }

    private void onControl(final DirectBuffer buffer, final int offset, final int length, final Header header) {
        if (sequencer != null) {
            sequencer.onControl(buffer, offset, length);
        } else if (entry != null) {
            entry.onControl(buffer, offset, length);
        }
    }
}
