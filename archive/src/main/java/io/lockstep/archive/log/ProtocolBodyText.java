package io.lockstep.archive.log;

import io.lockstep.codecs.ProtocolCheck;
import io.lockstep.codecs.protocol.EpochEndDecoder;
import io.lockstep.codecs.protocol.EpochStartDecoder;
import io.lockstep.codecs.protocol.MessageHeaderDecoder;
import io.lockstep.codecs.protocol.SessionClosedDecoder;
import io.lockstep.codecs.protocol.SessionOpenedDecoder;
import io.lockstep.codecs.protocol.TickDecoder;
import org.agrona.DirectBuffer;

/** Writes the bodies of the protocol's own entries. Used by one thread. */
final class ProtocolBodyText {
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final EpochStartDecoder epochStart = new EpochStartDecoder();
    private final EpochEndDecoder epochEnd = new EpochEndDecoder();
    private final TickDecoder tick = new TickDecoder();
    private final SessionOpenedDecoder opened = new SessionOpenedDecoder();
    private final SessionClosedDecoder closed = new SessionClosedDecoder();
    private StringBuilder out;
    private boolean isJson;
    private boolean isFirst;

    /** Appends a body; false if it is none of the protocol's. */
    boolean append(
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final boolean asJson,
            final StringBuilder target) {
        out = target;
        isJson = asJson;
        isFirst = true;
        switch (ProtocolCheck.INSTANCE.check(buffer, offset, length)) {
            case EpochStartDecoder.TEMPLATE_ID -> epochStart(epochStart.wrapAndApplyHeader(buffer, offset, header));
            case EpochEndDecoder.TEMPLATE_ID ->
                open().text("reason", epochEnd.wrapAndApplyHeader(buffer, offset, header).reason().name());
            case TickDecoder.TEMPLATE_ID ->
                open().number("commitPosition", tick.wrapAndApplyHeader(buffer, offset, header).commitPosition());
            case SessionOpenedDecoder.TEMPLATE_ID -> {
                opened.wrapAndApplyHeader(buffer, offset, header);
                open().number("clientId", opened.clientId())
                        .number("gatewayIncarnation", opened.gatewayIncarnation())
                        .number("requestId", opened.requestId());
            }
            case SessionClosedDecoder.TEMPLATE_ID -> {
                closed.wrapAndApplyHeader(buffer, offset, header);
                open().number("clientId", closed.clientId()).text("reason", closed.reason().name());
            }
            default -> {
                return false;
            }
        }
        if (isJson) {
            out.append('}');
        }
        return true;
    }

    private void epochStart(final EpochStartDecoder start) {
        open().number("ownerNodeId", start.ownerNodeId())
                .number("ownerIncarnation", start.ownerIncarnation())
                .number("previousEpoch", start.previousEpoch())
                .number("previousEndPosition", start.previousEndPosition())
                .number("previousEndSequence", start.previousEndSequence())
                .number("protocolVersion", start.protocolVersion())
                .number("logicVersion", start.logicVersion())
                .name("archives");
        out.append('[');
        String comma = "";
        for (final EpochStartDecoder.ArchivesDecoder archive : start.archives()) {
            out.append(comma).append(archive.archiveId());
            comma = ",";
        }
        out.append(']');
    }

    private ProtocolBodyText open() {
        if (isJson) {
            out.append('{');
        }
        return this;
    }

    private ProtocolBodyText number(final String name, final long value) {
        name(name);
        out.append(value);
        return this;
    }

    private void text(final String name, final String value) {
        name(name);
        if (isJson) {
            out.append('"').append(value).append('"');
        } else {
            out.append(value);
        }
    }

    private void name(final String name) {
        if (isJson) {
            out.append(isFirst ? "\"" : ",\"").append(name).append("\":");
        } else {
            out.append(isFirst ? "" : " ").append(name).append('=');
        }
        isFirst = false;
    }
}
