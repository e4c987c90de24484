package io.lockstep.node.config;

import io.lockstep.core.epoch.ArchiveSet;
import io.lockstep.core.sequencer.SequencerConfiguration;
import io.lockstep.core.trace.HopRing;
import io.lockstep.node.trace.HopRings;
import io.lockstep.transport.IdleStrategies;
import io.lockstep.transport.Medium;
import io.lockstep.transport.Member;
import io.lockstep.transport.Role;
import io.lockstep.transport.TransportContext;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/**
 * Everything a node is told: which cluster, who its members are, which of them this process hosts, and how.
 *
 * <table>
 * <caption>Keys</caption>
 * <tr><td>cluster.id</td><td>number in every message; 1</td></tr>
 * <tr><td>sequencer.N, archive.N, replica.N</td><td>host:port of each member; the port is the first of eight</td></tr>
 * <tr><td>host.sequencers, host.archives, host.replicas, host.gateways</td><td>ids that this process runs</td></tr>
 * <tr><td>directory</td><td>where archives keep the log; lockstep-data</td></tr>
 * <tr><td>medium</td><td>multicast, unicast, ipc or auto; auto</td></tr>
 * <tr><td>network.interface, network.host</td><td>address to use, and to be reached at; 127.0.0.1</td></tr>
 * <tr><td>multicast.group, multicast.port, multicast.ttl</td><td>first group (last byte odd) and first port</td></tr>
 * <tr><td>layout, idle</td><td>fused or threaded; backoff, yield, spin, noop or sleep</td></tr>
 * <tr><td>driver.directory</td><td>of a media driver that runs already; none: an embedded one</td></tr>
 * <tr><td>driver.parent</td><td>where an embedded driver makes its directory; shared memory</td></tr>
 * <tr><td>archive.sync</td><td>0 page cache, 1 data forced, 2 data and meta data forced; 0</td></tr>
 * <tr><td>archive.segment.bytes</td><td>length of a segment file, a power of two; 64 MiB</td></tr>
 * <tr><td>sequencer.window.bytes, sequencer.tick.us, session.timeout.ms</td><td>see {@link
 * SequencerConfiguration}</td></tr>
 * <tr><td>trace.hops, trace.hops.capacity</td><td>whether agents take the time of commands at every hop, and records
 * that each keeps; false, 65,536</td></tr>
 * <tr><td>logic</td><td>class of the state machine; the reference
 * exchange</td></tr> <tr><td>loss.percent, loss.seed</td><td>datagrams dropped on purpose, for trials; 0</td></tr>
 * </table>
 */
public final class NodeConfiguration {
    /** The state machine that runs if nothing else is said. */
    public static final String DEFAULT_LOGIC = "exchange";

    private static final int MAX_ID = Member.MAX_ID;

    /** A member has eight ports from its first one on. */
    private static final int HIGHEST_PORT = 65_528;

    private final int clusterId;
    private final List<Member> members;
    private final List<Integer> sequencers;
    private final List<Integer> archives;
    private final List<Integer> replicas;
    private final List<Integer> gateways;
    private final Path directory;
    private final Medium medium;
    private final String networkInterface;
    private final String host;
    private final String multicastGroup;
    private final int multicastPort;
    private final int multicastTtl;
    private final Layout layout;
    private final String idle;
    private final String driverDirectory;
    private final String driverParent;
    private final int archiveSync;
    private final int segmentBytes;
    private final int replicaRingBytes;
    private final long windowBytes;
    private final long tickIntervalNs;
    private final long sessionTimeoutNs;
    private final String logic;
    private final String program;
    private final boolean isTracingHops;
    private final int hopCapacity;
    private final double lossPercent;
    private final long lossSeed;

    private NodeConfiguration(final SettingReader reader, final String source) {
        clusterId = (int) reader.number("cluster.id", 1, 1, Integer.MAX_VALUE);
        members = new ArrayList<>();
        addMembers(reader, "sequencer.", Role.SEQUENCER);
        addMembers(reader, "archive.", Role.ARCHIVE);
        addMembers(reader, "replica.", Role.REPLICA);
        sequencers = hosted(reader, "host.sequencers", Role.SEQUENCER);
        archives = hosted(reader, "host.archives", Role.ARCHIVE);
        replicas = hosted(reader, "host.replicas", Role.REPLICA);
        gateways = reader.ids("host.gateways", MAX_ID);
        directory = Path.of(reader.text("directory", "lockstep-data"));
        medium = reader.oneOf("medium", Medium.class, Medium.AUTO);
        networkInterface = reader.text("network.interface", TransportContext.DEFAULT_HOST);
        host = reader.text("network.host", TransportContext.DEFAULT_HOST);
        multicastGroup = reader.text("multicast.group", TransportContext.DEFAULT_MULTICAST_GROUP);
        multicastPort = (int) reader.number("multicast.port", TransportContext.DEFAULT_BASE_PORT, 1024, 65_000);
        multicastTtl = (int) reader.number("multicast.ttl", TransportContext.DEFAULT_MULTICAST_TTL, 1, 255);
        layout = reader.oneOf("layout", Layout.class, Layout.FUSED);
        idle = reader.oneOf("idle", IdleStrategies.NAMES, "backoff");
        driverDirectory = reader.text("driver.directory", "");
        driverParent = reader.text("driver.parent", "");
        archiveSync = (int) reader.number("archive.sync", 0, 0, 2);
        segmentBytes = (int) reader.number("archive.segment.bytes", 64 << 20, 16 << 20, 1 << 30);
        replicaRingBytes = (int) reader.number("replica.ring.bytes", 4 << 20, 4 << 20, 1 << 30);
        windowBytes = reader.number(
                "sequencer.window.bytes", SequencerConfiguration.DEFAULT_WINDOW_BYTES, 64 << 10, 1 << 30);
        tickIntervalNs = 1_000
                * reader.number(
                        "sequencer.tick.us", SequencerConfiguration.DEFAULT_TICK_INTERVAL_NS / 1_000, 100, 1_000_000);
        sessionTimeoutNs = 1_000_000
                * reader.number(
                        "session.timeout.ms",
                        SequencerConfiguration.DEFAULT_SESSION_TIMEOUT_NS / 1_000_000,
                        100,
                        3_600_000);
        logic = reader.text("logic", DEFAULT_LOGIC);
        program = reader.text("program", "");
        isTracingHops = reader.oneOf("trace.hops", List.of("true", "false"), "false").equals("true");
        hopCapacity =
                (int) reader.number("trace.hops.capacity", 1 << 16, HopRing.MIN_CAPACITY, HopRing.MAX_CAPACITY);
        lossPercent = reader.decimal("loss.percent", 0, 0, 50);
        lossSeed = reader.number("loss.seed", 1, Long.MIN_VALUE, Long.MAX_VALUE);
        checkWhole(reader);
        reader.conclude(source);
    }

    /**
     * Reads a configuration.
     *
     * @param properties the keys and their values
     * @param source named in the message of a refusal
     * @throws IllegalArgumentException that lists every fault
     */
    public static NodeConfiguration of(final Properties properties, final String source) {
        return new NodeConfiguration(new SettingReader(properties), source);
    }

    /**
     * Reads a configuration from a file.
     *
     * @param file in the format of {@link Properties#load(Reader)}, UTF-8
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException that lists every fault
     */
    public static NodeConfiguration load(final Path file) throws IOException {
        final Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return of(properties, file.toString());
    }

    public int clusterId() {
        return clusterId;
    }

    public List<Member> members() {
        return List.copyOf(members);
    }

    /** Every archive of the cluster. */
    public ArchiveSet archiveSet() {
        return ArchiveSet.of(archiveIds());
    }

    /** Ids of the sequencers in this process. */
    public List<Integer> sequencers() {
        return List.copyOf(sequencers);
    }

    /** Ids of the archives in this process. */
    public List<Integer> archives() {
        return List.copyOf(archives);
    }

    /** Ids of the replicas in this process. */
    public List<Integer> replicas() {
        return List.copyOf(replicas);
    }

    /** Ids of the gateways in this process. */
    public List<Integer> gateways() {
        return List.copyOf(gateways);
    }

    /** Where one archive of this process keeps its recordings. */
    public Path archiveDirectory(final int archiveId) {
        return directory.resolve("archive-" + archiveId);
    }

    public Path directory() {
        return directory;
    }

    public Layout layout() {
        return layout;
    }

    /** Name of an idle strategy, see {@link IdleStrategies}. */
    public String idle() {
        return idle;
    }

    public Medium medium() {
        return medium;
    }

    /** Of a media driver that runs already; empty if this process has its own. */
    public String driverDirectory() {
        return driverDirectory;
    }

    /** Where an embedded driver makes a directory of its own; empty for the default, which is in shared memory. */
    public String driverParent() {
        return driverParent;
    }

    public int archiveSync() {
        return archiveSync;
    }

    public int segmentBytes() {
        return segmentBytes;
    }

    /** Of the ring between a replica's reader and its logic; a power of two. */
    public int replicaRingBytes() {
        return replicaRingBytes;
    }

    public long windowBytes() {
        return windowBytes;
    }

    public long tickIntervalNs() {
        return tickIntervalNs;
    }

    public long sessionTimeoutNs() {
        return sessionTimeoutNs;
    }

    /** Class name of the state machine. */
    public String logic() {
        return logic;
    }

    /** Class name of the program that trades through the gateways of this process; empty if none is named. */
    public String program() {
        return program;
    }

    /** New rings for the times of commands, for one process; none if they are not to be taken. */
    public HopRings hopRings() {
        return isTracingHops ? HopRings.ofCapacity(hopCapacity) : HopRings.off();
    }

    /** Of the datagrams, dropped on purpose; 0.1 is one in a thousand. */
    public double lossPercent() {
        return lossPercent;
    }

    public long lossSeed() {
        return lossSeed;
    }

    /** A transport context with what this configuration says of the network; not yet concluded. */
    public TransportContext transportContext() {
        return new TransportContext()
                .medium(medium)
                .networkInterface(networkInterface)
                .host(host)
                .multicastGroup(multicastGroup)
                .basePort(multicastPort)
                .multicastTtl(multicastTtl)
                .members(members);
    }

    private void addMembers(final SettingReader reader, final String prefix, final Role role) {
        for (final Map.Entry<Integer, String> entry :
                reader.numbered(prefix, MAX_ID).entrySet()) {
            final String value = entry.getValue();
            final int colon = value.lastIndexOf(':');
            final String port = value.substring(colon + 1);
            if (colon < 1 || !port.matches("[0-9]{1,5}")) {
                reader.fault(prefix + entry.getKey(), value, "is not host:port");
            } else if (Integer.parseInt(port) < 1 || Integer.parseInt(port) > HIGHEST_PORT) {
                reader.fault(prefix + entry.getKey(), value, "has a port that is not from 1 to " + HIGHEST_PORT);
            } else {
                members.add(new Member(role, entry.getKey(), value.substring(0, colon), Integer.parseInt(port)));
            }
        }
    }

    private List<Integer> hosted(final SettingReader reader, final String key, final Role role) {
        final List<Integer> ids = reader.ids(key, MAX_ID);
        for (final int id : ids) {
            if (members.stream().noneMatch(member -> member.role() == role && member.id() == id)) {
                reader.fault(key, Arrays.toString(ids.toArray()), "holds " + id + ", but there is no "
                        + role.name().toLowerCase(Locale.ROOT) + "." + id);
            }
        }
        return ids;
    }

    private int[] archiveIds() {
        return members.stream()
                .filter(member -> member.role() == Role.ARCHIVE)
                .mapToInt(Member::id)
                .toArray();
    }

    private void checkWhole(final SettingReader reader) {
        final int archiveCount = archiveIds().length;
        if (archiveCount != 1 && archiveCount != 3 && archiveCount != 5) {
            reader.fault("there must be 1, 3 or 5 members archive.N, but there are " + archiveCount);
        }
        if (members.stream().noneMatch(member -> member.role() == Role.SEQUENCER)) {
            reader.fault("there must be a member sequencer.1");
        }
        if (Integer.bitCount(replicaRingBytes) != 1) {
            reader.fault("replica.ring.bytes", Integer.toString(replicaRingBytes), "is not a power of two");
        }
        if (Integer.bitCount(hopCapacity) != 1) {
            reader.fault("trace.hops.capacity", Integer.toString(hopCapacity), "is not a power of two");
        }
        if (Integer.bitCount(segmentBytes) != 1) {
            reader.fault("archive.segment.bytes", Integer.toString(segmentBytes), "is not a power of two");
        }
    }
}
