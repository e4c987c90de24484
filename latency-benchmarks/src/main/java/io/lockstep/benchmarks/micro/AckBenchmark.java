package io.lockstep.benchmarks.micro;

import io.lockstep.codecs.ProtocolCheck;
import io.lockstep.codecs.protocol.AckDecoder;
import io.lockstep.codecs.protocol.AckEncoder;
import io.lockstep.codecs.protocol.ArchiveState;
import io.lockstep.codecs.protocol.MessageHeaderDecoder;
import io.lockstep.codecs.protocol.MessageHeaderEncoder;
import io.lockstep.core.epoch.ArchiveSet;
import io.lockstep.core.epoch.CommitTracker;
import io.lockstep.core.epoch.Quorum;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Counting acknowledgements into a commit position. The archives take turns, and each is ahead of what it said before,
 * which is the dearest case: none is dropped early. One operation is one acknowledgement.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class AckBenchmark {
    private static final int EPOCH = 1;
    private static final int STEP = 136;
    private static final int RECORDED_AT =
            MessageHeaderEncoder.ENCODED_LENGTH + AckEncoder.recordedPositionEncodingOffset();
    private static final int SYNCED_AT =
            MessageHeaderEncoder.ENCODED_LENGTH + AckEncoder.syncedPositionEncodingOffset();

    /** How many archives there are. */
    @Param({"1", "3", "5"})
    public int archives;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final AckDecoder ack = new AckDecoder();
    private UnsafeBuffer[] messages;
    private Quorum quorum;
    private CommitTracker tracker;
    private int turn;
    private long position;

    /** Makes one acknowledgement of each archive. */
    @Setup
    public void start() {
        final ArchiveSet set =
                ArchiveSet.of(IntStream.rangeClosed(1, archives).toArray());
        quorum = new Quorum(set);
        tracker = new CommitTracker(set);
        tracker.start(EPOCH);
        messages = new UnsafeBuffer[archives];
        for (int i = 0; i < archives; i++) {
            messages[i] = new UnsafeBuffer(
                    new byte[MessageHeaderEncoder.ENCODED_LENGTH + AckEncoder.BLOCK_LENGTH]);
            new AckEncoder()
                    .wrapAndApplyHeader(messages[i], 0, new MessageHeaderEncoder())
                    .clusterId(SequencerBenchmark.CLUSTER)
                    .archiveId(set.id(i))
                    .archiveIncarnation(1)
                    .epoch(EPOCH)
                    .recordedPosition(0)
                    .syncedPosition(0)
                    .state(ArchiveState.RECORDING);
        }
    }

    /** One position into one quorum; what the quorum has reached. */
    @Benchmark
    public long quorum() {
        quorum.onPosition(next() + 1, position);
        return quorum.reached();
    }

    /** A whole message: check, decode, and count what is recorded and what is synced; what is committed. */
    @Benchmark
    public long commitTracker() {
        final UnsafeBuffer message = messages[next()];
        message.putLong(RECORDED_AT, position, ByteOrder.LITTLE_ENDIAN);
        message.putLong(SYNCED_AT, position, ByteOrder.LITTLE_ENDIAN);
        if (ProtocolCheck.INSTANCE.check(message, 0, message.capacity()) == AckDecoder.TEMPLATE_ID) {
            tracker.onAck(ack.wrapAndApplyHeader(message, 0, header));
        }
        return tracker.recordedPosition();
    }

    private int next() {
        position += STEP;
        turn = turn + 1 == archives ? 0 : turn + 1;
        return turn;
    }
}
