package io.lockstep.benchmarks.micro;

import io.lockstep.codecs.protocol.CommandEncoder;
import io.lockstep.codecs.protocol.MessageHeaderEncoder;
import io.lockstep.codecs.protocol.SessionOpenRequestEncoder;
import io.lockstep.core.epoch.ArchiveSet;
import io.lockstep.core.epoch.LogEnd;
import io.lockstep.core.sequencer.IngressCode;
import io.lockstep.core.sequencer.Sequencer;
import io.lockstep.core.sequencer.SequencerConfiguration;
import io.lockstep.core.sequencer.SessionTable;
import java.nio.ByteOrder;
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
 * The sequencer's own work for a command of one session: check, deduplicate, stamp with checksum, offer. The stream
 * takes everything and copies nothing, the window is never full, and time stands still, so no tick and no
 * acknowledgement comes in between.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class SequencerBenchmark {
    /** The cluster of every message here. */
    static final int CLUSTER = 77;

    private static final int HEADER_LENGTH = MessageHeaderEncoder.ENCODED_LENGTH;
    private static final int CLIENT_SEQUENCE_AT = HEADER_LENGTH + CommandEncoder.clientSequenceEncodingOffset();
    private static final int SESSION = 2; // The sequence of its open, which is behind EPOCH_START.

    /** Bytes of the command's body. */
    @Param({"64", "256"})
    public int bodyLength;

    private Sequencer sequencer;
    private UnsafeBuffer command;
    private long clientSequence;

    /** Starts an epoch and opens a session. */
    @Setup
    public void start() {
        final SequencerConfiguration configuration = new SequencerConfiguration(
                CLUSTER, 1, 1, ArchiveSet.of(1), Long.MAX_VALUE, Long.MAX_VALUE / 2, Long.MAX_VALUE / 2, 1, 0);
        final SessionTable sessions = new SessionTable(10);
        sequencer = new Sequencer(
                configuration, LogEnd.GENESIS, sessions, new TakingPublisher(), new TakingPublisher());
        sequencer.onDutyCycle(1, 1);
        final MessageHeaderEncoder header = new MessageHeaderEncoder();
        final UnsafeBuffer open = new UnsafeBuffer(new byte[HEADER_LENGTH + SessionOpenRequestEncoder.BLOCK_LENGTH]);
        new SessionOpenRequestEncoder()
                .wrapAndApplyHeader(open, 0, header)
                .clusterId(CLUSTER)
                .gatewayIncarnation(1)
                .requestId(1)
                .clientId(1);
        require(IngressCode.STAMPED, sequencer.onIngress(open, 0, open.capacity()));
        command = new UnsafeBuffer(new byte
                [HEADER_LENGTH + CommandEncoder.BLOCK_LENGTH + CommandEncoder.bodyHeaderLength() + bodyLength]);
        new CommandEncoder()
                .wrapAndApplyHeader(command, 0, header)
                .clusterId(CLUSTER)
                .sessionId(SESSION)
                .incarnation(sessions.incarnation(SESSION))
                .clientSequence(0)
                .putBody(new byte[bodyLength], 0, bodyLength);
        clientSequence = 0;
        require(IngressCode.STAMPED, stamp());
    }

    /** The next command of the session, which is stamped. */
    @Benchmark
    public int stamp() {
        return offer(++clientSequence);
    }

    /** A late copy of the last command, which is dropped. */
    @Benchmark
    public int duplicate() {
        return offer(clientSequence);
    }

    private int offer(final long sequence) {
        command.putLong(CLIENT_SEQUENCE_AT, sequence, ByteOrder.LITTLE_ENDIAN);
        return sequencer.onIngress(command, 0, command.capacity());
    }

    private static void require(final int expected, final int code) {
        if (code != expected) {
            throw new IllegalStateException("ingress code=" + code + " expected=" + expected);
        }
    }
}
