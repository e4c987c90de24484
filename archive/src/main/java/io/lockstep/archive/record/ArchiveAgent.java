package io.lockstep.archive.record;

import io.aeron.FragmentAssembler;
import io.aeron.Subscription;
import io.aeron.logbuffer.FragmentHandler;
import io.aeron.logbuffer.Header;
import io.lockstep.codecs.HotPath;
import io.lockstep.codecs.ProtocolCheck;
import io.lockstep.codecs.protocol.ArchiveState;
import io.lockstep.codecs.protocol.MessageHeaderDecoder;
import io.lockstep.codecs.protocol.SealDecoder;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.Agent;

/**
 * Stands beside one Aeron Archive and speaks for it: acknowledges what it has recorded of the newest epoch as soon as
 * the recorded position moves, answers seals, and has ended epochs repaired before a newer one is acknowledged. An ack
 * has the newest position, so under load one stands for many entries: the first goes at once, the next not before a
 * short while has passed. A repeat now and then is for those who came late.
 *
 * <p>One thread. Each duty cycle is bounded; no request is waited for, so the archive itself may be invoked by the same
 * thread.
 */
@HotPath
public final class ArchiveAgent implements Agent {
    private static final int FRAGMENT_LIMIT = 32;

    private final ArchiveAgentContext context;
    private final ArchiveControl control;
    private final RecordingCounters counters;
    private final EpochRecordings epochs = new EpochRecordings();
    private final RecordingFollower follower;
    private final EpochRepair repair;
    private final SealAnswer seal;
    private final StallDetector stall;
    private final AckPace pace;
    private final ControlMessages messages;
    private final Subscription controlSubscription;
    private final FragmentHandler controlHandler = new FragmentAssembler(this::onControlMessage);
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final SealDecoder sealDecoder = new SealDecoder();
    private long ackedEpoch;
    private int streamCounterId = -1;
    private long streamRegistrationId;
    private long nextStreamLookNs = Long.MIN_VALUE;
    private long malformedCount;
    private long stallCount;

    /**
     * Made by any thread before the agent runs.
     *
     * @param context concluded here if it is not yet
     */
    public ArchiveAgent(final ArchiveAgentContext context) {
        if (!context.isConcluded()) {
            context.conclude();
        }
        this.context = context;
        counters = new RecordingCounters(context.aeron().countersReader(), context.archiveId());
        control = new ArchiveControl(context::controlContext, context.requestTimeoutNs(), context::onControlError);
        follower = new RecordingFollower(context, control, counters, epochs);
        repair = new EpochRepair(context, control, follower, epochs);
        seal = new SealAnswer(context, control, follower, epochs, counters);
        stall = new StallDetector(context.stallTimeoutNs());
        pace = new AckPace(context.ackSpacingNs(), context.ackIntervalNs());
        messages = new ControlMessages(context);
        controlSubscription = context.controlSubscription();
    }

    @Override
    public int doWork() {
        return doWork(System.nanoTime());
    }

    /** One duty cycle at a time given by the caller. */
    int doWork(final long nowNs) {
        int work = control.poll(nowNs);
        work += controlSubscription.poll(controlHandler, FRAGMENT_LIMIT);
        work += follower.work(nowNs);
        work += repair.work(nowNs);
        work += seal.work(nowNs);
        work += acknowledge(nowNs);
        return work + answerSeal();
    }

    @Override
    public String roleName() {
        return "archive-" + context.archiveId() + "-agent";
    }

    @Override
    public void onClose() {
        CloseHelper.closeAll(seal, repair, control);
    }

    /** Names this start of the archive in its messages. */
    public long incarnation() {
        return context.incarnation();
    }

    /** Whether the sequenced stream is being recorded and every recording is known. Read by the agent's thread. */
    public boolean isFollowing() {
        return follower.isListed();
    }

    /** Epoch last acknowledged, 0 before. Read by the agent's thread. */
    public long acknowledgedEpoch() {
        return ackedEpoch;
    }

    /** Position last acknowledged in that epoch. Read by the agent's thread. */
    public long acknowledgedPosition() {
        return pace.position();
    }

    /** Control messages dropped because they were not well formed. Read by the agent's thread. */
    public long malformedCount() {
        return malformedCount;
    }

    /** Epochs in which the recording stood still. Read by the agent's thread. */
    public long stallCount() {
        return stallCount;
    }

    private int acknowledge(final long nowNs) {
        final HeldEpoch newest = epochs.newest();
        if (newest == null || newest.epoch() <= context.sealRegister().sealedEpoch() || !epochs.isNewestAckable()) {
            return 0;
        }
        if (newest.epoch() != ackedEpoch) {
            beginEpoch(newest);
        }
        watch(nowNs, newest);
        final ArchiveState state = stall.isStalled() ? ArchiveState.STALLED : ArchiveState.RECORDING;
        // A stalled archive is out of the quorum until it has been repaired: what it records after all is not acked.
        final long position = stall.isStalled() ? pace.position() : newest.position();
        if (!pace.isDue(nowNs, position, state) || !messages.ack(ackedEpoch, position, state)) {
            return 0;
        }
        pace.sent(nowNs, position, state);
        return 1;
    }

    private void beginEpoch(final HeldEpoch newest) {
        ackedEpoch = newest.epoch();
        pace.begin();
        streamCounterId = -1;
        stall.reset();
    }

    private void watch(final long nowNs, final HeldEpoch newest) {
        long streamPosition = streamCounterId < 0 ? -1 : counters.position(streamCounterId, streamRegistrationId);
        if (streamPosition < 0 && nowNs >= nextStreamLookNs) {
            nextStreamLookNs = nowNs + context.ackIntervalNs();
            streamCounterId = counters.findStream(newest.sessionId(), context.recordedStreamId());
            if (streamCounterId >= 0) {
                streamRegistrationId = counters.registrationId(streamCounterId);
                streamPosition = counters.position(streamCounterId, streamRegistrationId);
            }
        }
        if (stall.onPositions(nowNs, streamPosition, newest.position())) {
            stallCount++;
            context.listener().onStalled(newest.epoch(), newest.position(), streamPosition);
        }
    }

    private int answerSeal() {
        if (!seal.isReady() || !messages.sealed(seal)) {
            return 0;
        }
        seal.sent();
        return 1;
    }

    private void onControlMessage(final DirectBuffer buffer, final int offset, final int length, final Header frame) {
        final int templateId = ProtocolCheck.INSTANCE.check(buffer, offset, length);
        if (templateId < 0) {
            malformedCount++;
        } else if (templateId == SealDecoder.TEMPLATE_ID) {
            sealDecoder.wrapAndApplyHeader(buffer, offset, header);
            if (sealDecoder.clusterId() == context.clusterId() && sealDecoder.epoch() >= 0) {
                seal.onSeal(sealDecoder.epoch(), sealDecoder.candidateIncarnation());
            }
        }
    }
}
