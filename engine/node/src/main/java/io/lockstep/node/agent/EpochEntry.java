package io.lockstep.node.agent;

import io.lockstep.codecs.EntryReader;
import io.lockstep.codecs.ProtocolCheck;
import io.lockstep.codecs.protocol.MessageHeaderDecoder;
import io.lockstep.codecs.protocol.MessageHeaderEncoder;
import io.lockstep.codecs.protocol.SealEncoder;
import io.lockstep.codecs.protocol.SealedDecoder;
import io.lockstep.core.epoch.LogEnd;
import io.lockstep.core.epoch.SealRound;
import io.lockstep.core.port.Publisher;
import io.lockstep.core.sequencer.SequencerConfiguration;
import io.lockstep.core.sequencer.SessionReplay;
import io.lockstep.core.sequencer.SessionTable;
import io.lockstep.node.adapter.LogEnds;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a sequencer does before its epoch: asks the archives to seal what they hold, takes the longest as the end of the
 * log, and reads the log up to there, so that its session table is exact.
 */
final class EpochEntry implements AutoCloseable {
    private static final String ROLE = "sequencer";
    private static final long SEAL_INTERVAL_NS = 100_000_000;

    /** A quorum suffices, but archives that start at the same time as the sequencer get a moment to be in it. */
    private static final long STRAGGLER_WAIT_NS = 1_000_000_000;

    /** How long the log may stand still while it is read. */
    private static final long READ_TIMEOUT_NS = 5_000_000_000L;

    private final MessageHeaderEncoder headerEncoder = new MessageHeaderEncoder();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final SealEncoder seal = new SealEncoder();
    private final SealedDecoder sealed = new SealedDecoder();
    private final UnsafeBuffer sealBuffer =
            new UnsafeBuffer(new byte[MessageHeaderEncoder.ENCODED_LENGTH + SealEncoder.BLOCK_LENGTH]);
    private final EntryReader entry = new EntryReader();
    private final AgentAids aids;
    private final SequencerConfiguration configuration;
    private final Publisher control;
    private SealRound round;
    private SessionTable sessions;
    private SessionReplay replay;
    private long nextSealNs;
    private long decidedNs;
    private long progressNs;
    private LogEnds log;
    private long sequence;
    private boolean done;

    EpochEntry(final AgentAids aids, final SequencerConfiguration configuration, final Publisher control) {
        this.aids = aids;
        this.configuration = configuration;
        this.control = control;
        begin();
    }

    int doWork(final long nanoTime) {
        if (done) {
            return 0;
        }
        if (log != null) {
            return readLog(nanoTime);
        }
        if (isSealed(nanoTime)) {
            if (round.end().sequence() == 0) {
                done = true;
            } else {
                log = aids.history(round.end().sequence(), round.holder(), ROLE, this::onEntry);
                progressNs = nanoTime;
            }
            return 1;
        }
        if (nanoTime - nextSealNs >= 0) {
            sendSeal();
            nextSealNs = nanoTime + SEAL_INTERVAL_NS;
            return 1;
        }
        return 0;
    }

    void onControl(final DirectBuffer buffer, final int offset, final int length) {
        if (ProtocolCheck.INSTANCE.check(buffer, offset, length) == SealedDecoder.TEMPLATE_ID) {
            sealed.wrapAndApplyHeader(buffer, offset, header);
            if (sealed.clusterId() == configuration.clusterId()) {
                round.onSealed(sealed);
            }
        }
    }

    boolean isDone() {
        return done;
    }

    LogEnd end() {
        return round.end();
    }

    SessionTable sessions() {
        return sessions;
    }

    @Override
    public void close() {
        CloseHelper.close(log);
    }

    private void begin() {
        round = new SealRound(configuration.incarnation(), configuration.archives());
        sessions = new SessionTable(AgentAids.MAX_SESSIONS);
        replay = new SessionReplay(sessions);
        decidedNs = 0;
        sequence = 0;
    }

    /**
     * An archive that alone holds the end may go before it has handed it out. Nothing has been decided for others yet,
     * so the archives are asked once more, and those that answer then say where the log ends.
     */
    private int readLog(final long nanoTime) {
        final long before = sequence;
        final int work = log.reader().poll(nanoTime);
        done = sequence == round.end().sequence();
        if (sequence != before) {
            progressNs = nanoTime;
        } else if (nanoTime - progressNs >= READ_TIMEOUT_NS) {
            aids.listener().onWarning(ROLE, "the log cannot be read beyond sequence " + sequence + " of "
                    + round.end().sequence() + "; asking the archives again where it ends");
            close();
            log = null;
            begin();
        }
        return work;
    }

    private boolean isSealed(final long nanoTime) {
        if (round.isComplete()) {
            return true;
        }
        if (!round.isDecided()) {
            return false;
        }
        if (decidedNs == 0) {
            decidedNs = nanoTime;
        }
        return nanoTime - decidedNs >= STRAGGLER_WAIT_NS;
    }

    private void sendSeal() {
        seal.wrapAndApplyHeader(sealBuffer, 0, headerEncoder)
                .clusterId(configuration.clusterId())
                .candidateNodeId(configuration.nodeId())
                .candidateIncarnation(configuration.incarnation())
                .epoch(Long.MAX_VALUE);
        control.offer(sealBuffer, 0, sealBuffer.capacity());
    }

    private boolean onEntry(final DirectBuffer buffer, final int offset, final int length, final long endPosition) {
        if (sequence < round.end().sequence()) {
            entry.wrap(buffer, offset);
            replay.onEntry(entry);
            sequence = entry.sequence();
        }
        return true;
    }
}
