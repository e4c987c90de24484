package io.lockstep.core.client;

import io.lockstep.codecs.HotPath;
import io.lockstep.codecs.OutputFlags;
import io.lockstep.codecs.protocol.DeliveryGrade;
import io.lockstep.codecs.protocol.MessageHeaderDecoder;
import io.lockstep.codecs.protocol.OutputDecoder;
import org.agrona.DirectBuffer;

/** An output as a client gets it: its name, its input, and the body in place. Valid during the callback only. */
@HotPath
public final class Output {
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final OutputDecoder decoder = new OutputDecoder();

    void wrap(final DirectBuffer buffer, final int offset) {
        decoder.wrapAndApplyHeader(buffer, offset, header);
    }

    public long epoch() {
        return decoder.epoch();
    }

    /** Sequence of the entry that this is an output of. */
    public long inputSequence() {
        return decoder.inputSequence();
    }

    /** Place among the outputs of its input, from 0. */
    public int index() {
        return decoder.index();
    }

    /** Place among all outputs of the state machine, dense from 1. */
    public long outputSequence() {
        return decoder.outputSequence();
    }

    /** Time of the input, nanoseconds since the Unix epoch. */
    public long timeNs() {
        return decoder.timeNs();
    }

    /** For which session; 0 for everybody. */
    public long sessionId() {
        return decoder.sessionId();
    }

    /** Of the command this answers, if that came from the same session; else 0. */
    public long clientSequence() {
        return decoder.clientSequence();
    }

    public DeliveryGrade grade() {
        return decoder.grade();
    }

    /** Which replica's copy came first. */
    public int replicaId() {
        return decoder.replicaId();
    }

    /** Whether no further output of the same input follows. */
    public boolean isLast() {
        return (decoder.flags() & OutputFlags.LAST) != 0;
    }

    public DirectBuffer buffer() {
        return decoder.buffer();
    }

    /** Offset of the body in {@link #buffer()}, in bytes. */
    public int offset() {
        return decoder.limit() + OutputDecoder.bodyHeaderLength();
    }

    /** Length of the body in bytes. */
    public int length() {
        return decoder.bodyLength();
    }

    int flags() {
        return decoder.flags();
    }
}
