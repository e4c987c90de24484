package io.lockstep.tools.log;

import io.lockstep.archive.log.EntryText;
import io.lockstep.codecs.ExchangeCheck;
import io.lockstep.codecs.exchange.CancelOrderDecoder;
import io.lockstep.codecs.exchange.MassCancelDecoder;
import io.lockstep.codecs.exchange.MessageHeaderDecoder;
import io.lockstep.codecs.exchange.NewOrderDecoder;
import io.lockstep.codecs.exchange.ReduceOrderDecoder;
import io.lockstep.codecs.exchange.ReplaceOrderDecoder;
import org.agrona.DirectBuffer;

/** Shows commands of the reference exchange, as {@code NewOrder orderId=7 …} or as a JSON object. */
final class ExchangeBodyText implements EntryText.BodyDecoder {
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final NewOrderDecoder newOrder = new NewOrderDecoder();
    private final CancelOrderDecoder cancel = new CancelOrderDecoder();
    private final ReduceOrderDecoder reduce = new ReduceOrderDecoder();
    private final ReplaceOrderDecoder replace = new ReplaceOrderDecoder();
    private final MassCancelDecoder massCancel = new MassCancelDecoder();

    @Override
    public boolean append(
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final boolean isJson,
            final StringBuilder out) {
        final Fields fields = new Fields(isJson, out);
        switch (ExchangeCheck.INSTANCE.check(buffer, offset, length)) {
            case NewOrderDecoder.TEMPLATE_ID -> appendNew(fields, buffer, offset);
            case CancelOrderDecoder.TEMPLATE_ID -> {
                cancel.wrapAndApplyHeader(buffer, offset, header);
                fields.begin("CancelOrder").number("orderId", cancel.orderId());
            }
            case ReduceOrderDecoder.TEMPLATE_ID -> {
                reduce.wrapAndApplyHeader(buffer, offset, header);
                fields.begin("ReduceOrder")
                        .number("orderId", reduce.orderId())
                        .number("cutLots", reduce.cutLots());
            }
            case ReplaceOrderDecoder.TEMPLATE_ID -> {
                replace.wrapAndApplyHeader(buffer, offset, header);
                fields.begin("ReplaceOrder")
                        .number("orderId", replace.orderId())
                        .number("priceTicks", replace.priceTicks())
                        .number("openLots", replace.openLots())
                        .word("postOnly", replace.postOnly())
                        .word("selfTradePrevention", replace.selfTradePrevention());
            }
            case MassCancelDecoder.TEMPLATE_ID -> {
                massCancel.wrapAndApplyHeader(buffer, offset, header);
                fields.begin("MassCancel").number("symbolId", massCancel.symbolId());
            }
            default -> {
                return false;
            }
        }
        fields.end();
        return true;
    }

    private void appendNew(final Fields fields, final DirectBuffer buffer, final int offset) {
        newOrder.wrapAndApplyHeader(buffer, offset, header);
        fields.begin("NewOrder")
                .number("orderId", newOrder.orderId())
                .number("symbolId", newOrder.symbolId())
                .word("side", newOrder.side())
                .number("priceTicks", newOrder.priceTicks())
                .number("quantityLots", newOrder.quantityLots())
                .word("orderType", newOrder.orderType())
                .word("timeInForce", newOrder.timeInForce())
                .word("postOnly", newOrder.postOnly())
                .word("selfTradePrevention", newOrder.selfTradePrevention())
                .number("ownerId", newOrder.ownerId());
    }

    /** Names and values in one of two forms. */
    private record Fields(boolean isJson, StringBuilder out) {
        Fields begin(final String message) {
            out.append(isJson ? "{\"message\":\"" + message + "\"" : message);
            return this;
        }

        Fields number(final String name, final long value) {
            return field(name, Long.toString(value));
        }

        Fields word(final String name, final Enum<?> value) {
            return field(name, isJson ? "\"" + value.name() + "\"" : value.name());
        }

        void end() {
            if (isJson) {
                out.append('}');
            }
        }

        private Fields field(final String name, final String value) {
            out.append(isJson ? ",\"" + name + "\":" : " " + name + "=").append(value);
            return this;
        }
    }
}
