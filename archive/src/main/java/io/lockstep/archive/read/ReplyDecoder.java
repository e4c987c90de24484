package io.lockstep.archive.read;

import io.lockstep.codecs.HotPath;
import io.lockstep.codecs.ProtocolCheck;
import io.lockstep.codecs.protocol.MessageHeaderDecoder;
import io.lockstep.codecs.protocol.ReplayCode;
import io.lockstep.codecs.protocol.ReplayStatusDecoder;
import io.lockstep.codecs.protocol.ReplayedEntryDecoder;
import org.agrona.DirectBuffer;

/** Reads what a log server sends, after checking that it is well formed. One thread. */
@HotPath
final class ReplyDecoder {
    static final int MALFORMED = -1;
    static final int ENTRY = 0;
    static final int CAUGHT_UP = 1;
    static final int NOT_HELD = 2;
    static final int CORRUPT = 3;
    static final int REFUSED = 4;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final ReplayedEntryDecoder entry = new ReplayedEntryDecoder();
    private final ReplayStatusDecoder status = new ReplayStatusDecoder();
    private long requestId;
    private long endPosition;
    private int entryOffset;
    private int entryLength;

    /** What the message is, {@link #MALFORMED} if it is none of a log server's. */
    int wrap(final DirectBuffer buffer, final int offset, final int length) {
        final int templateId = ProtocolCheck.INSTANCE.check(buffer, offset, length);
        if (templateId == ReplayedEntryDecoder.TEMPLATE_ID) {
            entry.wrapAndApplyHeader(buffer, offset, header);
            requestId = entry.requestId();
            endPosition = entry.endPosition();
            entryOffset = entry.limit() + ReplayedEntryDecoder.entryHeaderLength();
            entryLength = entry.entryLength();
            return ENTRY;
        }
        if (templateId == ReplayStatusDecoder.TEMPLATE_ID) {
            status.wrapAndApplyHeader(buffer, offset, header);
            requestId = status.requestId();
            return status.code().value();
        }
        return MALFORMED;
    }

    long requestId() {
        return requestId;
    }

    long endPosition() {
        return endPosition;
    }

    int entryOffset() {
        return entryOffset;
    }

    int entryLength() {
        return entryLength;
    }

    static {
        if (ReplayCode.CAUGHT_UP.value() != CAUGHT_UP || ReplayCode.REFUSED.value() != REFUSED) {
            throw new IllegalStateException("the codes of the schema have changed");
        }
    }
}
