package io.lockstep.matching.flow;

import io.lockstep.codecs.exchange.CancelOrderEncoder;
import io.lockstep.codecs.exchange.MessageHeaderEncoder;
import io.lockstep.codecs.exchange.NewOrderEncoder;
import io.lockstep.codecs.exchange.OrderType;
import io.lockstep.codecs.exchange.ReduceOrderEncoder;
import io.lockstep.codecs.exchange.SelfTradePrevention;
import io.lockstep.codecs.exchange.TimeInForce;
import io.lockstep.codecs.exchange.YesNo;
import io.lockstep.matching.Symbol;
import org.agrona.MutableDirectBuffer;

/** Turns rows of a flow into bodies of commands for one symbol: money into ticks, units into lots. */
public final class FlowEncoder {
    /** Room that any body fits in, in bytes. */
    public static final int MAX_LENGTH = MessageHeaderEncoder.ENCODED_LENGTH + NewOrderEncoder.BLOCK_LENGTH;

    private final Symbol symbol;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final NewOrderEncoder newOrder = new NewOrderEncoder();
    private final CancelOrderEncoder cancelOrder = new CancelOrderEncoder();
    private final ReduceOrderEncoder reduceOrder = new ReduceOrderEncoder();

    /**
     * An encoder for a symbol.
     *
     * @param symbol that the flow is of
     */
    public FlowEncoder(final Symbol symbol) {
        this.symbol = symbol;
    }

    /**
     * Writes the body of a command.
     *
     * @param command to write
     * @param buffer with room for {@link #MAX_LENGTH} bytes
     * @param offset of the body
     * @return its length in bytes
     * @throws FlowException if the price is not of whole ticks or the quantity not of whole lots
     */
    public int encode(final FlowCommand command, final MutableDirectBuffer buffer, final int offset) {
        return switch (command.kind()) {
            case CANCEL -> {
                cancelOrder.wrapAndApplyHeader(buffer, offset, header).orderId(command.orderId());
                yield MessageHeaderEncoder.ENCODED_LENGTH + CancelOrderEncoder.BLOCK_LENGTH;
            }
            case REDUCE -> {
                reduceOrder
                        .wrapAndApplyHeader(buffer, offset, header)
                        .orderId(command.orderId())
                        .cutLots(lots(command));
                yield MessageHeaderEncoder.ENCODED_LENGTH + ReduceOrderEncoder.BLOCK_LENGTH;
            }
            case IOC -> encodeOrder(command, TimeInForce.IOC, buffer, offset);
            default -> encodeOrder(command, TimeInForce.GTC, buffer, offset);
        };
    }

    private int encodeOrder(
            final FlowCommand command,
            final TimeInForce timeInForce,
            final MutableDirectBuffer buffer,
            final int offset) {
        newOrder.wrapAndApplyHeader(buffer, offset, header)
                .orderId(command.orderId())
                .priceTicks(ticks(command))
                .quantityLots(lots(command))
                .ownerId(0)
                .symbolId(symbol.id())
                .side(command.side())
                .orderType(OrderType.LIMIT)
                .timeInForce(timeInForce)
                .postOnly(YesNo.NO)
                .selfTradePrevention(SelfTradePrevention.NONE);
        return MessageHeaderEncoder.ENCODED_LENGTH + NewOrderEncoder.BLOCK_LENGTH;
    }

    private long ticks(final FlowCommand command) {
        final long ticks = command.price1e4() / symbol.tickPrice1e4();
        if (ticks * symbol.tickPrice1e4() != command.price1e4()) {
            throw new FlowException("seq " + command.seq() + ": price " + command.price1e4()
                    + " is not of whole ticks of " + symbol.tickPrice1e4() + "; give the symbol a smaller tick");
        }
        return ticks;
    }

    private long lots(final FlowCommand command) {
        final long lots = command.quantity() / symbol.lotUnits();
        if (lots * symbol.lotUnits() != command.quantity()) {
            throw new FlowException("seq " + command.seq() + ": quantity " + command.quantity()
                    + " is not of whole lots of " + symbol.lotUnits() + "; give the symbol a smaller lot");
        }
        return lots;
    }
}
