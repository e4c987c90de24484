package io.lockstep.core.takeover;

import io.lockstep.codecs.protocol.PreVoteAnswerDecoder;
import io.lockstep.codecs.protocol.SealedDecoder;
import io.lockstep.core.epoch.ArchiveSet;
import io.lockstep.core.sequencer.SequencerConfiguration;

/**
 * One try of one candidate to end an epoch and own the next: asks whether the sequencer is heard, reads the ledger,
 * seals, has repaired, and decides. It may be left at any step and begun again; only the ledger's word counts.
 *
 * <pre>
 *   PRE_VOTING ─ q have not heard ─▶ READING ─▶ SEALING ─ q have sealed ─▶ PREPARING ─ q hold E, table at E ─▶ DECIDING
 *        │ one more heard than q allows  │ newer epoch, or won before       │ an archive gone                        │
 *        ▼                               ▼                                  ▼                                        ▼
 * HEARD                       NEWER / WON                            FAILED                              WON / NEWER
 * </pre>
 */
final class TakeoverRound {
    static final int RUNNING = 0;

    /** The sequencer lives. */
    static final int HEARD = 1;

    /** An epoch newer than the one this round is about has been opened; {@link #newestEpoch()} names it. */
    static final int NEWER = 2;

    /** The next epoch is this process's to start; {@link #ledgerEntry()} says how. */
    static final int WON = 3;

    /** Too few answered in time; try again later. */
    static final int FAILED = 4;

    private enum Step {
        IDLE,
        PRE_VOTING,
        READING,
        SEALING,
        PREPARING,
        DECIDING
    }

    private final CandidateConfiguration configuration;
    private final SequencerConfiguration self;
    private final ArchiveSet archives;
    private final TakeoverRules rules;
    private final TakeoverMessages messages;
    private final Ledger ledger;
    private final StandbyLog standby;
    private final long repeatNs;
    private final boolean[] silent;
    private final boolean[] hearing;
    private Step step = Step.IDLE;
    private int outcome = RUNNING;
    private long ticket;
    private long knownEpoch;
    private long newestEpoch;
    private long startedEpoch;
    private LedgerEntry entry = LedgerEntry.GENESIS;
    private EpochEndRound end;
    private long nanoTime;
    private long deadlineNs;
    private long nextSendNs;
    private long sealedNs;
    private long nextReadOnNs;
    private long progress;
    private boolean enough;
    private boolean handover;

    TakeoverRound(
            final CandidateConfiguration configuration,
            final TakeoverRules rules,
            final TakeoverMessages messages,
            final Ledger ledger,
            final StandbyLog standby) {
        this.configuration = configuration;
        this.self = configuration.sequencer();
        this.archives = self.archives();
        this.rules = rules;
        this.messages = messages;
        this.ledger = ledger;
        this.standby = standby;
        this.repeatNs = configuration.suspicionNs() / 5;
        this.silent = new boolean[archives.size()];
        this.hearing = new boolean[archives.size()];
    }

    /** Begins, with the question whether others hear the sequencer unless it has said itself that it ends. */
    void begin(final long now, final long epoch, final long started, final boolean planned) {
        nanoTime = now;
        knownEpoch = epoch;
        newestEpoch = epoch;
        startedEpoch = started;
        outcome = RUNNING;
        end = null;
        handover = planned;
        ticket++;
        if (planned) {
            read();
        } else {
            for (int i = 0; i < silent.length; i++) {
                silent[i] = false;
                hearing[i] = false;
            }
            enter(Step.PRE_VOTING, 2 * configuration.suspicionNs());
        }
    }

    /** Leaves the round; what is still answered to it means nothing. */
    void leave() {
        step = Step.IDLE;
        ticket++;
    }

    /** One of the codes of this class. */
    int onDutyCycle(final long now) {
        nanoTime = now;
        if (step == Step.IDLE || outcome != RUNNING) {
            return outcome;
        }
        if (now - deadlineNs >= 0) {
            return expired();
        }
        switch (step) {
            case PRE_VOTING -> preVoting();
            case SEALING -> sealing();
            case PREPARING -> preparing();
            default -> {
                // The ledger answers by an event.
            }
        }
        return outcome;
    }

    void onPreVoteAnswer(final PreVoteAnswerDecoder answer) {
        final int index = archives.indexOf(answer.archiveId());
        if (step != Step.PRE_VOTING
                || index < 0
                || answer.candidateIncarnation() != self.incarnation()
                || answer.round() != ticket) {
            return;
        }
        newestEpoch = Math.max(newestEpoch, answer.epoch());
        silent[index] = answer.heard() == 0;
        hearing[index] = !silent[index];
        if (count(silent) >= archives.quorum()) {
            read();
        } else if (count(hearing) > archives.size() - archives.quorum()) {
            outcome = HEARD;
        }
    }

    void onSealed(final SealedDecoder sealed) {
        if (end == null || (step != Step.SEALING && step != Step.PREPARING)) {
            return;
        }
        end.onSealed(sealed);
        if (end.newestEpoch() > end.epoch()) {
            newestEpoch = Math.max(newestEpoch, end.newestEpoch());
            outcome = NEWER;
        }
    }

    void onLedgerRead(final long answeredTicket, final LedgerEntry read) {
        if (step != Step.READING || answeredTicket != ticket) {
            return;
        }
        entry = read;
        standby.onDecided(read);
        if (rules.mayStart(read, self.nodeId(), self.incarnation(), startedEpoch)) {
            outcome = WON; // by a decision whose answer was lost
        } else if (read.epoch() > knownEpoch) {
            newestEpoch = Math.max(newestEpoch, read.epoch());
            outcome = NEWER;
        } else if (read.epoch() < knownEpoch) {
            throw new IllegalStateException("the ledger is older than the log: ledger=" + read.epoch() + " log="
                    + knownEpoch);
        } else {
            end = new EpochEndRound(rules, archives, self.incarnation(), read.epoch());
            enough = false;
            enter(Step.SEALING, 6 * configuration.suspicionNs());
        }
    }

    void onLedgerDecided(final long answeredTicket, final boolean won, final LedgerEntry now) {
        if (step != Step.DECIDING || answeredTicket != ticket) {
            return;
        }
        entry = now;
        standby.onDecided(now);
        if (won || rules.mayStart(now, self.nodeId(), self.incarnation(), startedEpoch)) {
            outcome = WON;
        } else {
            newestEpoch = Math.max(newestEpoch, now.epoch());
            outcome = NEWER;
        }
    }

    /** What the ledger said last. */
    LedgerEntry ledgerEntry() {
        return entry;
    }

    /** The newest epoch that anybody has named. */
    long newestEpoch() {
        return newestEpoch;
    }

    private void preVoting() {
        if (isSendDue()) {
            messages.preVote(knownEpoch, ticket);
        }
    }

    private void read() {
        ticket++;
        enter(Step.READING, 4 * configuration.suspicionNs());
        ledger.read(ticket);
    }

    private void sealing() {
        if (end.hasQuorum()) {
            if (!enough) {
                enough = true;
                sealedNs = nanoTime;
            }
            // In mid-flow nothing is waited for. At a cold start archives come one after the other.
            if (handover || end.isComplete() || nanoTime - sealedNs >= configuration.stragglerNs()) {
                end.fix();
                nextReadOnNs = nanoTime;
                progress = standby.sequence();
                enter(Step.PREPARING, 6 * configuration.suspicionNs());
                preparing();
                return;
            }
        }
        if (isSendDue()) {
            messages.seal(end.epoch());
        }
    }

    private void preparing() {
        final boolean held = end.isHeldByQuorum();
        if (!held && isSendDue()) {
            if (end.endPosition() > 0) {
                messages.repair(end.epoch(), end.endPosition(), end.holder());
            }
            // Also asks those again that have not answered: one of them may hold enough.
            messages.seal(end.epoch());
        }
        final boolean reached = isTableAtEnd();
        if (held && reached) {
            decide();
        }
    }

    private boolean isTableAtEnd() {
        final boolean empty = end.endPosition() == 0;
        final long epoch = empty ? entry.previousEpoch() : end.epoch();
        final long sequence = empty ? entry.previousEndSequence() : end.endSequence();
        if (!rules.mustKnowLogBeforeStart()) {
            return true;
        }
        if (standby.reach(epoch, sequence) != StandbyLog.REACHED) {
            if (standby.sequence() != progress) {
                progress = standby.sequence();
                deadlineNs = nanoTime + 6 * configuration.suspicionNs();
            } else if (nanoTime - nextReadOnNs >= 0) {
                nextReadOnNs = nanoTime + repeatNs;
                standby.readOn();
            }
            return false;
        }
        if (!empty && standby.appliedCrc32c() != end.endCrc32c()) {
            throw new IllegalStateException("two entries have one name: epoch=" + epoch + " sequence=" + sequence
                    + " crc here=" + standby.appliedCrc32c() + " crc at archive " + end.holder() + "="
                    + end.endCrc32c());
        }
        return true;
    }

    private void decide() {
        final boolean empty = end.endPosition() == 0;
        final LedgerEntry next = new LedgerEntry(
                entry.epoch() + 1,
                self.nodeId(),
                self.incarnation(),
                archives,
                empty ? entry.previousEpoch() : end.epoch(),
                empty ? entry.previousEndPosition() : end.endPosition(),
                empty ? entry.previousEndSequence() : end.endSequence());
        ticket++;
        enter(Step.DECIDING, 4 * configuration.suspicionNs());
        ledger.compareAndSet(ticket, entry.epoch(), next);
    }

    /** What was decided without an answer is found when the ledger is read the next time. */
    private int expired() {
        outcome = FAILED;
        return outcome;
    }

    private void enter(final Step next, final long timeoutNs) {
        step = next;
        deadlineNs = nanoTime + timeoutNs;
        nextSendNs = nanoTime;
    }

    private boolean isSendDue() {
        if (nanoTime - nextSendNs < 0) {
            return false;
        }
        nextSendNs = nanoTime + repeatNs;
        return true;
    }

    private static int count(final boolean[] flags) {
        int count = 0;
        for (final boolean flag : flags) {
            count += flag ? 1 : 0;
        }
        return count;
    }
}
