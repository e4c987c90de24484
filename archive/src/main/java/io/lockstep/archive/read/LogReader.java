package io.lockstep.archive.read;

import io.aeron.ControlledFragmentAssembler;
import io.aeron.Image;
import io.aeron.Subscription;
import io.aeron.logbuffer.ControlledFragmentHandler;
import io.aeron.logbuffer.ControlledFragmentHandler.Action;
import io.aeron.logbuffer.Header;
import io.lockstep.codecs.HotPath;
import org.agrona.DirectBuffer;

/**
 * Gives the log, entry by entry, from any point on: history out of the archives first and then the live stream,
 * without a gap or a duplicate, across epochs, for ever. Falls back to history whenever the live stream is lost, and
 * says so when entries it gave have become void.
 *
 * <p>One thread polls it; nothing here blocks, throws on what comes from the network, or allocates in steady state.
 * At most
 * {@value #FRAGMENT_LIMIT} fragments a poll are taken from each source.
 *
 * <pre>
 *                 ┌──────────── expected entry seen live ─────────────┐
 *   start ──▶ FETCHING ◀── image lost, gap, newer epoch ahead ──── LIVE
 *                 └──────────▶ STOPPED ◀── over-run ──────────────────┘
 * </pre>
 */
@HotPath
public final class LogReader {
    /** Where the entries come from. */
    public enum State {
        /** Not started, over-run, or closed. */
        STOPPED,
        /** From a log server, until the live stream stands at the entry expected next. */
        FETCHING,
        /** From the live stream of the current epoch. */
        LIVE
    }

    private static final int FRAGMENT_LIMIT = 256;

    private final Subscription liveSubscription;
    private final ServerLines servers;
    private final EntryHandler handler;
    private final LogReaderListener listener;
    private final EntryCheck check;
    private final EntryOrder order = new EntryOrder();
    private final LogFetch fetch;
    private final ReplyDecoder reply;
    private final ControlledFragmentAssembler liveAssembler;
    private final ControlledFragmentAssembler replyAssembler;
    private State state = State.STOPPED;
    private boolean isLiveOnly;
    private long knownSequence;
    private Image current;
    private Image polled;
    private Image discarded;
    private long discardedEpoch;
    private long discardedSequence;
    private long nowNs;
    private int delivered;
    private boolean isHeldBack;
    private boolean isLiveAhead;
    private boolean isLeavingLive;
    private boolean isToldOfNoServers;
    private long zombieCount;
    private long wrongCount;
    private long strayCount;

    /**
     * Made stopped; start it with one of the start methods.
     *
     * @param context concluded here if it is not yet
     */
    public LogReader(final LogReaderContext context) {
        if (!context.isConcluded()) {
            context.conclude();
        }
        liveSubscription = context.liveSubscription();
        servers = context.hasServers() ? context.servers() : null;
        handler = context.handler();
        listener = context.listener();
        check = new EntryCheck(context.clusterId());
        fetch = new LogFetch(context);
        reply = new ReplyDecoder();
        final ControlledFragmentHandler liveHandler = this::onLiveMessage;
        liveAssembler = new ControlledFragmentAssembler(liveHandler);
        final ControlledFragmentHandler replyHandler = this::onReply;
        replyAssembler = new ControlledFragmentAssembler(replyHandler);
    }

    /**
     * Begins, or begins anew, at a sequence.
     *
     * @param sequence of the first entry wanted, from 1
     */
    public void startFromSequence(final long sequence) {
        startFromSequence(sequence, 0);
    }

    /**
     * Begins, or begins anew, at a sequence of a log that is known to reach at least so far. A server that has sent all
     * it holds and holds less is left for the next, since not every archive holds all.
     *
     * @param sequence of the first entry wanted, from 1
     * @param knownSequence of an entry that some archive holds
     */
    public void startFromSequence(final long sequence, final long knownSequence) {
        order.startAt(sequence);
        begin(sequence, false);
        this.knownSequence = knownSequence;
    }

    /**
     * Begins at the first entry that is not older than a time.
     *
     * @param timeNs nanoseconds since the Unix epoch
     */
    public void startFromTime(final long timeNs) {
        order.startAnywhere();
        begin(timeNs, true);
    }

    /** Begins with the next live entry, whatever it is; from there on without a gap. */
    public void startFromLive() {
        order.startAnywhere();
        isLiveOnly = true;
        fetch.stop();
        enter(State.FETCHING);
    }

    /** Stops; entries come no more until it is started again. */
    public void stop() {
        fetch.stop();
        state = State.STOPPED;
    }

    /**
     * One duty cycle.
     *
     * @param now time in nanoseconds, of any origin
     * @return work done, 0 if there was none
     */
    public int poll(final long now) {
        nowNs = now;
        delivered = 0;
        isHeldBack = false;
        int work = 0;
        if (state == State.LIVE) {
            work += pollLive();
        } else if (state == State.FETCHING) {
            work += pollHistory() + pollLive();
        }
        tendFetch();
        // What was still on its way when the live stream was joined is drained, so that the server sees it taken.
        return state == State.FETCHING ? work : work + pollHistory();
    }

    /** Where the entries come from now. */
    public State state() {
        return state;
    }

    /** Epoch of the last entry handed out, 0 before the first. */
    public long epoch() {
        return order.epoch();
    }

    /** Sequence of the entry expected next, below zero while any will do. */
    public long nextSequence() {
        return order.nextSequence();
    }

    /** Position in its epoch after the last entry handed out. */
    public long endPosition() {
        return order.endPosition();
    }

    /** Entries of an older epoch that came after a newer one had begun, dropped. */
    public long zombieCount() {
        return zombieCount;
    }

    /** Messages dropped because they failed a check. */
    public long wrongCount() {
        return wrongCount;
    }

    /** Answers to requests that were no longer of interest, dropped. */
    public long strayCount() {
        return strayCount;
    }

    /** How the conversation with the log servers stands, for a human. */
    String describe() {
        return fetch.toString();
    }

    private void begin(final long from, final boolean isTime) {
        isLiveOnly = false;
        knownSequence = 0;
        enter(State.FETCHING);
        fetch.start(from, isTime);
    }

    private void enter(final State next) {
        state = next;
        isLiveAhead = false;
        isLeavingLive = false;
        discarded = null;
        if (next == State.LIVE) {
            fetch.stop();
            listener.onLive(order.epoch(), order.nextSequence());
        } else if (next == State.FETCHING) {
            current = null;
            isToldOfNoServers = false;
            listener.onFetching(order.epoch(), order.nextSequence());
        }
    }

    /** Something is missing that only history has. */
    private void leaveLive() {
        if (current != null) {
            liveAssembler.freeSessionBuffer(current.sessionId());
        }
        enter(State.FETCHING);
        fetch.start(order.anchorSequence(), false);
    }

    private int pollHistory() {
        return fetch.isOpen() ? servers.replies().controlledPoll(replyAssembler, FRAGMENT_LIMIT) : 0;
    }

    /** The stream of the current epoch first, so that a newer one is not thought ahead while there is more of this. */
    private int pollLive() {
        if (liveSubscription == null) {
            return 0;
        }
        int work = 0;
        isLeavingLive = false;
        if (current != null) {
            work += pollImage(current);
        }
        for (int i = liveSubscription.imageCount() - 1; i >= 0 && !isHeldBack && state != State.STOPPED; i--) {
            final Image image = imageAt(i);
            if (image != null && image != current) {
                work += pollImage(image);
            }
        }
        if (state == State.LIVE && !isHeldBack && delivered == 0 && (isLeavingLive || hasEnded(current))) {
            leaveLive();
            work++;
        }
        return work;
    }

    private Image imageAt(final int index) {
        // Images go on the client's conductor thread, so the list may have become shorter since it was counted.
        return index < liveSubscription.imageCount() ? liveSubscription.imageAtIndex(index) : null;
    }

    private int pollImage(final Image image) {
        polled = image;
        return image.controlledPoll(liveAssembler, FRAGMENT_LIMIT);
    }

    private static boolean hasEnded(final Image image) {
        return image == null
                || image.isClosed()
                || (image.isEndOfStream() && image.position() >= image.endOfStreamPosition());
    }

    private Action onLiveMessage(
            final DirectBuffer buffer, final int offset, final int length, final Header frame) {
        if (state == State.STOPPED || isHeldBack) {
            return Action.ABORT;
        }
        if (check.check(buffer, offset, length) != EntryCheck.SOUND) {
            return onWrongLive();
        }
        if (isWaitingForHistory()) {
            return Action.CONTINUE;
        }
        return switch (order.classifyLive(check)) {
            case EntryOrder.NEXT -> deliverLive(buffer, offset, length, frame.position());
            case EntryOrder.OLD -> onOldLive();
            case EntryOrder.ZOMBIE -> onZombie();
            case EntryOrder.OVER_RUN -> overRun();
            case EntryOrder.AHEAD -> onLiveAhead(frame.position());
            default -> onWrongLive();
        };
    }

    /**
     * History was quicker; once the stream has given the last entry handed out it stands at the next, and is joined.
     */
    private Action onOldLive() {
        if (state == State.FETCHING
                && check.epoch() == order.epoch()
                && check.sequence() == order.nextSequence() - 1) {
            current = polled;
            enter(State.LIVE);
        }
        return Action.CONTINUE;
    }

    private Action onZombie() {
        zombieCount++;
        return Action.CONTINUE;
    }

    /** From a time on, history alone can say what the first entry is. */
    private boolean isWaitingForHistory() {
        return order.nextSequence() < 0 && !isLiveOnly;
    }

    private Action deliverLive(final DirectBuffer buffer, final int offset, final int length, final long position) {
        if (!handler.onEntry(buffer, offset, length, position)) {
            isHeldBack = true;
            return Action.ABORT;
        }
        if (state == State.STOPPED) {
            return Action.ABORT;
        }
        order.onDelivered(check, position);
        delivered++;
        current = polled;
        if (state == State.FETCHING) {
            enter(State.LIVE);
        }
        return Action.CONTINUE;
    }

    /**
     * Live: what is missing may still come on the stream of the current epoch, so the entry is held and the end of
     * the poll decides. Fetching: far ahead it is discarded, since a stream that is not polled is lost; close ahead
     * it is held until history has come up to it.
     */
    private Action onLiveAhead(final long position) {
        isLiveAhead = true;
        if (state == State.LIVE) {
            isLeavingLive = true;
            return Action.ABORT;
        }
        if (isClose(position)) {
            return Action.ABORT;
        }
        discarded = polled;
        discardedEpoch = check.epoch();
        discardedSequence = check.sequence();
        return Action.CONTINUE;
    }

    private boolean isClose(final long position) {
        final long window = polled.termBufferLength() / 4;
        if (!order.hasDelivered()) {
            return false;
        }
        if (check.epoch() == order.epoch()) {
            return position - order.endPosition() <= window;
        }
        return check.isEpochStart()
                && check.previousEpoch() == order.epoch()
                && check.previousEndPosition() - order.endPosition() <= window;
    }

    /** History has given the very entry that was discarded last, so the live stream stands at the one expected next. */
    private void joinWhereDiscarded() {
        if (discarded != null
                && discardedSequence == order.nextSequence() - 1
                && discardedEpoch == order.epoch()
                && !discarded.isClosed()) {
            current = discarded;
            enter(State.LIVE);
        }
    }

    private Action onWrongLive() {
        wrongCount++;
        if (state == State.LIVE && polled == current) {
            listener.onError(LogReaderListener.LIVE_WRONG, -1, order.nextSequence());
            isLeavingLive = true;
            delivered = 0;
            return Action.BREAK;
        }
        return Action.CONTINUE;
    }

    private Action overRun() {
        final long declared = check.isEpochStart() ? check.previousEndSequence() : check.sequence() - 1;
        final long deliveredSequence = order.nextSequence() - 1;
        stop();
        listener.onOverRun(order.epoch(), Math.min(declared, deliveredSequence - 1), deliveredSequence);
        return Action.ABORT;
    }

    private void tendFetch() {
        if (state == State.FETCHING && !fetch.hasServers() && !isToldOfNoServers && order.hasDelivered()) {
            isToldOfNoServers = true;
            listener.onError(LogReaderListener.NO_SERVERS, -1, order.nextSequence());
        }
        if (!fetch.hasServers()) {
            return;
        }
        final int server = fetch.server();
        final boolean wasOpen = fetch.isOpen();
        if (fetch.poll(nowNs, isHeldBack, isLiveAhead)) {
            onAllFailed(server);
        }
        if (wasOpen && !fetch.isOpen()) {
            replyAssembler.clear();
        }
        if (order.hasDelivered()) {
            fetch.from(order.anchorSequence());
        }
    }

    private void onAllFailed(final int server) {
        replyAssembler.clear();
        // On a system whose log is just beginning there is nothing to fetch, and that is no fault.
        if (order.hasDelivered() || order.nextSequence() != 1 || isLiveAhead) {
            listener.onError(LogReaderListener.ALL_SERVERS_FAILED, server, order.nextSequence());
        }
    }

    private void serverFailed(final int code) {
        final int server = fetch.server();
        if (code != 0) {
            listener.onError(code, server, order.nextSequence());
        }
        if (fetch.failed(nowNs)) {
            onAllFailed(server);
        }
    }

    private Action onReply(final DirectBuffer buffer, final int offset, final int length, final Header frame) {
        final int kind = reply.wrap(buffer, offset, length);
        if (kind == ReplyDecoder.MALFORMED) {
            wrongCount++;
            return Action.CONTINUE;
        }
        if (reply.requestId() != fetch.requestId() || state != State.FETCHING) {
            strayCount++;
            fetch.onStray(nowNs, reply.requestId());
            return Action.CONTINUE;
        }
        if (kind == ReplyDecoder.ENTRY) {
            return onHistory(buffer, reply.entryOffset(), reply.entryLength(), reply.endPosition());
        }
        if (kind == ReplyDecoder.CAUGHT_UP && order.nextSequence() > knownSequence) {
            fetch.onCaughtUp(nowNs);
        } else {
            serverFailed(kind == ReplyDecoder.CORRUPT ? LogReaderListener.SERVER_CORRUPT : 0);
        }
        return Action.CONTINUE;
    }

    private Action onHistory(
            final DirectBuffer buffer, final int offset, final int length, final long endPosition) {
        if (isHeldBack) {
            return Action.ABORT;
        }
        final int what =
                check.check(buffer, offset, length) == EntryCheck.SOUND
                        ? order.classifyHistory(check)
                        : EntryOrder.CONTRADICTION;
        return switch (what) {
            case EntryOrder.NEXT -> deliverHistory(buffer, offset, length, endPosition);
            case EntryOrder.OLD -> {
                fetch.onEntry(nowNs, false);
                yield Action.CONTINUE;
            }
            case EntryOrder.OVER_RUN -> overRun();
            default -> {
                wrongCount++;
                serverFailed(LogReaderListener.SERVER_WRONG);
                yield Action.CONTINUE;
            }
        };
    }

    private Action deliverHistory(
            final DirectBuffer buffer, final int offset, final int length, final long endPosition) {
        if (!handler.onEntry(buffer, offset, length, endPosition)) {
            isHeldBack = true;
            return Action.ABORT;
        }
        if (state == State.FETCHING) {
            order.onDelivered(check, endPosition);
            delivered++;
            isLiveAhead = false;
            fetch.onEntry(nowNs, true);
            joinWhereDiscarded();
        }
        return Action.CONTINUE;
    }
}
