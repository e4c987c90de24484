package io.lockstep.core.takeover;

import io.lockstep.codecs.EntryReader;
import io.lockstep.codecs.MessageCheck;
import io.lockstep.codecs.ProtocolCheck;
import io.lockstep.codecs.protocol.AckDecoder;
import io.lockstep.codecs.protocol.CandidateState;
import io.lockstep.codecs.protocol.EntryKind;
import io.lockstep.codecs.protocol.EpochEndReason;
import io.lockstep.codecs.protocol.HandoverRequestDecoder;
import io.lockstep.codecs.protocol.MessageHeaderDecoder;
import io.lockstep.codecs.protocol.PreVoteAnswerDecoder;
import io.lockstep.codecs.protocol.SealedDecoder;
import io.lockstep.core.port.Publisher;
import io.lockstep.core.sequencer.IngressCode;
import io.lockstep.core.sequencer.Sequencer;
import io.lockstep.core.sequencer.SequencerConfiguration;
import org.agrona.DirectBuffer;

/**
 * A node that may own an epoch: follows the log with a warm table of sessions, takes over when the sequencer falls
 * silent or ends its epoch, is the sequencer then, and steps down when it cannot commit or a newer epoch has begun.
 *
 * <p>Single-threaded. It is fed the log, the control stream, ingress and the ledger's answers; time comes in with
 * {@link #onDutyCycle}. One instance lives as long as its process: a process that starts again is a new incarnation and
 * never goes on with an epoch of the one before.
 */
public final class SequencerCandidate {
    private static final int HEAL_AFTER_SUSPICIONS = 20;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final AckDecoder ack = new AckDecoder();
    private final PreVoteAnswerDecoder preVoteAnswer = new PreVoteAnswerDecoder();
    private final SealedDecoder sealed = new SealedDecoder();
    private final HandoverRequestDecoder handover = new HandoverRequestDecoder();
    private final EntryReader entry = new EntryReader();
    private final MessageCheck check = ProtocolCheck.INSTANCE;

    private final CandidateConfiguration configuration;
    private final SequencerConfiguration self;
    private final TakeoverRules rules;
    private final Publisher control;
    private final EpochStreams streams;
    private final StandbyLog standby;
    private final IngressTail ingress;
    private final TakeoverMessages messages;
    private final TakeoverRound round;
    private final StandStill standStill;
    private CandidateState state = CandidateState.REBUILDING;
    private Sequencer sequencer;
    private LedgerEntry won;
    private boolean drained;
    private boolean begun;
    private long nanoTime;
    private long clockNs;
    private long random;
    private long knownEpoch;
    private long startedEpoch;
    private long heardNs;
    private long suspectNs;
    private long startedNs;
    private long endedNs;
    private long nextStatusNs;
    private long nextReadOnNs;
    private boolean plannedEnd;
    private boolean endWanted;
    private int target;
    private long takeovers;
    private long demotions;

    /**
     * A candidate that knows nothing of the log yet.
     *
     * @param configuration what it is told once
     * @param control takes what it says to others
     * @param ledger decides
     * @param streams opens the streams of epochs that were won
     * @param source reads the log for it
     */
    public SequencerCandidate(
            final CandidateConfiguration configuration,
            final Publisher control,
            final Ledger ledger,
            final EpochStreams streams,
            final LogSource source) {
        this(configuration, control, ledger, streams, source, TakeoverRules.STANDING);
    }

    SequencerCandidate(
            final CandidateConfiguration configuration,
            final Publisher control,
            final Ledger ledger,
            final EpochStreams streams,
            final LogSource source,
            final TakeoverRules rules) {
        this.configuration = configuration;
        this.self = configuration.sequencer();
        this.rules = rules;
        this.control = control;
        this.streams = streams;
        this.standby = new StandbyLog(configuration, self.archives(), source);
        this.ingress = new IngressTail(configuration.tailBytes(), configuration.tailMessages());
        this.messages = new TakeoverMessages(self, control);
        this.round = new TakeoverRound(configuration, rules, messages, ledger, standby);
        this.standStill = new StandStill(configuration);
        this.random = self.incarnation() ^ 0x9E37_79B9_7F4A_7C15L;
    }

    /**
     * Begins a duty cycle.
     *
     * @param nowNs for intervals, any origin
     * @param wallNs for stamps, nanoseconds since the Unix epoch
     * @return how much was done
     */
    public int onDutyCycle(final long nowNs, final long wallNs) {
        nanoTime = nowNs;
        clockNs = wallNs;
        if (!begun) {
            begun = true;
            heardNs = nowNs;
            nextStatusNs = nowNs;
            scheduleSuspicion(configuration.suspicionNs());
        }
        final int work =
                switch (state) {
                    case ACTIVE, ENDING -> lead();
                    case OPENING -> open();
                    case SUSPECTING, TAKING_OVER -> takeOver();
                    default -> follow();
                };
        sayStatus();
        return work;
    }

    /**
     * Takes in the next entry that was read of the log; while this node is the sequencer, it may be its own.
     *
     * @param buffer that holds an entry whose bytes have been checked
     * @param offset of the entry
     * @param length of the entry in bytes
     * @param endPosition of the entry in the stream of its epoch, in bytes
     * @param live whether it came from the stream, not from history: its sender is heard
     * @return false if it cannot be taken now: offer it again
     */
    public boolean onEntry(
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final long endPosition,
            final boolean live) {
        entry.wrap(buffer, offset);
        if (entry.clusterId() != self.clusterId()) {
            return true;
        }
        final long epoch = entry.epoch();
        onNewestEpoch(epoch);
        if (live && epoch == knownEpoch) {
            heardNs = nanoTime;
            if (entry.kind() == EntryKind.EPOCH_END && !plannedEnd) {
                plannedEnd = true;
                scheduleSuspicion(0);
            }
        }
        // A sequencer knows its own entries; what it stepped down from it reads again.
        return sequencer != null || standby.onEntry(buffer, offset, length, endPosition);
    }

    /**
     * Takes in one message from a gateway.
     *
     * @param buffer that holds the message
     * @param offset of the message
     * @param length in bytes
     * @return one of {@link IngressCode}; after {@link IngressCode#BACK_PRESSURED} offer the same message again
     */
    public int onIngress(final DirectBuffer buffer, final int offset, final int length) {
        if (sequencer != null && !drained) {
            return IngressCode.BACK_PRESSURED; // what came before goes first
        }
        if (sequencer != null && !sequencer.hasEnded()) {
            return sequencer.onIngress(buffer, offset, length);
        }
        ingress.onIngress(buffer, offset, length, nanoTime, standby.table());
        return IngressCode.HEARD;
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
            case AckDecoder.TEMPLATE_ID -> {
                ack.wrapAndApplyHeader(buffer, offset, header);
                if (ack.clusterId() == self.clusterId()) {
                    onNewestEpoch(ack.epoch());
                    if (sequencer != null) {
                        sequencer.onControl(buffer, offset, length);
                    } else {
                        standby.onAck(ack);
                    }
                }
            }
            case PreVoteAnswerDecoder.TEMPLATE_ID -> {
                preVoteAnswer.wrapAndApplyHeader(buffer, offset, header);
                if (preVoteAnswer.clusterId() == self.clusterId()) {
                    round.onPreVoteAnswer(preVoteAnswer);
                }
            }
            case SealedDecoder.TEMPLATE_ID -> {
                sealed.wrapAndApplyHeader(buffer, offset, header);
                if (sealed.clusterId() == self.clusterId()) {
                    round.onSealed(sealed);
                    onSealed();
                }
            }
            case HandoverRequestDecoder.TEMPLATE_ID -> {
                handover.wrapAndApplyHeader(buffer, offset, header);
                if (handover.clusterId() == self.clusterId() && handover.epoch() == knownEpoch) {
                    onHandover();
                }
            }
            default -> {
                // What others say to each other, or no message at all: those it is meant for count it.
            }
        }
    }

    /**
     * The ledger has answered {@link Ledger#read}.
     *
     * @param ticket of the call
     * @param read what it holds; {@link LedgerEntry#GENESIS} if nothing has been written
     */
    public void onLedgerRead(final long ticket, final LedgerEntry read) {
        round.onLedgerRead(ticket, read);
    }

    /**
     * The ledger has answered {@link Ledger#compareAndSet}.
     *
     * @param ticket of the call
     * @param hasWon whether the entry was replaced
     * @param now what the ledger holds after the call
     */
    public void onLedgerDecided(final long ticket, final boolean hasWon, final LedgerEntry now) {
        round.onLedgerDecided(ticket, hasWon, now);
    }

    public CandidateState state() {
        return state;
    }

    /** The sequencer of this process's epoch; null while it has none. */
    public Sequencer sequencer() {
        return sequencer;
    }

    /** The newest epoch this node knows of. */
    public long knownEpoch() {
        return knownEpoch;
    }

    /** Of the last entry stamped or followed. */
    public long sequence() {
        return sequencer != null ? sequencer.sequence() : standby.sequence();
    }

    /** Epochs this process has started. */
    public long takeovers() {
        return takeovers;
    }

    /** How often this process has stepped down. */
    public long demotions() {
        return demotions;
    }

    /** How often the table of sessions was read from the beginning of the log. */
    public long rebuilds() {
        return standby.rebuilds();
    }

    private int follow() {
        if (standby.epoch() == knownEpoch) {
            state = CandidateState.FOLLOWING;
        }
        if (nanoTime - suspectNs < 0) {
            return 0;
        }
        final long silentNs = nanoTime - heardNs;
        if (!plannedEnd && silentNs < configuration.suspicionNs()) {
            scheduleSuspicion(configuration.suspicionNs() - silentNs);
            return 0;
        }
        state = plannedEnd ? CandidateState.TAKING_OVER : CandidateState.SUSPECTING;
        round.begin(nanoTime, knownEpoch, startedEpoch, plannedEnd);
        return takeOver();
    }

    private int takeOver() {
        final int outcome = round.onDutyCycle(nanoTime);
        switch (outcome) {
            case TakeoverRound.RUNNING -> {
                return 0;
            }
            case TakeoverRound.WON -> {
                won = round.ledgerEntry();
                startedEpoch = won.epoch();
                knownEpoch = Math.max(knownEpoch, won.epoch());
                nextReadOnNs = nanoTime;
                state = CandidateState.OPENING;
            }
            default -> {
                retreat();
                onNewestEpoch(round.newestEpoch());
            }
        }
        round.leave();
        return 1;
    }

    /** Waits for the stream of the epoch, and for the table to be as of the end that was decided. */
    private int open() {
        if (knownEpoch > won.epoch()) {
            streams.close(won.epoch());
            retreat();
            return 1;
        }
        if (standby.reach(won.previousEpoch(), won.previousEndSequence()) != StandbyLog.REACHED
                && rules.mustKnowLogBeforeStart()) {
            if (nanoTime - nextReadOnNs >= 0) {
                nextReadOnNs = nanoTime + configuration.suspicionNs();
                standby.readOn();
            }
            return 0;
        }
        final Publisher log = streams.open(won.epoch());
        if (log == null) {
            return 0;
        }
        sequencer = new Sequencer(self, won.epoch(), standby.applied(), standby.table(), log, control);
        standStill.begin(nanoTime);
        startedNs = nanoTime;
        drained = false;
        endWanted = false;
        plannedEnd = false;
        takeovers++;
        state = CandidateState.ACTIVE;
        return 1 + lead();
    }

    private int lead() {
        if (knownEpoch > won.epoch() || standStill.isTooLong(sequencer, nanoTime)) {
            demote(0);
            return 1;
        }
        int work = sequencer.onDutyCycle(nanoTime, clockNs);
        if (!drained && sequencer.hasStarted()) {
            drained = ingress.drainTo(sequencer);
        }
        if (endWanted && sequencer.hasStarted() && sequencer.end(EpochEndReason.HANDOVER)) {
            endWanted = false;
            endedNs = nanoTime;
            state = CandidateState.ENDING;
            work++;
        }
        if (state == CandidateState.ENDING
                && (sequencer.commitPosition() >= sequencer.position()
                        || nanoTime - endedNs >= configuration.suspicionNs() / 2)) {
            demote(4 * configuration.suspicionNs());
        }
        return work;
    }

    /**
     * An archive that was sealed by a takeover that then failed acknowledges nothing of this epoch any more. So that it
     * counts again the epoch is ended as planned; not soon after its start, since such a takeover may be tried often.
     */
    private void onSealed() {
        if (state == CandidateState.ACTIVE
                && sealed.sealedEpoch() >= won.epoch()
                && self.archives().indexOf(sealed.archiveId()) >= 0
                && nanoTime - startedNs >= HEAL_AFTER_SUSPICIONS * configuration.suspicionNs()) {
            endWanted = true;
        }
    }

    private void onHandover() {
        target = handover.targetNodeId();
        if (state == CandidateState.ACTIVE && target != self.nodeId()) {
            endWanted = true;
        }
    }

    /** Whoever it was, evidence of a newer epoch: the one before is over, and its sequencer gets time to be heard. */
    private void onNewestEpoch(final long epoch) {
        if (epoch > knownEpoch) {
            knownEpoch = epoch;
            heardNs = nanoTime;
            plannedEnd = false;
            target = 0;
            standby.onNewestEpoch(epoch);
            scheduleSuspicion(configuration.suspicionNs());
        }
    }

    /** What it stamped may be void: the log is read again from its beginning. */
    private void demote(final long pauseNs) {
        demotions++;
        sequencer = null;
        streams.close(won.epoch());
        ingress.clear();
        standby.rebuild();
        state = CandidateState.REBUILDING;
        plannedEnd = false;
        heardNs = nanoTime;
        scheduleSuspicion(configuration.suspicionNs() + pauseNs);
    }

    private void retreat() {
        state = CandidateState.REBUILDING; // until it is seen to follow the newest epoch
        scheduleSuspicion(nextRandom(configuration.suspicionNs()) * (1 + configuration.rank()));
    }

    /** The one that is to be next goes first, then by rank; a bit of chance keeps two from meeting time and again. */
    private void scheduleSuspicion(final long afterNs) {
        final long staggerNs = configuration.suspicionNs() / 5;
        long delayNs = afterNs;
        if (target == 0) {
            delayNs += configuration.rank() * staggerNs + nextRandom(staggerNs) * (plannedEnd ? 0 : 1);
        } else if (target != self.nodeId()) {
            delayNs += configuration.suspicionNs() + nextRandom(staggerNs);
        }
        suspectNs = nanoTime + delayNs;
    }

    private long nextRandom(final long bound) {
        random ^= random << 13;
        random ^= random >>> 7;
        random ^= random << 17;
        return (random >>> 1) % bound;
    }

    private void sayStatus() {
        if (nanoTime - nextStatusNs >= 0) {
            nextStatusNs = nanoTime + configuration.statusIntervalNs();
            final long committed = sequencer == null ? standby.appliedSequence() : won.previousEndSequence();
            messages.status(knownEpoch, sequence(), committed, sequencer == null ? nanoTime - heardNs : 0, state);
        }
    }
}
