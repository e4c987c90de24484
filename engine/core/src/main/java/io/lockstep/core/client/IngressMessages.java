package io.lockstep.core.client;

import io.lockstep.codecs.HotPath;
import io.lockstep.codecs.protocol.CommandEncoder;
import io.lockstep.codecs.protocol.GatewayKeepAliveEncoder;
import io.lockstep.codecs.protocol.MessageHeaderEncoder;
import io.lockstep.codecs.protocol.OutputRequestEncoder;
import io.lockstep.codecs.protocol.SessionCloseRequestEncoder;
import io.lockstep.codecs.protocol.SessionOpenRequestEncoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Writes what a gateway sends. */
@HotPath
final class IngressMessages {
    /** Bytes of a command message in front of its body. */
    static final int COMMAND_PREFIX_LENGTH = MessageHeaderEncoder.ENCODED_LENGTH
            + CommandEncoder.BLOCK_LENGTH
            + CommandEncoder.bodyHeaderLength();

    static final int CLOSE_LENGTH = MessageHeaderEncoder.ENCODED_LENGTH + SessionCloseRequestEncoder.BLOCK_LENGTH;

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final CommandEncoder command = new CommandEncoder();
    private final SessionCloseRequestEncoder close = new SessionCloseRequestEncoder();
    private final SessionOpenRequestEncoder open = new SessionOpenRequestEncoder();
    private final GatewayKeepAliveEncoder keepAlive = new GatewayKeepAliveEncoder();
    private final OutputRequestEncoder outputRequest = new OutputRequestEncoder();
    private final UnsafeBuffer scratch = new UnsafeBuffer(new byte[128]);
    private final GatewayConfiguration configuration;

    IngressMessages(final GatewayConfiguration configuration) {
        this.configuration = configuration;
    }

    /** Where messages stand that are not written into a caller's buffer. */
    UnsafeBuffer scratch() {
        return scratch;
    }

    void command(
            final MutableDirectBuffer buffer,
            final int offset,
            final long sessionId,
            final long incarnation,
            final long clientSequence,
            final DirectBuffer body,
            final int bodyOffset,
            final int bodyLength) {
        command.wrapAndApplyHeader(buffer, offset, header)
                .clusterId(configuration.clusterId())
                .reserved(0)
                .sessionId(sessionId)
                .incarnation(incarnation)
                .clientSequence(clientSequence)
                .putBody(body, bodyOffset, bodyLength);
    }

    void close(
            final MutableDirectBuffer buffer,
            final int offset,
            final long sessionId,
            final long incarnation,
            final long clientSequence) {
        close.wrapAndApplyHeader(buffer, offset, header)
                .clusterId(configuration.clusterId())
                .reserved(0)
                .sessionId(sessionId)
                .incarnation(incarnation)
                .clientSequence(clientSequence);
    }

    int open(final long requestId, final long clientId) {
        open.wrapAndApplyHeader(scratch, 0, header)
                .clusterId(configuration.clusterId())
                .reserved(0)
                .gatewayIncarnation(configuration.incarnation())
                .requestId(requestId)
                .clientId(clientId);
        return MessageHeaderEncoder.ENCODED_LENGTH + SessionOpenRequestEncoder.BLOCK_LENGTH;
    }

    int keepAlive() {
        keepAlive
                .wrapAndApplyHeader(scratch, 0, header)
                .clusterId(configuration.clusterId())
                .reserved(0)
                .gatewayIncarnation(configuration.incarnation());
        return MessageHeaderEncoder.ENCODED_LENGTH + GatewayKeepAliveEncoder.BLOCK_LENGTH;
    }

    int outputRequest(final long fromInputSequence) {
        outputRequest
                .wrapAndApplyHeader(scratch, 0, header)
                .clusterId(configuration.clusterId())
                .reserved(0)
                .gatewayIncarnation(configuration.incarnation())
                .fromInputSequence(fromInputSequence);
        return MessageHeaderEncoder.ENCODED_LENGTH + OutputRequestEncoder.BLOCK_LENGTH;
    }
}
