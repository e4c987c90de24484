package io.lockstep.archive.read;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Publication;
import io.aeron.exceptions.AeronException;
import io.lockstep.archive.log.Fault;
import io.lockstep.archive.log.LogCursor;
import io.lockstep.archive.log.LogEntry;
import io.lockstep.archive.log.ReplayIndex;
import io.lockstep.codecs.HotPath;
import io.lockstep.codecs.protocol.MessageHeaderEncoder;
import io.lockstep.codecs.protocol.ReplayCode;
import io.lockstep.codecs.protocol.ReplayStatusEncoder;
import io.lockstep.codecs.protocol.ReplayedEntryEncoder;
import io.lockstep.transport.Channel;
import java.io.UncheckedIOException;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One reader being served: a cursor over the files and a publication to the reader. Sends history, says once that the
 * reader has caught up, follows the recording as it grows, and ends when the reader stops it or is gone, or when it
 * has said why it cannot go on. Called by the log server's thread, a bounded slice each time.
 */
@HotPath
final class LogReplay implements AutoCloseable {
    private static final int ENTRIES_PER_SLICE = 64;
    private static final int MAX_REASON_LENGTH = 512;
    private static final int ENTRY_HEADER_LENGTH = MessageHeaderEncoder.ENCODED_LENGTH
            + ReplayedEntryEncoder.BLOCK_LENGTH
            + ReplayedEntryEncoder.entryHeaderLength();

    private final Aeron aeron;
    private final long requestId;
    private final long from;
    private final boolean isFromTime;
    private final long registrationId;
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1_024]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final ReplayedEntryEncoder entryEncoder = new ReplayedEntryEncoder();
    private final ReplayStatusEncoder statusEncoder = new ReplayStatusEncoder();
    private LogCursor cursor;
    private ExclusivePublication publication;
    private long connectDeadlineNs;
    private boolean wasConnected;
    private boolean hasEntry;
    private boolean hasSent;
    private boolean hasCaughtUp;
    private ReplayCode lastWord;
    private String reason = "";
    private boolean isDone;

    /** Serves a request. */
    LogReplay(
            final LogServerContext context,
            final ReplayIndex index,
            final long requestId,
            final Channel channel,
            final long from,
            final boolean isFromTime,
            final long nowNs) {
        this.aeron = context.aeron();
        this.requestId = requestId;
        this.from = from;
        this.isFromTime = isFromTime;
        connectDeadlineNs = nowNs + context.connectTimeoutNs();
        registrationId = aeron.asyncAddExclusivePublication(channel.uri(), channel.streamId());
        try {
            cursor = LogCursor.open(context.directory(), context.recordedPositions());
            if (isFromTime) {
                index.seekToTime(cursor, from);
            } else {
                index.seekToSequence(cursor, from);
            }
        } catch (final UncheckedIOException e) {
            refuse("the archive's directory cannot be read: " + e.getMessage());
        }
    }

    long requestId() {
        return requestId;
    }

    boolean isDone() {
        return isDone;
    }

    /** Sends nothing but a refusal. */
    void refuse(final String why) {
        lastWord = ReplayCode.REFUSED;
        reason = why;
    }

    int work(final long nowNs) {
        if (isDone || !isConnected(nowNs)) {
            return 0;
        }
        int work = 0;
        while (work < ENTRIES_PER_SLICE && lastWord == null) {
            if (!hasEntry && !advance()) {
                break;
            }
            if (!hasEntry || !sendEntry()) {
                break;
            }
            work++;
        }
        if (lastWord != null && sendStatus(lastWord)) {
            isDone = true;
            work++;
        }
        return work;
    }

    @Override
    public void close() {
        isDone = true;
        CloseHelper.closeAll(cursor, publication);
        if (publication == null) {
            aeron.asyncRemovePublication(registrationId);
        }
        cursor = null;
    }

    private boolean isConnected(final long nowNs) {
        if (publication == null) {
            try {
                publication = aeron.getExclusivePublication(registrationId);
            } catch (final AeronException e) {
                // The channel that the reader named does not work; there is nobody to tell.
                isDone = true;
                return false;
            }
        }
        if (publication != null && publication.isConnected()) {
            wasConnected = true;
            return true;
        }
        isDone = wasConnected || nowNs - connectDeadlineNs >= 0;
        return false;
    }

    /** Goes to the next entry; false if there is none for now. */
    private boolean advance() {
        final int result;
        try {
            result = cursor.next();
        } catch (final UncheckedIOException | IllegalStateException e) {
            refuse("the archive's files cannot be read: " + e.getMessage());
            return false;
        }
        switch (result) {
            case LogCursor.ENTRY -> {
                hasEntry = true;
                if (!hasSent && !isFromTime && cursor.entry().sequence() > from) {
                    notHeld("the log here begins at sequence " + cursor.entry().sequence());
                }
            }
            case LogCursor.END -> onEnd();
            case LogCursor.CORRUPT -> onFault(cursor.fault());
            default -> hasEntry = false;
        }
        return hasEntry && lastWord == null;
    }

    private void onEnd() {
        final long held = Math.max(0, cursor.sequence());
        if (!hasSent && !isFromTime && from > held + 1) {
            notHeld("the log here ends at sequence " + held);
        } else if (!hasCaughtUp && cursor.declaredEnd() <= Math.max(0, cursor.position())) {
            // Where a later epoch declares an end that is not held yet, the rest is being repaired: not caught up.
            hasCaughtUp = sendStatus(ReplayCode.CAUGHT_UP);
        }
    }

    private void onFault(final Fault fault) {
        final boolean isMissing = fault.kind() == Fault.Kind.MISSING || fault.kind() == Fault.Kind.OVERRUN;
        lastWord = isMissing ? ReplayCode.NOT_HELD : ReplayCode.CORRUPT;
        reason = fault.toString();
    }

    private void notHeld(final String why) {
        lastWord = ReplayCode.NOT_HELD;
        reason = why;
    }

    private boolean sendEntry() {
        final LogEntry entry = cursor.entry();
        if (ENTRY_HEADER_LENGTH + entry.length() > publication.maxMessageLength()) {
            refuse("an entry of " + entry.length() + " bytes does not fit the reply channel's term");
            return false;
        }
        entryEncoder
                .wrapAndApplyHeader(buffer, 0, header)
                .requestId(requestId)
                .endPosition(entry.endPosition())
                .recordedPosition(Math.max(entry.endPosition(), cursor.recordedPosition()));
        final int lengthOffset = ENTRY_HEADER_LENGTH - ReplayedEntryEncoder.entryHeaderLength();
        buffer.putInt(lengthOffset, entry.length(), ReplayedEntryEncoder.BYTE_ORDER);
        final long result = publication.offer(
                buffer, 0, ENTRY_HEADER_LENGTH, entry.buffer(), entry.offset(), entry.length());
        if (result > 0) {
            hasEntry = false;
            hasSent = true;
            return true;
        }
        isDone |= result == Publication.CLOSED || result == Publication.MAX_POSITION_EXCEEDED;
        return false;
    }

    private boolean sendStatus(final ReplayCode code) {
        final boolean isAnywhere = cursor != null && cursor.epoch() > 0;
        statusEncoder
                .wrapAndApplyHeader(buffer, 0, header)
                .requestId(requestId)
                .epoch(isAnywhere ? cursor.epoch() : 0)
                .position(isAnywhere ? cursor.position() : 0)
                .sequence(isAnywhere ? Math.max(0, cursor.sequence()) : 0)
                .code(code)
                .reason(reason.length() > MAX_REASON_LENGTH ? reason.substring(0, MAX_REASON_LENGTH) : reason);
        final int length = MessageHeaderEncoder.ENCODED_LENGTH + statusEncoder.encodedLength();
        return publication.offer(buffer, 0, length) > 0;
    }
}
