package io.lockstep.simulator;

import io.lockstep.codecs.EntryReader;
import io.lockstep.core.port.Publisher;
import io.lockstep.core.takeover.ArchiveMember;
import io.lockstep.core.takeover.ArchiveMemberConfiguration;
import io.lockstep.core.takeover.CandidateConfiguration;
import io.lockstep.core.takeover.EpochStreams;
import io.lockstep.core.takeover.Ledger;
import io.lockstep.core.takeover.LogOrder;
import io.lockstep.core.takeover.LogSource;
import io.lockstep.core.takeover.Recordings;
import io.lockstep.core.takeover.SequencerCandidate;
import org.agrona.concurrent.UnsafeBuffer;

/** Makes what is simulated: what ships, unless a test breaks something to see that it is noticed. */
public class Cores {
    /** The classes that ship. */
    public Cores() {}

    /** A candidate. */
    public SequencerCandidate candidate(
            final CandidateConfiguration configuration,
            final Publisher control,
            final Ledger ledger,
            final EpochStreams streams,
            final LogSource source) {
        return new SequencerCandidate(configuration, control, ledger, streams, source);
    }

    /** An archive's member. */
    public ArchiveMember member(
            final ArchiveMemberConfiguration configuration, final Recordings recordings, final Publisher control) {
        return new ArchiveMember(configuration, recordings, control);
    }

    /** What an entry is to a reader. */
    public int judge(final LogOrder order, final EntryReader entry) {
        return order.judge(entry);
    }

    /** A control message as it reaches a sequencer or a gateway that stands in an epoch. */
    public UnsafeBuffer control(final UnsafeBuffer message, final long epoch) {
        return message;
    }

    /** Whether the ledger compares before it sets. */
    public boolean isLedgerComparing() {
        return true;
    }

    /** Whether a gateway that was over-run goes back to what is committed. */
    public boolean isGatewayRewound() {
        return true;
    }
}
