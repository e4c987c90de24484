package io.lockstep.benchmarks.path.subject;

import io.lockstep.benchmarks.path.LoadClient;
import io.lockstep.codecs.protocol.DeliveryGrade;
import io.lockstep.core.logic.StateMachine;
import io.lockstep.matching.ExchangeStateMachine;
import io.lockstep.matching.MatchingContext;
import io.lockstep.tools.flow.Flows;
import io.lockstep.transport.Medium;
import io.lockstep.transport.Member;
import io.lockstep.transport.TransportContext;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Every subject by its name, in the order of reports. */
public final class Subjects {
    /** What Lockstep is measured against: the same way without any logic. */
    public static final String CHAIN = "chain";

    private static final String CHAIN_2T = "chain-2t";

    /** The subject whose messages are orders. */
    public static final String EXCHANGE = "lockstep-exchange";

    private static final String LOOPBACK = "127.0.0.1";
    private static final int PORTS_EACH = 10;
    private static final Map<String, Factory> FACTORIES = new LinkedHashMap<>();

    static {
        FACTORIES.put("nio", (options, load) -> new ChainSubject(new UdpPingPong(), load, options.idle(), false));
        FACTORIES.put("aeron-ipc", (options, load) -> hops(Medium.IPC, false, false, options, load));
        FACTORIES.put("aeron-unicast", (options, load) -> hops(Medium.UNICAST, false, false, options, load));
        FACTORIES.put("aeron-multicast", (options, load) -> hops(Medium.MULTICAST, false, false, options, load));
        FACTORIES.put(CHAIN, (options, load) -> hops(Medium.MULTICAST, true, false, options, load));
        FACTORIES.put(CHAIN_2T, (options, load) -> hops(Medium.MULTICAST, true, true, options, load));
        FACTORIES.put("lockstep-sight", echo(1, 1, DeliveryGrade.SIGHT, 0));
        FACTORIES.put("lockstep-sight-2r", echo(1, 2, DeliveryGrade.SIGHT, 0));
        FACTORIES.put("lockstep-quorum-1", echo(1, 1, DeliveryGrade.QUORUM, 0));
        FACTORIES.put("lockstep-quorum-3", echo(3, 1, DeliveryGrade.QUORUM, 0));
        FACTORIES.put("lockstep-quorum-3-2r", echo(3, 2, DeliveryGrade.QUORUM, 0));
        FACTORIES.put("lockstep-synced-3", echo(3, 1, DeliveryGrade.QUORUM_SYNCED, 1));
        FACTORIES.put("cluster-1", (options, load) -> new ClusterSubject(options, 1, load));
        FACTORIES.put("cluster-3", (options, load) -> new ClusterSubject(options, 3, load));
        FACTORIES.put(EXCHANGE, lockstep(3, 1, 0, Subjects::exchange));
    }

    private Subjects() {}

    private interface Factory {
        Subject launch(SubjectOptions options, LoadClient load);
    }

    /** Names of all. */
    public static List<String> names() {
        return List.copyOf(FACTORIES.keySet());
    }

    /**
     * Whether a subject can be run under loss: those whose drivers are set up by Lockstep's own transport, which are
     * repaired by the same timers.
     *
     * @param name one of {@link #names()}
     */
    public static boolean takesLoss(final String name) {
        return name.startsWith("lockstep-") || name.equals(CHAIN) || name.equals(CHAIN_2T);
    }

    /**
     * Starts a subject; its client begins with the load when everything is connected.
     *
     * @param name one of {@link #names()}
     * @param options what it is told
     * @param load to run
     */
    public static Subject launch(final String name, final SubjectOptions options, final LoadClient load) {
        final Factory factory = FACTORIES.get(name);
        if (factory == null) {
            throw new IllegalArgumentException(name + " is none of " + names());
        }
        if (options.lossPercent() > 0 && !takesLoss(name)) {
            throw new IllegalArgumentException(name + " is not run under loss");
        }
        return factory.launch(options, load);
    }

    private static Subject hops(
            final Medium medium,
            final boolean hasRelay,
            final boolean hasNeighbour,
            final SubjectOptions options,
            final LoadClient load) {
        final TransportContext context = new TransportContext()
                .medium(medium)
                .multicastGroup(options.multicastGroup())
                .basePort(options.port())
                .members(members(options.port(), 1, 1))
                .conclude();
        return new ChainSubject(
                new AeronHops(context, hasRelay, options.lossPercent()), load, options.idle(), hasNeighbour);
    }

    private static Factory echo(
            final int archives, final int replicas, final DeliveryGrade grade, final int syncLevel) {
        return lockstep(archives, replicas, syncLevel, () -> new EchoLogic(grade));
    }

    private static Factory lockstep(
            final int archives, final int replicas, final int syncLevel, final Supplier<StateMachine> logic) {
        return (options, load) ->
                new LockstepSubject(properties(options, archives, replicas, syncLevel), logic, load);
    }

    private static StateMachine exchange() {
        return new ExchangeStateMachine(new MatchingContext().symbol(Flows.SYMBOL));
    }

    private static Properties properties(
            final SubjectOptions options, final int archives, final int replicas, final int syncLevel) {
        final Properties properties = new Properties();
        properties.setProperty("directory", options.directory().toString());
        properties.setProperty("medium", "multicast");
        properties.setProperty("layout", options.layout());
        properties.setProperty("idle", options.idle());
        properties.setProperty("multicast.group", options.multicastGroup());
        properties.setProperty("multicast.port", Integer.toString(options.port()));
        properties.setProperty("loss.percent", BigDecimal.valueOf(options.lossPercent()).toPlainString());
        properties.setProperty("archive.sync", Integer.toString(syncLevel));
        if (options.hopCapacity() > 0) {
            properties.setProperty("trace.hops", "true");
            properties.setProperty("trace.hops.capacity", Integer.toString(options.hopCapacity()));
        }
        for (final Member member : members(options.port(), archives, replicas)) {
            properties.setProperty(
                    member.role().name().toLowerCase(Locale.ROOT) + "." + member.id(),
                    member.host() + ":" + member.portBase());
        }
        properties.setProperty("host.sequencers", "1");
        properties.setProperty("host.archives", ids(archives));
        properties.setProperty("host.replicas", ids(replicas));
        properties.setProperty("host.gateways", "1");
        return properties;
    }

    private static List<Member> members(final int port, final int archives, final int replicas) {
        int next = port + PORTS_EACH;
        final List<Member> members = new ArrayList<>();
        members.add(Member.sequencer(1, LOOPBACK, next));
        for (int id = 1; id <= archives; id++) {
            next += PORTS_EACH;
            members.add(Member.archive(id, LOOPBACK, next));
        }
        for (int id = 1; id <= replicas; id++) {
            next += PORTS_EACH;
            members.add(Member.replica(id, LOOPBACK, next));
        }
        return members;
    }

    private static String ids(final int count) {
        return String.join(",", IntStream.rangeClosed(1, count).mapToObj(Integer::toString).toList());
    }
}
