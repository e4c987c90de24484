package io.lockstep.core.takeover;

import io.lockstep.codecs.EntryReader;
import io.lockstep.codecs.ProtocolCheck;
import io.lockstep.codecs.protocol.AckDecoder;
import io.lockstep.codecs.protocol.AckEncoder;
import io.lockstep.codecs.protocol.EntryKind;
import io.lockstep.codecs.protocol.MessageHeaderDecoder;
import io.lockstep.codecs.protocol.MessageHeaderEncoder;
import io.lockstep.core.epoch.ArchiveSet;
import io.lockstep.core.port.Publisher;
import io.lockstep.simulator.Cores;
import org.agrona.concurrent.UnsafeBuffer;

/** The core with one rule broken. Stands in the core's package, in tests alone, to reach its rules. */
public final class BrokenCores extends Cores {
    private final Variant variant;
    private final TakeoverRules rules;

    /** A core that breaks one rule. */
    public BrokenCores(final Variant variant) {
        this.variant = variant;
        this.rules = new BrokenRules(variant);
    }

    /** What is broken. */
    public enum Variant {
        /** Positions are read, but the archives go on recording and acknowledging. */
        NO_SEAL,
        /** One archive's answer is enough for the end. */
        SEAL_BELOW_QUORUM,
        /** The end is not the largest of the answers. */
        END_IS_NOT_THE_LARGEST,
        /** The end is decided before a quorum holds it. */
        NO_REPAIR,
        /** A seal is answered before it is on the disk. */
        SEAL_FORGOTTEN,
        /** Repaired bytes of a sealed epoch are acknowledged. */
        REPAIR_ACKNOWLEDGED,
        /** The ledger sets without comparing. */
        NO_COMPARE,
        /** A process that comes back goes on with the epoch of the one before. */
        EPOCH_RESUMED,
        /** An acknowledgement counts for whatever epoch its reader is in. */
        ACK_OF_ANY_EPOCH,
        /** An epoch is acknowledged while the one before does not end where it should. */
        CHAIN_LEFT_OPEN,
        /** An archive that has forgotten what it acknowledged counts. */
        FORGETTING_ARCHIVE_COUNTS,
        /** A new sequencer does not have the log's sessions. */
        TABLE_NOT_REBUILT,
        /** A reader that was over-run goes on. */
        OVERRUN_IGNORED,
        /** A reader takes entries of an epoch that has ended. */
        ZOMBIE_HEARD,
        /** A gateway that was over-run keeps what it holds. */
        GATEWAY_KEEPS_VOID
    }

    @Override
    public SequencerCandidate candidate(
            final CandidateConfiguration configuration,
            final Publisher control,
            final Ledger ledger,
            final EpochStreams streams,
            final LogSource source) {
        return new SequencerCandidate(configuration, control, ledger, streams, source, rules);
    }

    @Override
    public ArchiveMember member(
            final ArchiveMemberConfiguration configuration, final Recordings recordings, final Publisher control) {
        return new ArchiveMember(configuration, recordings, control, rules);
    }

    @Override
    public int judge(final LogOrder order, final EntryReader entry) {
        final int code = order.judge(entry);
        if (variant == Variant.OVERRUN_IGNORED && code == LogOrder.OVERRUN) {
            return entry.kind() == EntryKind.EPOCH_START ? LogOrder.NEXT : LogOrder.OLD;
        }
        if (variant == Variant.ZOMBIE_HEARD && code == LogOrder.OLD && entry.sequence() == order.nextSequence()) {
            return LogOrder.NEXT;
        }
        return code;
    }

    @Override
    public UnsafeBuffer control(final UnsafeBuffer message, final long epoch) {
        if (variant != Variant.ACK_OF_ANY_EPOCH
                || ProtocolCheck.INSTANCE.check(message, 0, message.capacity()) != AckDecoder.TEMPLATE_ID) {
            return message;
        }
        final UnsafeBuffer copy = new UnsafeBuffer(new byte[message.capacity()]);
        copy.putBytes(0, message, 0, message.capacity());
        new AckEncoder().wrap(copy, MessageHeaderEncoder.ENCODED_LENGTH).epoch(epoch);
        return new AckDecoder().wrapAndApplyHeader(copy, 0, new MessageHeaderDecoder()).epoch() == epoch
                ? copy
                : message;
    }

    @Override
    public boolean isLedgerComparing() {
        return variant != Variant.NO_COMPARE;
    }

    @Override
    public boolean isGatewayRewound() {
        return variant != Variant.GATEWAY_KEEPS_VOID;
    }

    /** The rules but one. */
    private static final class BrokenRules extends TakeoverRules {
        private final Variant variant;

        BrokenRules(final Variant variant) {
            this.variant = variant;
        }

        @Override
        boolean mayAcknowledge(final long epoch, final long sealedEpoch) {
            return variant == Variant.NO_SEAL
                    || variant == Variant.REPAIR_ACKNOWLEDGED
                    || super.mayAcknowledge(epoch, sealedEpoch);
        }

        @Override
        boolean mayRecord(final long epoch, final long sealedEpoch) {
            return variant == Variant.NO_SEAL || super.mayRecord(epoch, sealedEpoch);
        }

        @Override
        boolean mayAcknowledgeBeforeChainIsClosed() {
            return variant == Variant.CHAIN_LEFT_OPEN;
        }

        @Override
        boolean mayAnswerBeforeSealIsDurable() {
            return variant == Variant.SEAL_FORGOTTEN;
        }

        @Override
        boolean isAbsentAfterLoss() {
            return variant != Variant.FORGETTING_ARCHIVE_COUNTS;
        }

        @Override
        int sealQuorum(final ArchiveSet archives) {
            return variant == Variant.SEAL_BELOW_QUORUM ? 1 : super.sealQuorum(archives);
        }

        @Override
        boolean isBetterEnd(final long position, final long endPosition) {
            return variant == Variant.END_IS_NOT_THE_LARGEST
                    ? position < endPosition
                    : super.isBetterEnd(position, endPosition);
        }

        @Override
        int holdQuorum(final ArchiveSet archives) {
            return variant == Variant.NO_REPAIR ? 1 : super.holdQuorum(archives);
        }

        @Override
        boolean mayStart(final LedgerEntry entry, final int nodeId, final long incarnation, final long startedEpoch) {
            return variant == Variant.EPOCH_RESUMED
                    ? entry.ownerNodeId() == nodeId && entry.epoch() > startedEpoch
                    : super.mayStart(entry, nodeId, incarnation, startedEpoch);
        }

        @Override
        boolean mustKnowLogBeforeStart() {
            return variant != Variant.TABLE_NOT_REBUILT;
        }
    }
}
