package io.lockstep.benchmarks.micro;

import io.lockstep.codecs.EntryFrame;
import io.lockstep.codecs.EntryWriter;
import io.lockstep.codecs.ProtocolCheck;
import io.lockstep.codecs.protocol.EntryKind;
import io.lockstep.codecs.protocol.MessageHeaderDecoder;
import io.lockstep.codecs.protocol.SequencedEntryDecoder;
import java.util.concurrent.TimeUnit;
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
 * The bytes of an entry: writing its header with the checksum, and checking what came in. One thread, the same entry
 * again and again, so its bytes are in the nearest cache.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class EntryBenchmark {
    private static final int CLUSTER = SequencerBenchmark.CLUSTER;

    /** Bytes of the body. */
    @Param({"64", "256", "1024"})
    public int bodyLength;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final SequencedEntryDecoder decoder = new SequencedEntryDecoder();
    private final EntryWriter writer = new EntryWriter();
    private UnsafeBuffer body;
    private UnsafeBuffer entry;
    private long sequence;

    /** Writes the entry that is then checked. */
    @Setup
    public void start() {
        body = new UnsafeBuffer(new byte[bodyLength]);
        body.setMemory(0, bodyLength, (byte) 'x');
        entry = new UnsafeBuffer(new byte[EntryFrame.HEADER_LENGTH + bodyLength]);
        writer.writeEntry(entry, 0, 1, 1, 1, 1, 1, 1, CLUSTER, EntryKind.COMMAND, body, 0, bodyLength);
    }

    /** Header and checksum; the body stays where it is. */
    @Benchmark
    public Object write() {
        sequence++;
        writer.writeHeader(1, sequence, sequence, 1, 1, sequence, CLUSTER, EntryKind.COMMAND, body, 0, bodyLength);
        return writer.header();
    }

    /** Whether the bytes are a message of the schema, without the checksum; its template id. */
    @Benchmark
    public int check() {
        return ProtocolCheck.INSTANCE.check(entry, 0, entry.capacity());
    }

    /** What a replica does before it reads an entry: message check, then checksum; false if either fails. */
    @Benchmark
    public boolean checkAndVerify() {
        return ProtocolCheck.INSTANCE.check(entry, 0, entry.capacity()) > 0
                && EntryFrame.isIntact(entry, 0, entry.capacity());
    }

    /** The same, and every field read; -1 if the entry is damaged. */
    @Benchmark
    public long checkVerifyAndDecode() {
        if (!checkAndVerify()) {
            return -1;
        }
        decoder.wrapAndApplyHeader(entry, 0, header);
        return decoder.epoch()
                + decoder.sequence()
                + decoder.timeNs()
                + decoder.sessionId()
                + decoder.incarnation()
                + decoder.clientSequence()
                + decoder.clusterId()
                + decoder.kind().value()
                + decoder.bodyLength();
    }
}
