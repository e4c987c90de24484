package io.lockstep.codecs;

import io.lockstep.codecs.MessageShape.EnumRule;
import io.lockstep.codecs.exchange.BookTopEncoder;
import io.lockstep.codecs.exchange.CancelOrderEncoder;
import io.lockstep.codecs.exchange.CommandRejectedEncoder;
import io.lockstep.codecs.exchange.ExecutionEncoder;
import io.lockstep.codecs.exchange.LevelChangedEncoder;
import io.lockstep.codecs.exchange.MassCancelEncoder;
import io.lockstep.codecs.exchange.MassCancelledEncoder;
import io.lockstep.codecs.exchange.MessageHeaderEncoder;
import io.lockstep.codecs.exchange.NewOrderEncoder;
import io.lockstep.codecs.exchange.OrderAcceptedEncoder;
import io.lockstep.codecs.exchange.OrderCancelledEncoder;
import io.lockstep.codecs.exchange.OrderReducedEncoder;
import io.lockstep.codecs.exchange.OrderReplacedEncoder;
import io.lockstep.codecs.exchange.ReduceOrderEncoder;
import io.lockstep.codecs.exchange.ReplaceOrderEncoder;

/** The check that stands in front of every decoder of the exchange schema. */
public final class ExchangeCheck {
    /** The one instance; see {@link MessageCheck#check}. */
    public static final MessageCheck INSTANCE =
            new MessageCheck(MessageHeaderEncoder.SCHEMA_ID, MessageHeaderEncoder.SCHEMA_VERSION, shapes());

    private static final int REASONS = 6;
    private static final int REJECT_CODES = 14;

    private ExchangeCheck() {}

    private static MessageShape[] shapes() {
        final MessageShape[] shapes = new MessageShape[LevelChangedEncoder.TEMPLATE_ID + 1];
        commands(shapes);
        outputs(shapes);
        return shapes;
    }

    private static void commands(final MessageShape[] shapes) {
        shapes[NewOrderEncoder.TEMPLATE_ID] = MessageShape.block(
                NewOrderEncoder.BLOCK_LENGTH,
                new EnumRule(NewOrderEncoder.sideEncodingOffset(), 1, 2),
                new EnumRule(NewOrderEncoder.orderTypeEncodingOffset(), 1, 2),
                new EnumRule(NewOrderEncoder.timeInForceEncodingOffset(), 1, 3),
                new EnumRule(NewOrderEncoder.postOnlyEncodingOffset(), 1, 2),
                new EnumRule(NewOrderEncoder.selfTradePreventionEncodingOffset(), 1, 4));
        shapes[CancelOrderEncoder.TEMPLATE_ID] = MessageShape.block(CancelOrderEncoder.BLOCK_LENGTH);
        shapes[ReduceOrderEncoder.TEMPLATE_ID] = MessageShape.block(ReduceOrderEncoder.BLOCK_LENGTH);
        shapes[ReplaceOrderEncoder.TEMPLATE_ID] = MessageShape.block(
                ReplaceOrderEncoder.BLOCK_LENGTH,
                new EnumRule(ReplaceOrderEncoder.postOnlyEncodingOffset(), 1, 2),
                new EnumRule(ReplaceOrderEncoder.selfTradePreventionEncodingOffset(), 1, 4));
        shapes[MassCancelEncoder.TEMPLATE_ID] = MessageShape.block(MassCancelEncoder.BLOCK_LENGTH);
    }

    private static void outputs(final MessageShape[] shapes) {
        shapes[OrderAcceptedEncoder.TEMPLATE_ID] = MessageShape.block(
                OrderAcceptedEncoder.BLOCK_LENGTH,
                new EnumRule(OrderAcceptedEncoder.stateEncodingOffset(), 1, 3),
                new EnumRule(OrderAcceptedEncoder.reasonEncodingOffset(), 1, REASONS));
        shapes[CommandRejectedEncoder.TEMPLATE_ID] = MessageShape.block(
                CommandRejectedEncoder.BLOCK_LENGTH,
                new EnumRule(CommandRejectedEncoder.codeEncodingOffset(), 1, REJECT_CODES));
        shapes[ExecutionEncoder.TEMPLATE_ID] = MessageShape.block(
                ExecutionEncoder.BLOCK_LENGTH,
                new EnumRule(ExecutionEncoder.takerSideEncodingOffset(), 1, 2),
                new EnumRule(ExecutionEncoder.recipientEncodingOffset(), 1, 3));
        shapes[OrderCancelledEncoder.TEMPLATE_ID] = MessageShape.block(
                OrderCancelledEncoder.BLOCK_LENGTH,
                new EnumRule(OrderCancelledEncoder.reasonEncodingOffset(), 1, REASONS));
        shapes[OrderReducedEncoder.TEMPLATE_ID] = MessageShape.block(
                OrderReducedEncoder.BLOCK_LENGTH,
                new EnumRule(OrderReducedEncoder.reasonEncodingOffset(), 1, REASONS));
        shapes[OrderReplacedEncoder.TEMPLATE_ID] = MessageShape.block(
                OrderReplacedEncoder.BLOCK_LENGTH,
                new EnumRule(OrderReplacedEncoder.stateEncodingOffset(), 1, 3),
                new EnumRule(OrderReplacedEncoder.reasonEncodingOffset(), 1, REASONS),
                new EnumRule(OrderReplacedEncoder.keptPriorityEncodingOffset(), 1, 2));
        shapes[MassCancelledEncoder.TEMPLATE_ID] = MessageShape.block(MassCancelledEncoder.BLOCK_LENGTH);
        shapes[BookTopEncoder.TEMPLATE_ID] = MessageShape.block(BookTopEncoder.BLOCK_LENGTH);
        shapes[LevelChangedEncoder.TEMPLATE_ID] = MessageShape.block(
                LevelChangedEncoder.BLOCK_LENGTH, new EnumRule(LevelChangedEncoder.sideEncodingOffset(), 1, 2));
    }
}
