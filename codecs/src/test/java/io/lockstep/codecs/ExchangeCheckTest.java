package io.lockstep.codecs;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.codecs.exchange.CommandRejectedEncoder;
import io.lockstep.codecs.exchange.ExecutionEncoder;
import io.lockstep.codecs.exchange.MessageHeaderEncoder;
import io.lockstep.codecs.exchange.NewOrderEncoder;
import io.lockstep.codecs.exchange.OrderCancelledEncoder;
import io.lockstep.codecs.exchange.OrderType;
import io.lockstep.codecs.exchange.Reason;
import io.lockstep.codecs.exchange.RejectCode;
import io.lockstep.codecs.exchange.SelfTradePrevention;
import io.lockstep.codecs.exchange.Side;
import io.lockstep.codecs.exchange.TimeInForce;
import io.lockstep.codecs.exchange.YesNo;
import java.util.HexFormat;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

final class ExchangeCheckTest {
    private static final int HEADER = MessageHeaderEncoder.ENCODED_LENGTH;
    private static final int LENGTH = HEADER + NewOrderEncoder.BLOCK_LENGTH;
    private static final int FUZZ_CASES = 300_000;

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[256]);

    @Test
    void pinsTheBytesOfAnOrder() {
        order(0);
        final byte[] bytes = new byte[LENGTH];
        buffer.getBytes(0, bytes);

        assertEquals(
                "29000100c7020100" + "1500000000000000" + "60ea000000000000" + "6400000000000000"
                        + "4d00000000000000" + "07000000" + "02" + "01" + "03" + "01" + "04",
                HexFormat.of().formatHex(bytes));
    }

    @Test
    void acceptsAnOrderAndRefusesEveryWrongPartOfIt() {
        order(16);
        assertEquals(NewOrderEncoder.TEMPLATE_ID, check(16, LENGTH));

        assertEquals(MessageCheck.TRUNCATED, check(16, LENGTH - 1));
        assertEquals(MessageCheck.TRAILING_BYTES, check(16, LENGTH + 1));
        assertEquals(MessageCheck.TRUNCATED, check(16, 0));
        for (final int field : new int[] {
            NewOrderEncoder.sideEncodingOffset(),
            NewOrderEncoder.orderTypeEncodingOffset(),
            NewOrderEncoder.timeInForceEncodingOffset(),
            NewOrderEncoder.postOnlyEncodingOffset(),
            NewOrderEncoder.selfTradePreventionEncodingOffset()
        }) {
            for (final int wrong : new int[] {0, 5, 127, 128, 255}) {
                order(16);
                buffer.putByte(16 + HEADER + field, (byte) wrong);
                assertEquals(MessageCheck.BAD_ENUM, check(16, LENGTH), "field at " + field + " value " + wrong);
            }
        }
        order(16);
        buffer.putShort(16 + 4, (short) 710, LITTLE_ENDIAN);
        assertEquals(MessageCheck.UNKNOWN_SCHEMA, check(16, LENGTH));
        order(16);
        buffer.putShort(16 + 2, (short) 6, LITTLE_ENDIAN);
        assertEquals(MessageCheck.UNKNOWN_TEMPLATE, check(16, LENGTH));
    }

    @Test
    void acceptsEveryReasonAndRejectCodeThatTheSchemaHas() {
        for (final RejectCode code : RejectCode.values()) {
            if (code != RejectCode.NULL_VAL) {
                new CommandRejectedEncoder().wrapAndApplyHeader(buffer, 0, header).code(code);
                assertEquals(
                        CommandRejectedEncoder.TEMPLATE_ID,
                        check(0, HEADER + CommandRejectedEncoder.BLOCK_LENGTH),
                        code.name());
            }
        }
        for (final Reason reason : Reason.values()) {
            if (reason != Reason.NULL_VAL) {
                new OrderCancelledEncoder().wrapAndApplyHeader(buffer, 0, header).reason(reason);
                assertEquals(
                        OrderCancelledEncoder.TEMPLATE_ID,
                        check(0, HEADER + OrderCancelledEncoder.BLOCK_LENGTH),
                        reason.name());
            }
        }
    }

    @Test
    void readsAnOrderOfALaterVersion() {
        order(0);
        buffer.putShort(0, (short) (NewOrderEncoder.BLOCK_LENGTH + 8), LITTLE_ENDIAN);
        assertEquals(MessageCheck.BAD_BLOCK_LENGTH, check(0, LENGTH + 8));
        buffer.putShort(6, (short) 2, LITTLE_ENDIAN);
        assertEquals(NewOrderEncoder.TEMPLATE_ID, check(0, LENGTH + 8));
    }

    @Test
    void neverThrowsAndNeverReadsOutside() {
        final long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("ExchangeCheckTest seed=" + seed);
        final Random random = new Random(seed);
        final byte[] bytes = new byte[HEADER + ExecutionEncoder.BLOCK_LENGTH];
        int accepted = 0;
        for (int i = 0; i < FUZZ_CASES; i++) {
            order(0);
            buffer.getBytes(0, bytes);
            for (int flips = random.nextInt(4); flips > 0; flips--) {
                bytes[random.nextInt(random.nextBoolean() ? HEADER : bytes.length)] = (byte) random.nextInt(32);
            }
            // The buffer ends where the message ends, so that reading on would throw.
            final int length = random.nextBoolean() ? LENGTH : random.nextInt(bytes.length + 1);
            final int code = ExchangeCheck.INSTANCE.check(new UnsafeBuffer(bytes, 0, length), 0, length);
            assertTrue(code >= MessageCheck.TRAILING_BYTES && code != 0, "seed=" + seed + " code=" + code);
            accepted += code > 0 ? 1 : 0;
        }
        assertTrue(accepted > FUZZ_CASES / 20, "accepted: " + accepted);
    }

    private int check(final int offset, final int length) {
        return ExchangeCheck.INSTANCE.check(buffer, offset, length);
    }

    private void order(final int offset) {
        new NewOrderEncoder()
                .wrapAndApplyHeader(buffer, offset, header)
                .orderId(21)
                .priceTicks(60_000)
                .quantityLots(100)
                .ownerId(77)
                .symbolId(7)
                .side(Side.SELL)
                .orderType(OrderType.LIMIT)
                .timeInForce(TimeInForce.FOK)
                .postOnly(YesNo.NO)
                .selfTradePrevention(SelfTradePrevention.DECREMENT);
    }
}
