package io.lockstep.core.sequencer;

import io.lockstep.codecs.protocol.AnswerCode;
import io.lockstep.codecs.protocol.CommandAnswerEncoder;
import io.lockstep.codecs.protocol.MessageHeaderEncoder;
import io.lockstep.core.port.Publisher;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Tells gateways why what they sent was not stamped. An answer that cannot be sent at once is dropped: the gateway
 * sends again and is answered again.
 */
final class CommandAnswers {
    private final UnsafeBuffer buffer =
            new UnsafeBuffer(new byte[MessageHeaderEncoder.ENCODED_LENGTH + CommandAnswerEncoder.BLOCK_LENGTH]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final CommandAnswerEncoder answer = new CommandAnswerEncoder();
    private final Publisher control;
    private final SequencerConfiguration configuration;
    private long refusedSessionId;
    private long refusedIncarnation;
    private long nextRefusalNs;
    private long dropped;

    CommandAnswers(final Publisher control, final SequencerConfiguration configuration) {
        this.control = control;
        this.configuration = configuration;
    }

    void expected(final long epoch, final long sessionId, final long incarnation, final long clientSequence) {
        send(epoch, AnswerCode.EXPECTED_SEQUENCE, sessionId, incarnation, clientSequence, 0, 0);
    }

    /** Says that a session is not open, or not to this sender; once in an interval while it sends its whole window. */
    void refusal(
            final long nanoTime,
            final long epoch,
            final AnswerCode code,
            final long sessionId,
            final long incarnation) {
        if (sessionId == refusedSessionId && incarnation == refusedIncarnation && nanoTime - nextRefusalNs < 0) {
            return;
        }
        refusedSessionId = sessionId;
        refusedIncarnation = incarnation;
        nextRefusalNs = nanoTime + configuration.answerIntervalNs();
        send(epoch, code, sessionId, incarnation, 0, 0, 0);
    }

    void open(final long epoch, final AnswerCode code, final long gatewayIncarnation, final long requestId) {
        send(epoch, code, 0, 0, 0, gatewayIncarnation, requestId);
    }

    /** Answers that the control stream did not take. */
    long dropped() {
        return dropped;
    }

    private void send(
            final long epoch,
            final AnswerCode code,
            final long sessionId,
            final long incarnation,
            final long expectedClientSequence,
            final long gatewayIncarnation,
            final long requestId) {
        answer.wrapAndApplyHeader(buffer, 0, header)
                .clusterId(configuration.clusterId())
                .nodeId(configuration.nodeId())
                .epoch(epoch)
                .sessionId(sessionId)
                .incarnation(incarnation)
                .expectedClientSequence(expectedClientSequence)
                .gatewayIncarnation(gatewayIncarnation)
                .requestId(requestId)
                .code(code);
        if (control.offer(buffer, 0, buffer.capacity()) < 0) {
            dropped++;
        }
    }
}
