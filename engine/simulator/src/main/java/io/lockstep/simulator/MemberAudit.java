package io.lockstep.simulator;

import io.lockstep.codecs.MessageCheck;
import io.lockstep.codecs.ProtocolCheck;
import io.lockstep.codecs.protocol.AckDecoder;
import io.lockstep.codecs.protocol.MessageHeaderDecoder;
import io.lockstep.codecs.protocol.SealedDecoder;
import io.lockstep.core.port.Publisher;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Listens to what an archive's member says, and holds it against what the archive has said before, in whatever process:
 * what it has answered to be sealed it never acknowledges again, and it acknowledges nothing of an epoch while the ones
 * before do not end where they were decided to end.
 */
final class MemberAudit implements Publisher {
    private final MessageCheck check = ProtocolCheck.INSTANCE;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final SealedDecoder sealed = new SealedDecoder();
    private final AckDecoder ack = new AckDecoder();
    private final UnsafeBuffer whole = new UnsafeBuffer(new byte[0]);
    private final Simulation sim;
    private final ArchiveProcess archive;
    private Publisher control;
    private long promisedSeal;
    private long closedBelow;

    MemberAudit(final Simulation sim, final ArchiveProcess archive) {
        this.sim = sim;
        this.archive = archive;
    }

    /** The archive's next process speaks through another stream; what the ones before promised stays. */
    MemberAudit over(final Publisher stream) {
        control = stream;
        closedBelow = 0;
        return this;
    }

    @Override
    public long offer(final DirectBuffer buffer, final int offset, final int length) {
        final long result = control.offer(buffer, offset, length);
        if (result > 0) {
            onSaid(buffer, offset, length);
        }
        return result;
    }

    @Override
    public long offer(
            final DirectBuffer head,
            final int headOffset,
            final int headLength,
            final DirectBuffer body,
            final int bodyOffset,
            final int bodyLength) {
        final byte[] bytes = new byte[headLength + bodyLength];
        head.getBytes(headOffset, bytes, 0, headLength);
        body.getBytes(bodyOffset, bytes, headLength, bodyLength);
        whole.wrap(bytes);
        return offer(whole, 0, bytes.length);
    }

    private void onSaid(final DirectBuffer buffer, final int offset, final int length) {
        switch (check.check(buffer, offset, length)) {
            case SealedDecoder.TEMPLATE_ID -> {
                sealed.wrapAndApplyHeader(buffer, offset, header);
                promisedSeal = Math.max(promisedSeal, sealed.sealedEpoch());
            }
            case AckDecoder.TEMPLATE_ID -> {
                ack.wrapAndApplyHeader(buffer, offset, header);
                onAck(ack.epoch());
            }
            default -> {
                // Nothing that binds.
            }
        }
    }

    private void onAck(final long epoch) {
        if (epoch <= promisedSeal) {
            throw new SimulationFailure("archive " + archive.id() + " acknowledges epoch " + epoch
                    + " although it has answered to be sealed up to " + promisedSeal);
        }
        for (long before = Math.max(1, closedBelow); before < epoch; before++) {
            final long end = sim.invariants().decidedEnd(before);
            final long held = archive.disk().recordedPosition(before);
            if (held != end) {
                throw new SimulationFailure("archive " + archive.id() + " acknowledges epoch " + epoch
                        + " while it holds " + held + " of epoch " + before + ", which ends at " + end);
            }
        }
        closedBelow = Math.max(closedBelow, epoch);
    }
}
