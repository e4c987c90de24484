package io.lockstep.core.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.codecs.protocol.MessageHeaderDecoder;
import io.lockstep.codecs.protocol.OutputDecoder;
import io.lockstep.core.fixture.Messages;
import io.lockstep.core.port.Publisher;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.agrona.DirectBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Random sizes, publishes and rewinds, against a list of everything ever emitted. */
class OutputLogPropertyTest implements Publisher {
    private static final int CAPACITY = 8 << 20;

    private final OutputLog log = new OutputLog(new ReplicaConfiguration(Messages.CLUSTER, 1, 1, CAPACITY, 1, 1, 0));
    private final List<Emitted> model = new ArrayList<>();
    private final OutputDecoder decoder = new OutputDecoder();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private int cursor; // in the model: what is to be published next
    private int budget;

    /** What an output must be when it leaves. */
    private record Emitted(long input, int length, byte fill) {}

    static LongStream seeds() {
        final Long seed = Long.getLong("seed");
        return seed == null ? LongStream.range(0, 20) : LongStream.of(seed);
    }

    @ParameterizedTest(name = "-Dseed={0}")
    @MethodSource("seeds")
    void publishesWhatAListWould(final long seed) {
        final Random random = new Random(seed);
        final int largest = 1 << (4 + random.nextInt(17));
        long input = 0;
        for (int step = 0; step < 2_000; step++) {
            final int dice = random.nextInt(20);
            if (dice == 0 && input > 0) {
                rewind(random, input);
            } else if (dice < 8) {
                budget = random.nextInt(12);
                log.publish(this, Integer.MAX_VALUE);
            } else if (dice == 8) {
                log.skipUnpublished();
                cursor = model.size();
            } else if (!log.isTight()) {
                input += 1 + random.nextInt(3);
                emit(random, input, largest);
            }
            assertEquals(cursor == model.size(), log.isDrained());
            assertEquals(model.size(), log.lastSequence());
        }
        budget = Integer.MAX_VALUE;
        log.publish(this, Integer.MAX_VALUE);
        assertTrue(log.isDrained());
        assertEquals(model.size(), cursor);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 8, 80, 88, 96})
    void anOutputNeverStraddlesTheEnd(final int left) {
        for (int i = 0; i < 8; i++) {
            final int length = (CAPACITY / 8) - decoderPrefix() - (i == 0 ? left : 0);
            log.begin(1, i + 1, 5, 2, 3);
            log.claim(2, length);
            model.add(new Emitted(i + 1, length, (byte) 0));
            log.end();
            budget = 1;
            log.publish(this, Integer.MAX_VALUE);
        }

        log.begin(1, 9, 5, 2, 3);
        final int at = log.claim(2, 16);

        assertEquals((left >= decoderPrefix() + 16 ? CAPACITY - left : 0) + decoderPrefix(), at);
    }

    private void emit(final Random random, final long input, final int largest) {
        log.begin(1, input, 5, 2, 3);
        final int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            final int length = random.nextInt(largest + 1);
            final byte fill = (byte) random.nextInt();
            final int at = log.claim(2, length);
            log.buffer().setMemory(at, length, fill);
            model.add(new Emitted(input, length, fill));
        }
        log.end();
    }

    private void rewind(final Random random, final long input) {
        final long from = 1 + random.nextLong(input + 2);
        final int wanted = first(from);
        final int oldest = oldestKept();
        final boolean complete = log.publishAgainFrom(from);
        assertEquals(wanted > oldest || oldest == 0, complete);
        cursor = Math.min(cursor, Math.max(wanted, oldest));
    }

    /** Place in the model of the first output at or after an input. */
    private int first(final long from) {
        int at = 0;
        while (at < model.size() && model.get(at).input < from) {
            at++;
        }
        return at;
    }

    /** What has not given way, worked out from the sizes alone. */
    private int oldestKept() {
        final long[] starts = new long[model.size()];
        long tail = 0;
        for (int i = 0; i < starts.length; i++) {
            final int length = (decoderPrefix() + model.get(i).length + 7) & ~7;
            final long untilEnd = CAPACITY - tail % CAPACITY;
            starts[i] = untilEnd < length ? tail + untilEnd : tail;
            tail = starts[i] + length;
        }
        int oldest = 0;
        while (oldest < starts.length && starts[oldest] < tail - CAPACITY) {
            oldest++;
        }
        return oldest;
    }

    private static int decoderPrefix() {
        return MessageHeaderDecoder.ENCODED_LENGTH + OutputDecoder.BLOCK_LENGTH + OutputDecoder.bodyHeaderLength();
    }

    @Override
    public long offer(final DirectBuffer buffer, final int offset, final int length) {
        if (budget-- <= 0) {
            return BACK_PRESSURED;
        }
        final Emitted expected = model.get(cursor++);
        decoder.wrapAndApplyHeader(buffer, offset, header);
        assertEquals(cursor, decoder.outputSequence());
        assertEquals(expected.input, decoder.inputSequence());
        assertEquals(expected.length, decoder.bodyLength());
        assertEquals(decoderPrefix() + expected.length, length);
        for (int i = 0; i < expected.length; i += 1 + expected.length / 16) {
            assertEquals(expected.fill, buffer.getByte(offset + decoderPrefix() + i));
        }
        return 1;
    }

    @Override
    public long offer(
            final DirectBuffer head,
            final int headerOffset,
            final int headerLength,
            final DirectBuffer body,
            final int bodyOffset,
            final int bodyLength) {
        throw new AssertionError("outputs lie in one piece");
    }
}
