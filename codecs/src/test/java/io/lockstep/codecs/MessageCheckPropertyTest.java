package io.lockstep.codecs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * Hostile bytes give a code, never an exception, never a read outside the message; what passes can be decoded to the
 * last byte. Run again with {@code -Dseed=…}, for longer with {@code -Dcases=…}.
 */
class MessageCheckPropertyTest {
    private static final long SEED = Long.getLong("seed", 20_260_101L);
    private static final int CASES = Integer.getInteger("cases", 1_000_000);
    private static final int SPACE = 128 * 1024;
    private static final int MARGIN = 100;

    @Test
    void protocolCheckHoldsAgainstAMillionHostileMessages() throws Exception {
        final Schema schema = Schema.read("lockstep-protocol.xml");
        new Campaign(schema, ProtocolCheck.INSTANCE).run(CASES);
    }

    @Test
    void checkOfALaterVersionHoldsToo() throws Exception {
        final Schema schema = Schema.read("lockstep-protocol-v2.xml");
        new Campaign(schema, SchemaShapes.check(schema)).run(CASES / 5);
    }

    private static final class Campaign {
        private final Schema schema;
        private final MessageCheck check;
        private final RandomMessage message;
        private final GeneratedDecoder[] decoders = new GeneratedDecoder[0x10000];
        private final int[] passed = new int[0x10000];
        private final int[] refused = new int[-MessageCheck.TRAILING_BYTES + 1];

        /** The message stands at the very end of these bytes, so that a read too far leaves the array. */
        private final byte[] atEnd = new byte[SPACE];

        private final UnsafeBuffer whole = new UnsafeBuffer(atEnd);
        private final UnsafeBuffer exact = new UnsafeBuffer(new byte[0]);

        /** The message stands in the midst of poison, behind a fence. */
        private final byte[] poison = new byte[SPACE];

        private final FencedBuffer fence = new FencedBuffer(new UnsafeBuffer(poison));

        Campaign(final Schema schema, final MessageCheck check) throws ReflectiveOperationException, IOException {
            this.schema = schema;
            this.check = check;
            message = new RandomMessage(schema);
            for (final Schema.Message each : schema.messages) {
                decoders[each.id()] = new GeneratedDecoder(schema, each);
            }
            Arrays.fill(atEnd, (byte) 0xFF);
        }

        void run(final int cases) {
            System.out.println(schema.packageName + ": seed=" + SEED + " cases=" + cases);
            for (int i = 0; i < cases; i++) {
                message.next(new SplittableRandom(SEED + i));
                try {
                    tryOne();
                } catch (final Throwable e) {
                    throw new AssertionError("seed=" + (SEED + i) + " cases=1 fails", e);
                }
            }
            report();
        }

        private void tryOne() throws Throwable {
            final int length = message.length;
            System.arraycopy(message.bytes, 0, atEnd, SPACE - length, length);
            exact.wrap(atEnd, SPACE - length, length);
            final int offset = MARGIN + (length & 7);
            System.arraycopy(message.bytes, 0, poison, offset, length);
            Arrays.fill(poison, 0, offset, (byte) length);
            Arrays.fill(poison, offset + length, offset + length + MARGIN, (byte) (length + 1));
            final DirectBuffer fenced = fence.fence(offset, length);

            final int result = check.check(exact, 0, length);

            assertEquals(result, check.check(whole, SPACE - length, length));
            assertEquals(result, check.check(fenced, offset, length));
            if (message.templateId > 0) {
                assertEquals(message.templateId, result);
            }
            if (result > 0) {
                passed[result]++;
                decode(result, exact, 0, length);
                decode(result, fenced, offset, length);
            } else {
                assertTrue(result < 0 && result >= MessageCheck.TRAILING_BYTES, "code " + result);
                refused[-result]++;
            }
        }

        private void decode(final int templateId, final DirectBuffer buffer, final int offset, final int length)
                throws Throwable {
            final int end = decoders[templateId].readAll(buffer, offset);
            final boolean newer = MessageCheck.u16(buffer, offset + 6) > schema.version;
            assertTrue(newer ? end <= offset + length : end == offset + length, "end " + end + " length " + length);
        }

        /** A campaign that never met some code or some template proves nothing about it. */
        private void report() {
            System.out.println("passed=" + Arrays.stream(passed).sum() + " refused by code="
                    + Arrays.toString(Arrays.copyOfRange(refused, 1, refused.length)));
            if (CASES >= 100_000) {
                for (final Schema.Message each : schema.messages) {
                    assertTrue(passed[each.id()] > 100, each.name());
                    assertTrue(decoders[each.id()].values() > 100, each.name());
                }
                for (int code = 1; code < refused.length; code++) {
                    assertTrue(refused[code] > 100, "code -" + code);
                }
            }
        }
    }
}
