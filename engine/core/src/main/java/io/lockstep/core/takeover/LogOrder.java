package io.lockstep.core.takeover;

import io.lockstep.codecs.EntryReader;
import io.lockstep.codecs.ProtocolCheck;
import io.lockstep.codecs.protocol.EntryKind;
import io.lockstep.codecs.protocol.EpochStartDecoder;
import io.lockstep.codecs.protocol.MessageHeaderDecoder;

/**
 * Where a reader stands in the log and what an entry that has come is to it. Time-outs do not fence: a process that
 * was stopped for seconds goes on multicasting, so the epoch of every entry is judged here. Single-threaded.
 *
 * <pre>
 *   entry of                          and its sequence is          it is
 *   an older epoch                    any                          OLD
 *   this epoch                        expected / less / more       NEXT / OLD / AHEAD
 *   a newer one, EPOCH_START that     expected                     NEXT
 *     goes on from this epoch         less                         OVERRUN: what was taken beyond is void
 *                                     more                         AHEAD
 *   a newer one, EPOCH_START that     expected or less             OVERRUN: this epoch ended earlier
 *     goes on from another epoch      more                         AHEAD
 *   a newer one, another entry        expected or less / more      OVERRUN / AHEAD
 * </pre>
 */
public final class LogOrder {
    /** To be taken; call {@link #take} when it has been. */
    public static final int NEXT = 0;

    /** Taken before, or void. */
    public static final int OLD = 1;

    /** Something before it is missing: read on from {@link #nextSequence()}. */
    public static final int AHEAD = 2;

    /** The last entries that were taken do not stand: go back to what is committed, or begin again. */
    public static final int OVERRUN = 3;

    private final EpochStartDecoder epochStart = new EpochStartDecoder();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private long epoch;
    private long sequence;

    /** Stands before the first entry of the log. */
    public LogOrder() {}

    /** Of the last entry taken; 0 before the first. */
    public long epoch() {
        return epoch;
    }

    /** Of the last entry taken; 0 before the first. */
    public long sequence() {
        return sequence;
    }

    public long nextSequence() {
        return sequence + 1;
    }

    /**
     * Says what an entry is.
     *
     * @param entry checked; of any epoch
     * @return one of the codes of this class
     */
    public int judge(final EntryReader entry) {
        final long expected = sequence + 1;
        final long of = entry.epoch();
        if (of < epoch) {
            return OLD;
        }
        if (of == epoch) {
            return entry.sequence() == expected ? NEXT : entry.sequence() < expected ? OLD : AHEAD;
        }
        if (entry.sequence() > expected) {
            return AHEAD;
        }
        return entry.sequence() == expected && entry.kind() == EntryKind.EPOCH_START && goesOn(entry)
                ? NEXT
                : OVERRUN;
    }

    /** An entry that was judged to be the next has been taken. */
    public void take(final EntryReader entry) {
        epoch = entry.epoch();
        sequence = entry.sequence();
    }

    /**
     * Goes back to an entry that stands.
     *
     * @param toEpoch of the entry; 0 for the beginning of the log
     * @param toSequence of the entry; 0 for the beginning of the log
     */
    public void rewind(final long toEpoch, final long toSequence) {
        epoch = toEpoch;
        sequence = toSequence;
    }

    private boolean goesOn(final EntryReader entry) {
        if (ProtocolCheck.INSTANCE.check(entry.buffer(), entry.bodyOffset(), entry.bodyLength())
                != EpochStartDecoder.TEMPLATE_ID) {
            return false;
        }
        epochStart.wrapAndApplyHeader(entry.buffer(), entry.bodyOffset(), header);
        return epochStart.previousEpoch() == epoch && epochStart.previousEndSequence() == sequence;
    }
}
