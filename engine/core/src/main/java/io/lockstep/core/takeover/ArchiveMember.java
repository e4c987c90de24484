package io.lockstep.core.takeover;

import io.lockstep.codecs.MessageCheck;
import io.lockstep.codecs.ProtocolCheck;
import io.lockstep.codecs.protocol.ArchiveState;
import io.lockstep.codecs.protocol.MessageHeaderDecoder;
import io.lockstep.codecs.protocol.PreVoteDecoder;
import io.lockstep.codecs.protocol.RepairDecoder;
import io.lockstep.codecs.protocol.SealDecoder;
import io.lockstep.core.port.Publisher;
import org.agrona.DirectBuffer;

/**
 * Speaks for one archive: acknowledges what it records of the open epoch, says whether it hears the sequencer, seals,
 * has sealed epochs lengthened when a candidate asks, and brings every epoch of the chain to its exact end before it
 * acknowledges the one after. Decides only; {@link Recordings} carries out.
 *
 * <p>Single-threaded; time comes in with {@link #onDutyCycle}.
 */
public final class ArchiveMember {
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final PreVoteDecoder preVote = new PreVoteDecoder();
    private final SealDecoder seal = new SealDecoder();
    private final RepairDecoder repair = new RepairDecoder();
    private final MessageCheck check = ProtocolCheck.INSTANCE;

    private final ArchiveMemberConfiguration configuration;
    private final TakeoverRules rules;
    private final Recordings recordings;
    private final MemberMessages messages;
    private final RecordingOrders orders;
    private final EpochCloser closer;
    private LiveStream live;
    private long nanoTime;
    private long sealWanted;
    private long sealedEpoch;
    private long sealTicket;
    private boolean sealing;
    private boolean answerWanted;
    private long candidate;
    private Recordings.LastEntry last;
    private long repairEpoch;
    private long repairPosition;
    private int repairFrom;
    private long ackedEpoch;
    private long ackedPosition;
    private long ackedSynced;
    private ArchiveState ackedState = ArchiveState.RECORDING;
    private long nextAckNs;
    private long nextReminderNs;
    private long seenPosition;
    private long movedNs;
    private long openAtStart = Long.MAX_VALUE;

    /**
     * A member of an archive whose recordings are known.
     *
     * @param configuration what it is told once
     * @param recordings of the archive
     * @param control takes what it says
     */
    public ArchiveMember(
            final ArchiveMemberConfiguration configuration, final Recordings recordings, final Publisher control) {
        this(configuration, recordings, control, TakeoverRules.STANDING);
    }

    ArchiveMember(
            final ArchiveMemberConfiguration configuration,
            final Recordings recordings,
            final Publisher control,
            final TakeoverRules rules) {
        this.configuration = configuration;
        this.recordings = recordings;
        this.rules = rules;
        this.messages = new MemberMessages(configuration, control);
        this.orders = new RecordingOrders(configuration, recordings);
        this.closer = new EpochCloser(recordings);
        this.sealedEpoch = recordings.sealedEpoch();
        this.sealWanted = sealedEpoch;
    }

    /**
     * Does what is to be done next.
     *
     * @param nowNs for intervals, any origin
     * @return how much was done
     */
    public int onDutyCycle(final long nowNs) {
        nanoTime = nowNs;
        if (live == null) {
            live = new LiveStream(nowNs);
        }
        if (sealWanted > sealedEpoch && !sealing) {
            sealing = true;
            sealTicket = orders.nextTicket();
            recordings.seal(sealTicket, sealWanted);
        }
        int work = acknowledge();
        remindOfSeal();
        if (sealWanted == sealedEpoch || rules.mayAnswerBeforeSealIsDurable()) {
            work += serveSeal();
        }
        if (!orders.isBusy(nowNs)) {
            work += keepUp();
        }
        return work;
    }

    /**
     * The live stream of an epoch has been heard. Of a stream that this archive joins late, the first call says where.
     *
     * @param epoch of the stream
     * @param position how far the stream is
     */
    public void onHeard(final long epoch, final long position) {
        if (live == null) {
            live = new LiveStream(nanoTime);
        }
        live.onHeard(epoch, position, nanoTime);
    }

    /**
     * Takes in one message of the control stream.
     *
     * @param buffer that holds the message
     * @param offset of the message
     * @param length in bytes
     */
    public void onControl(final DirectBuffer buffer, final int offset, final int length) {
        switch (check.check(buffer, offset, length)) {
            case PreVoteDecoder.TEMPLATE_ID -> {
                preVote.wrapAndApplyHeader(buffer, offset, header);
                if (preVote.clusterId() == configuration.clusterId()) {
                    onPreVote();
                }
            }
            case SealDecoder.TEMPLATE_ID -> {
                seal.wrapAndApplyHeader(buffer, offset, header);
                if (seal.clusterId() == configuration.clusterId()) {
                    onSeal(seal.epoch(), seal.candidateIncarnation());
                }
            }
            case RepairDecoder.TEMPLATE_ID -> {
                repair.wrapAndApplyHeader(buffer, offset, header);
                if (repair.clusterId() == configuration.clusterId()) {
                    onRepair();
                }
            }
            default -> {
                // What others say to each other, or no message at all: those it is meant for count it.
            }
        }
    }

    /**
     * An order to {@link Recordings} has been carried out, or has failed.
     *
     * @param ticket of the order
     * @param isDone false if it failed: it will be tried again if it is still needed
     */
    public void onDone(final long ticket, final boolean isDone) {
        if (sealing && ticket == sealTicket) {
            sealing = false;
            if (isDone) {
                sealedEpoch = Math.max(sealedEpoch, recordings.sealedEpoch());
            }
            return;
        }
        switch (orders.onDone(ticket, isDone, nanoTime)) {
            case READ_END -> last = recordings.lastEntry();
            case FETCH -> {
                last = null;
                answerWanted |= orders.epoch() == sealedEpoch; // so that a candidate that waits for it knows
            }
            case STOP, TRUNCATE -> last = null;
            default -> {
                // It has failed, or is of no interest any more.
            }
        }
    }

    /** Whether the live stream of an epoch may be recorded. */
    public boolean mayRecord(final long epoch) {
        return rules.mayRecord(epoch, sealWanted);
    }

    /** Everything up to and with this epoch is sealed, as the disk has it. */
    public long sealedEpoch() {
        return sealedEpoch;
    }

    /** The epoch acknowledged last; 0 before the first. */
    public long acknowledgedEpoch() {
        return ackedEpoch;
    }

    /** The position of it that was acknowledged last. */
    public long acknowledgedPosition() {
        return ackedPosition;
    }

    /**
     * The ledger has been asked by this process which epoch is open. An archive that does not remember counts for
     * nothing before that; it cannot have acknowledged anything of a later epoch.
     *
     * @param epoch that the ledger names
     */
    public void onOpenEpoch(final long epoch) {
        openAtStart = Math.min(openAtStart, epoch);
    }

    /** Whether {@link #onOpenEpoch} is waited for. */
    public boolean needsOpenEpoch() {
        return !configuration.remembers() && openAtStart == Long.MAX_VALUE;
    }

    /**
     * Whether this archive counts for an epoch: it has not forgotten anything, or the epoch began after it had, or it
     * holds again all that there was of the epoch when it came back, so that whatever it acknowledged before is true
     * again.
     */
    public boolean isPresent(final long epoch) {
        if (configuration.remembers()
                || configuration.archives().size() == 1
                || epoch > openAtStart
                || !rules.isAbsentAfterLoss()) {
            return true;
        }
        final long join = live == null ? -1 : live.joinPosition(epoch);
        return join >= 0 && recordings.recordedPosition(epoch) >= join;
    }

    private void onPreVote() {
        final long newest = newestKnown();
        final boolean heard = live == null
                || live.isHeard(preVote.epoch(), configuration.suspicionNs(), nanoTime)
                || !live.isSilent(configuration.suspicionNs(), nanoTime)
                || newest > preVote.epoch();
        messages.preVoteAnswer(preVote.candidateIncarnation(), newest, preVote.round(), heard);
    }

    private void onSeal(final long epoch, final long incarnation) {
        final long newest = recordings.newestEpoch();
        candidate = incarnation;
        answerWanted = true;
        // A seal of an epoch that another has followed is late; the answer tells the candidate so.
        if (epoch > sealWanted && epoch != Long.MAX_VALUE && newest <= epoch) {
            sealWanted = epoch;
            last = null; // what was read before may have grown since
        } else if (epoch == Long.MAX_VALUE && newest > sealWanted) {
            sealWanted = newest;
            last = null;
        }
    }

    private void onRepair() {
        if (repair.epoch() == sealedEpoch
                && repair.endPosition() > 0
                && repair.holderArchiveId() != configuration.archiveId()) {
            repairEpoch = repair.epoch();
            repairPosition = repair.endPosition();
            repairFrom = repair.holderArchiveId();
            candidate = repair.candidateIncarnation();
        }
    }

    private long newestKnown() {
        return Math.max(recordings.newestEpoch(), live == null ? 0 : live.epoch());
    }

    /** Stops what is sealed, reads its end, and says so. */
    private int serveSeal() {
        final long newest = recordings.newestEpoch();
        if (newest > 0 && newest <= sealWanted && recordings.isActive(newest) && !orders.isRepairing(newest)) {
            if (!orders.isStopping(newest)) {
                orders.stop(newest, nanoTime);
                return 1;
            }
            return 0;
        }
        if (!answerWanted || !isPresent(sealWanted)) {
            return 0;
        }
        if (newest == 0 || newest > sealWanted) {
            // Nothing to tell; or late, and only which epoch there is matters.
            return answer(newest, new Recordings.LastEntry(newest, 0, 0, 0, 0));
        }
        if (last != null && last.epoch() == newest) {
            return answer(newest, last);
        }
        if (!orders.isBusy(nanoTime)) {
            orders.readEnd(newest, nanoTime);
            return 1;
        }
        return 0;
    }

    /**
     * A sequencer that goes on in a sealed epoch is told so now and then: whoever had it sealed may have given up, and
     * this archive counts again in the next epoch only.
     */
    private void remindOfSeal() {
        if (sealedEpoch == 0
                || live.epoch() > sealedEpoch
                || !live.isHeard(sealedEpoch, configuration.suspicionNs(), nanoTime)) {
            nextReminderNs = nanoTime + configuration.suspicionNs();
        } else if (nanoTime - nextReminderNs >= 0) {
            nextReminderNs = nanoTime + configuration.suspicionNs();
            answerWanted = true;
        }
    }

    private int answer(final long newest, final Recordings.LastEntry end) {
        final EpochHead head = newest == 0 ? null : recordings.head(newest);
        answerWanted = !messages.sealed(candidate, sealWanted, head == null ? 0 : head.ownerIncarnation(), end);
        return 1;
    }

    private int keepUp() {
        final long newest = recordings.newestEpoch();
        if (repairEpoch == sealedEpoch && repairEpoch > 0 && newest <= sealedEpoch) {
            if (recordings.recordedPosition(repairEpoch) < repairPosition) {
                orders.fetch(repairEpoch, repairPosition, repairFrom, nanoTime);
                return 1;
            }
            repairEpoch = 0;
        }
        if (newest > sealedEpoch && newest > 0) {
            switch (closer.next(newest)) {
                case STOP -> orders.stop(closer.epoch(), nanoTime);
                case TRUNCATE -> orders.truncate(closer.epoch(), closer.endPosition(), nanoTime);
                case FETCH -> orders.fetchFromAny(closer.epoch(), closer.endPosition(), nanoTime);
                default -> {
                    return catchUpLive();
                }
            }
            return 1;
        }
        return catchUpLive();
    }

    /** What was missed of the open epoch is fetched from another archive, until the live stream is recorded again. */
    private int catchUpLive() {
        final long epoch = live.epoch();
        if (epoch == 0 || !mayRecord(epoch) || epoch < recordings.newestEpoch()) {
            return 0;
        }
        final boolean missed = !recordings.isActive(epoch)
                && recordings.recordedPosition(epoch) < live.position(epoch);
        if (missed || isStalled(epoch)) {
            orders.fetchFromAny(epoch, Recordings.LIVE, nanoTime);
            return 1;
        }
        return 0;
    }

    private boolean isStalled(final long epoch) {
        final long recorded = recordings.recordedPosition(epoch);
        if (recorded != seenPosition || recorded >= live.position(epoch)) {
            seenPosition = recorded;
            movedNs = nanoTime;
        }
        return nanoTime - movedNs >= configuration.stallNs();
    }

    private int acknowledge() {
        final long epoch = recordings.newestEpoch();
        if (epoch == 0
                || !rules.mayAcknowledge(epoch, sealWanted)
                || !isPresent(epoch)
                || !(closer.isClosed(epoch) || rules.mayAcknowledgeBeforeChainIsClosed())) {
            return 0;
        }
        final ArchiveState state = isStalled(epoch) ? ArchiveState.STALLED : ArchiveState.RECORDING;
        final long position = recordings.recordedPosition(epoch);
        final long synced = Math.min(position, recordings.syncedPosition(epoch));
        if (epoch == ackedEpoch
                && position == ackedPosition
                && synced == ackedSynced
                && state == ackedState
                && nanoTime - nextAckNs < 0) {
            return 0;
        }
        if (!messages.ack(epoch, position, synced, state)) {
            return 0;
        }
        ackedEpoch = epoch;
        ackedPosition = position;
        ackedSynced = synced;
        ackedState = state;
        nextAckNs = nanoTime + configuration.ackIntervalNs();
        return 1;
    }
}
