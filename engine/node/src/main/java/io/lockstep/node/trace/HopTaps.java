package io.lockstep.node.trace;

import io.aeron.logbuffer.ControlledFragmentHandler;
import io.aeron.logbuffer.FragmentHandler;
import io.lockstep.archive.read.EntryHandler;
import io.lockstep.archive.record.ArchiveAgent;
import io.lockstep.core.client.Gateway;
import io.lockstep.core.client.GatewayListener;
import io.lockstep.core.logic.StateMachine;
import io.lockstep.core.port.Publisher;
import io.lockstep.core.trace.HopRing;

/**
 * Puts a tap around what an agent hands on; where times are not taken, hands back what it was given, so that an agent
 * pays nothing. Used by an agent while it is made.
 */
public final class HopTaps {
    private final HopRing ring;

    /** Taps into a ring; null for none. */
    HopTaps(final HopRing ring) {
        this.ring = ring;
    }

    /** Around the stream to which a gateway offers commands: GATEWAY_IN. */
    public Publisher commandsOut(final Publisher ingress) {
        return ring == null ? ingress : new CommandTap(ring, ingress);
    }

    /** Around what takes ingress in for a sequencer: SEQUENCER_IN. */
    public ControlledFragmentHandler commandsIn(final ControlledFragmentHandler handler) {
        return ring == null ? handler : new IngressTap(ring, handler);
    }

    /** Around the log's stream to which a sequencer offers entries: STAMPED. */
    public Publisher entriesOut(final Publisher log) {
        return ring == null ? log : new StampTap(ring, log);
    }

    /** What gives an archive's agent its turns: ARCHIVE_ACKED; null where times are not taken. */
    public AckTap acks(final ArchiveAgent agent) {
        return ring == null ? null : new AckTap(ring, agent);
    }

    /** Around what takes entries in for a replica: REPLICA_IN. */
    public EntryHandler entriesIn(final EntryHandler handler) {
        return ring == null ? handler : new EntryTap(ring, handler);
    }

    /** Around a replica's logic: APPLIED. */
    public StateMachine logic(final StateMachine stateMachine) {
        return ring == null ? stateMachine : new LogicTap(ring, stateMachine);
    }

    /** Around the stream to which a replica offers outputs: OUTPUT_OUT. */
    public Publisher outputsOut(final Publisher outputs) {
        return ring == null ? outputs : new OutputTap(ring, outputs);
    }

    /** Around what takes outputs in for a gateway: GATEWAY_OUT. */
    public ControlledFragmentHandler outputsIn(final ControlledFragmentHandler handler, final Gateway gateway) {
        return ring == null ? handler : new FirstCopyTap(ring, handler, gateway);
    }

    /** Around what takes entries in for a gateway, which may move its commit: ARCHIVE_ACKED. */
    public EntryHandler commitsByEntry(final EntryHandler handler, final Gateway gateway) {
        return ring == null ? handler : new CommitTap(ring, gateway, handler, null);
    }

    /** Around what takes the control stream in for a gateway, which may move its commit: ARCHIVE_ACKED. */
    public FragmentHandler commitsByControl(final FragmentHandler handler, final Gateway gateway) {
        return ring == null ? handler : new CommitTap(ring, gateway, null, handler);
    }

    /** Around the program that a gateway releases outputs to: RELEASED. */
    public GatewayListener released(final GatewayListener listener) {
        return ring == null ? listener : new ReleaseTap(ring, listener);
    }
}
