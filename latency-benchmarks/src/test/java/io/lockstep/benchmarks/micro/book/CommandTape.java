package io.lockstep.benchmarks.micro.book;

import io.lockstep.codecs.exchange.CancelOrderEncoder;
import io.lockstep.codecs.exchange.MassCancelEncoder;
import io.lockstep.codecs.exchange.MessageHeaderEncoder;
import io.lockstep.codecs.exchange.NewOrderEncoder;
import io.lockstep.codecs.exchange.OrderType;
import io.lockstep.codecs.exchange.ReduceOrderEncoder;
import io.lockstep.codecs.exchange.ReplaceOrderEncoder;
import io.lockstep.codecs.exchange.SelfTradePrevention;
import io.lockstep.codecs.exchange.Side;
import io.lockstep.codecs.exchange.TimeInForce;
import io.lockstep.codecs.exchange.YesNo;
import io.lockstep.matching.flow.FlowCommand;
import io.lockstep.matching.flow.FlowEncoder;
import io.lockstep.matching.flow.FlowSource;
import java.util.Arrays;
import org.agrona.BitUtil;
import org.agrona.ExpandableArrayBuffer;

/** Commands as bytes, one behind the other, to be sent again and again. */
final class CommandTape {
    private static final int HEADER_LENGTH = MessageHeaderEncoder.ENCODED_LENGTH;

    private final ExpandableArrayBuffer bytes = new ExpandableArrayBuffer();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private int[] lengths = new int[1024];
    private int count;
    private int end;

    /** Sends all of them; answers how many outputs there were. */
    long sendTo(final BookSubject subject) {
        long outputs = 0;
        int offset = 0;
        for (int i = 0; i < count; i++) {
            outputs += subject.send(bytes, offset, lengths[i]);
            offset += BitUtil.align(lengths[i], Long.BYTES);
        }
        return outputs;
    }

    int count() {
        return count;
    }

    /** Adds a whole flow and closes it. */
    CommandTape flow(final FlowSource flow) {
        final FlowEncoder encoder = new FlowEncoder(BookSubject.SYMBOL);
        final FlowCommand row = new FlowCommand();
        try (flow) {
            while (flow.next(row)) {
                bytes.checkLimit(end + FlowEncoder.MAX_LENGTH);
                added(encoder.encode(row, bytes, end));
            }
        }
        return this;
    }

    void order(final long id, final Side side, final long price, final long lots, final TimeInForce timeInForce) {
        new NewOrderEncoder()
                .wrapAndApplyHeader(bytes, end, header)
                .orderId(id)
                .priceTicks(price)
                .quantityLots(lots)
                .ownerId(0)
                .symbolId(BookSubject.SYMBOL.id())
                .side(side)
                .orderType(OrderType.LIMIT)
                .timeInForce(timeInForce)
                .postOnly(YesNo.NO)
                .selfTradePrevention(SelfTradePrevention.NONE);
        added(HEADER_LENGTH + NewOrderEncoder.BLOCK_LENGTH);
    }

    void cancel(final long id) {
        new CancelOrderEncoder().wrapAndApplyHeader(bytes, end, header).orderId(id);
        added(HEADER_LENGTH + CancelOrderEncoder.BLOCK_LENGTH);
    }

    void reduce(final long id, final long lots) {
        new ReduceOrderEncoder().wrapAndApplyHeader(bytes, end, header).orderId(id).cutLots(lots);
        added(HEADER_LENGTH + ReduceOrderEncoder.BLOCK_LENGTH);
    }

    void replace(final long id, final long price, final long lots) {
        new ReplaceOrderEncoder()
                .wrapAndApplyHeader(bytes, end, header)
                .orderId(id)
                .priceTicks(price)
                .openLots(lots)
                .postOnly(YesNo.NO)
                .selfTradePrevention(SelfTradePrevention.NONE);
        added(HEADER_LENGTH + ReplaceOrderEncoder.BLOCK_LENGTH);
    }

    void massCancel() {
        new MassCancelEncoder().wrapAndApplyHeader(bytes, end, header).symbolId(BookSubject.SYMBOL.id());
        added(HEADER_LENGTH + MassCancelEncoder.BLOCK_LENGTH);
    }

    private void added(final int length) {
        if (count == lengths.length) {
            lengths = Arrays.copyOf(lengths, 2 * count);
        }
        lengths[count++] = length;
        end = BitUtil.align(end + length, Long.BYTES);
    }
}
