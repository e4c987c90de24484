package io.lockstep.codecs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lockstep.codecs.protocol.EntryKind;
import io.lockstep.codecs.protocol.EpochStartEncoder;
import io.lockstep.codecs.protocol.MessageHeaderEncoder;
import java.nio.ByteBuffer;
import java.util.function.IntConsumer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class CodecAllocationTest {
    private static final int RUNS = 1_000_000;
    private static final int BODY_LENGTH = 64;
    private static final int LENGTH = EntryFrame.HEADER_LENGTH + BODY_LENGTH;

    private final EntryWriter writer = new EntryWriter();
    private final EntryReader reader = new EntryReader();
    private final UnsafeBuffer body = new UnsafeBuffer(new byte[BODY_LENGTH]);
    private final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(256));
    private long sum;

    @Test
    void writingAnEntryAllocatesNothing() {
        assertAllocatesNothing(this::write);
    }

    @Test
    void readingAnEntryAllocatesNothing() {
        write(1);
        assertAllocatesNothing(this::read);
    }

    @Test
    void checkingAMessageAllocatesNothing() {
        final UnsafeBuffer start = new UnsafeBuffer(new byte[128]);
        final EpochStartEncoder encoder = new EpochStartEncoder();
        encoder.wrapAndApplyHeader(start, 0, new MessageHeaderEncoder()).archivesCount(3);
        final int startLength = 8 + EpochStartEncoder.BLOCK_LENGTH + 16;
        assertEquals(EpochStartEncoder.TEMPLATE_ID, ProtocolCheck.INSTANCE.check(start, 0, startLength));
        write(1);

        // Good and bad, long and cut short.
        assertAllocatesNothing(run -> {
            sum += ProtocolCheck.INSTANCE.check(start, 0, startLength - (run & 1));
            sum += ProtocolCheck.INSTANCE.check(buffer, 0, LENGTH + (run & 3));
        });
    }

    @Test
    void checksumsAllocateNothing() {
        write(1);
        assertAllocatesNothing(run -> {
            sum += EntryFrame.isIntact(buffer, 0, LENGTH) ? 1 : 0;
            sum += EntryFrame.crc32c(writer.header(), 0, body, 0, run & 63);
            EntryFrame.seal(buffer, 0, LENGTH);
        });
    }

    private void write(final int run) {
        sum += writer.writeEntry(
                buffer, 0, 1, run, run, 3, 4, run, 5, EntryKind.COMMAND, body, 0, BODY_LENGTH);
    }

    private void read(final int run) {
        reader.wrap(buffer, 0);
        sum += reader.epoch() + reader.sequence() + reader.timeNs() + reader.sessionId() + reader.incarnation();
        sum += reader.clientSequence() + reader.clusterId() + reader.kindRaw() + reader.crc32c();
        sum += reader.bodyOffset() + reader.bodyLength() + reader.kind().value() + run;
    }

    private static void assertAllocatesNothing(final IntConsumer action) {
        assertEquals(0, AllocationMeter.allocatedBytes(RUNS, action));
    }
}
