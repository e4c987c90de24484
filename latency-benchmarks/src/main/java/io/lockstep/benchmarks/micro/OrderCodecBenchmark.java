package io.lockstep.benchmarks.micro;

import io.lockstep.codecs.ExchangeCheck;
import io.lockstep.codecs.exchange.MessageHeaderDecoder;
import io.lockstep.codecs.exchange.MessageHeaderEncoder;
import io.lockstep.codecs.exchange.NewOrderDecoder;
import io.lockstep.codecs.exchange.NewOrderEncoder;
import io.lockstep.codecs.exchange.OrderType;
import io.lockstep.codecs.exchange.SelfTradePrevention;
import io.lockstep.codecs.exchange.Side;
import io.lockstep.codecs.exchange.TimeInForce;
import io.lockstep.codecs.exchange.YesNo;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The body of a new order: its fields written, and checked and read. One thread, the same bytes again and again. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class OrderCodecBenchmark {
    private static final int LENGTH = MessageHeaderEncoder.ENCODED_LENGTH + NewOrderEncoder.BLOCK_LENGTH;

    private final UnsafeBuffer body = new UnsafeBuffer(new byte[LENGTH]);
    private final MessageHeaderEncoder headerEncoder = new MessageHeaderEncoder();
    private final MessageHeaderDecoder headerDecoder = new MessageHeaderDecoder();
    private final NewOrderEncoder encoder = new NewOrderEncoder();
    private final NewOrderDecoder decoder = new NewOrderDecoder();
    private long orderId;

    /** Makes the order that is then read. */
    public OrderCodecBenchmark() {
        encode();
    }

    /** Writes all fields; the order's id. */
    @Benchmark
    public long encode() {
        orderId++;
        encoder.wrapAndApplyHeader(body, 0, headerEncoder)
                .orderId(orderId)
                .priceTicks(50_000)
                .quantityLots(100)
                .ownerId(1)
                .symbolId(1)
                .side(Side.BUY)
                .orderType(OrderType.LIMIT)
                .timeInForce(TimeInForce.GTC)
                .postOnly(YesNo.NO)
                .selfTradePrevention(SelfTradePrevention.NONE);
        return orderId;
    }

    /**
     * Checks that the bytes are a message of the schema, with known values, and reads all fields; 0 if they are not.
     */
    @Benchmark
    public long checkAndDecode() {
        if (ExchangeCheck.INSTANCE.check(body, 0, LENGTH) != NewOrderDecoder.TEMPLATE_ID) {
            return 0;
        }
        decoder.wrapAndApplyHeader(body, 0, headerDecoder);
        return decoder.orderId()
                + decoder.priceTicks()
                + decoder.quantityLots()
                + decoder.ownerId()
                + decoder.symbolId()
                + decoder.side().value()
                + decoder.orderType().value()
                + decoder.timeInForce().value()
                + decoder.postOnly().value()
                + decoder.selfTradePrevention().value();
    }
}
