package io.lockstep.benchmarks.path.subject;

import io.aeron.Aeron;
import io.aeron.cluster.client.AeronCluster;
import io.lockstep.benchmarks.path.LoadClient;
import io.lockstep.benchmarks.path.MessageSink;
import io.lockstep.node.agent.AgentThread;
import io.lockstep.transport.IdleStrategies;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.agrona.CloseHelper;
import org.agrona.concurrent.Agent;

/**
 * Aeron Cluster with an echo service. Two threads run everything that can be invoked, as Lockstep's fused layout has
 * two: one the drivers and archives, one the consensus modules and the client; services have their own. The client
 * shares the leader's driver.
 */
final class ClusterSubject implements Subject {
    private static final int PORTS_EACH = 10;

    private final List<ClusterNode> nodes = new ArrayList<>();
    private final AgentThread network;
    private final AgentThread modules;
    private volatile Throwable failure;
    private Aeron aeron;
    private AeronCluster client;

    ClusterSubject(final SubjectOptions options, final int size, final LoadClient load) {
        network = new AgentThread("cluster-network", IdleStrategies.of(options.idle()), (role, error) -> fail(error));
        modules = new AgentThread("cluster-modules", IdleStrategies.of(options.idle()), (role, error) -> fail(error));
        final String members = IntStream.range(0, size)
                .mapToObj(number -> member(options.port(), number))
                .collect(Collectors.joining("|"));
        try {
            for (int number = 0; number < size; number++) {
                nodes.add(new ClusterNode(number, members, options.directory(), network, modules, this::fail));
            }
            connect(options, size, load);
        } catch (final RuntimeException e) {
            CloseHelper.close(e::addSuppressed, this);
            throw e;
        }
    }

    @Override
    public Throwable failure() {
        return failure;
    }

    @Override
    public boolean isHot(final String threadName) {
        return threadName.startsWith("cluster");
    }

    @Override
    public long droppedDatagrams() {
        return 0;
    }

    @Override
    public void close() {
        final List<AutoCloseable> parts = new ArrayList<>();
        parts.add(modules);
        parts.add(client);
        parts.add(aeron);
        // These wait for their archives, so the thread that runs those goes on meanwhile.
        nodes.forEach(node -> parts.add(node::closeModules));
        parts.add(network);
        parts.addAll(nodes);
        CloseHelper.quietCloseAll(parts);
    }

    private void connect(final SubjectOptions options, final int size, final LoadClient load) {
        aeron = Aeron.connect(new Aeron.Context()
                .aeronDirectoryName(nodes.get(0).driverDirectory())
                .errorHandler(this::fail));
        client = AeronCluster.connect(new AeronCluster.Context()
                .aeron(aeron)
                .ownsAeronClient(false)
                .ingressChannel("aeron:udp?term-length=16m|mtu=8k")
                .ingressEndpoints(IntStream.range(0, size)
                        .mapToObj(number -> number + "=localhost:" + port(options.port(), number))
                        .collect(Collectors.joining(",")))
                .egressChannel("aeron:udp?endpoint=localhost:0|term-length=16m|mtu=8k")
                .messageTimeoutNs(20_000_000_000L)
                .egressListener((sessionId, timestamp, buffer, offset, length, header) ->
                        load.onAnswer(buffer.getLong(offset, ByteOrder.LITTLE_ENDIAN))));
        final MessageSink sink = (buffer, offset, length) -> client.offer(buffer, offset, length) > 0;
        modules.add(() -> new Client(client, load, sink));
    }

    private void fail(final Throwable error) {
        if (failure == null) {
            failure = error;
        }
    }

    private static int port(final int first, final int number) {
        return first + number * PORTS_EACH;
    }

    /** As Aeron writes a member: id and the endpoints for ingress, consensus, log, catch-up and the archive. */
    private static String member(final int first, final int number) {
        final int port = port(first, number);
        return number + ",localhost:" + port + ",localhost:" + (port + 1) + ",localhost:" + (port + 2) + ",localhost:"
                + (port + 3) + ",localhost:" + (port + 4);
    }

    private record Client(AeronCluster cluster, LoadClient load, MessageSink sink) implements Agent {
        @Override
        public int doWork() {
            return cluster.pollEgress() + load.send(System.nanoTime(), sink);
        }

        @Override
        public String roleName() {
            return "client";
        }
    }
}
