package io.lockstep.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Where the system's streams run: medium, interface, groups, ports, members. Every process of a system is given the
 * same but for {@link #host} and {@link #networkInterface}. Set, {@link #conclude}, then read by any thread.
 */
public final class TransportContext {
    /** First port of the multicast streams. */
    public static final int DEFAULT_BASE_PORT = 21_000;

    /** Group of the first stream; the others follow, two apart. */
    public static final String DEFAULT_MULTICAST_GROUP = "239.71.0.1";

    /** Interface, and address of this process, unless told otherwise. */
    public static final String DEFAULT_HOST = "127.0.0.1";

    /** Multicast stays on its own subnet unless told otherwise. */
    public static final int DEFAULT_MULTICAST_TTL = 1;

    /** Ports used from the base port on: one for each multicast stream, one for the probe. */
    public static final int PORT_COUNT = 5;

    private final Freeze freeze = new Freeze("TransportContext");
    private Medium medium = Medium.AUTO;
    private String networkInterface = DEFAULT_HOST;
    private String host = DEFAULT_HOST;
    private String multicastGroup = DEFAULT_MULTICAST_GROUP;
    private int multicastTtl = DEFAULT_MULTICAST_TTL;
    private int basePort = DEFAULT_BASE_PORT;
    private List<Member> members = List.of();
    private TransportProfile profile;
    private MessageLimits messageLimits = new MessageLimits();
    private MediumListener mediumListener = (chosen, reason) ->
            System.getLogger(TransportContext.class.getName()).log(System.Logger.Level.WARNING, reason);

    /** All defaults: one host, medium by probe; the members are still to be named. */
    public TransportContext() {}

    /**
     * What carries the streams.
     *
     * @param medium default {@link Medium#AUTO}
     */
    public TransportContext medium(final Medium medium) {
        freeze.check();
        this.medium = Objects.requireNonNull(medium);
        return this;
    }

    /**
     * Interface on which groups are joined and sent to, as Aeron writes it: an address, an address with a prefix
     * ({@code 10.0.0.0/24}) or a name in braces (<code>{eth0}</code>). Always explicit: the system's choice is often
     * wrong.
     *
     * @param networkInterface default {@value #DEFAULT_HOST}
     */
    public TransportContext networkInterface(final String networkInterface) {
        freeze.check();
        this.networkInterface = Objects.requireNonNull(networkInterface);
        return this;
    }

    /**
     * Name or address at which other processes reach this one, for what has no member's address: fan-outs to a
     * gateway and replies to a reader.
     *
     * @param host default {@value #DEFAULT_HOST}
     */
    public TransportContext host(final String host) {
        freeze.check();
        this.host = Objects.requireNonNull(host);
        return this;
    }

    /**
     * Group of the first multicast stream. Streams have the groups +0, +2, +4, +6; Aeron wants odd ones and uses the
     * even one above each for status messages and repair requests.
     *
     * @param multicastGroup IPv4 group whose last byte is odd and at most 247; default {@value
     *     #DEFAULT_MULTICAST_GROUP}
     */
    public TransportContext multicastGroup(final String multicastGroup) {
        freeze.check();
        this.multicastGroup = Objects.requireNonNull(multicastGroup);
        return this;
    }

    /**
     * Hops a multicast datagram may take.
     *
     * @param multicastTtl 1 to 255; default {@value #DEFAULT_MULTICAST_TTL}
     */
    public TransportContext multicastTtl(final int multicastTtl) {
        freeze.check();
        this.multicastTtl = multicastTtl;
        return this;
    }

    /**
     * First of the {@value #PORT_COUNT} ports of the multicast streams. Each stream has a port of its own beside its
     * group, since some drivers hear every group that any process of the host has joined on a port.
     *
     * @param basePort 1,024 to 65,000; default {@value #DEFAULT_BASE_PORT}
     */
    public TransportContext basePort(final int basePort) {
        freeze.check();
        this.basePort = basePort;
        return this;
    }

    /**
     * Sequencers, archives and replicas with their addresses. {@link Medium#UNICAST} (and so {@link Medium#AUTO})
     * needs all of them; {@link Medium#MULTICAST} needs the archives, whose replay and control endpoints are unicast
     * everywhere.
     *
     * @param members of the system; gateways are none
     */
    public TransportContext members(final List<Member> members) {
        freeze.check();
        this.members = List.copyOf(members);
        return this;
    }

    /**
     * Timers and buffers.
     *
     * @param profile default {@link TransportProfile#loopback()} if the interface is loopback or the medium is IPC,
     *     else
     *     {@link TransportProfile#network()}
     */
    public TransportContext profile(final TransportProfile profile) {
        freeze.check();
        this.profile = Objects.requireNonNull(profile);
        return this;
    }

    /**
     * How long messages may be.
     *
     * @param messageLimits default: bodies of up to 1 MiB
     */
    public TransportContext messageLimits(final MessageLimits messageLimits) {
        freeze.check();
        this.messageLimits = Objects.requireNonNull(messageLimits);
        return this;
    }

    /**
     * Who hears what {@link Medium#AUTO} became.
     *
     * @param mediumListener default: a warning to the system logger
     */
    public TransportContext mediumListener(final MediumListener mediumListener) {
        freeze.check();
        this.mediumListener = Objects.requireNonNull(mediumListener);
        return this;
    }

    /**
     * Checks everything, decides {@link Medium#AUTO} by the probe (up to a second), and freezes. Once.
     *
     * @throws IllegalStateException that names every fault
     */
    public TransportContext conclude() {
        freeze.check();
        final Faults faults = new Faults("TransportContext");
        final int[] octets = Groups.parse(multicastGroup);
        faults.check(
                octets != null && (octets[3] & 1) == 1 && octets[3] <= Groups.MAX_FIRST_LAST_OCTET,
                "multicastGroup=" + multicastGroup + " is not an IPv4 group with an odd last byte of at most "
                        + Groups.MAX_FIRST_LAST_OCTET);
        faults.inRange("multicastTtl", multicastTtl, 1, 255);
        faults.inRange("basePort", basePort, 1024, 65_000);
        host = resolve("host", host, faults);
        checkMembers(faults);
        if (profile == null) {
            profile = isLoopback() ? TransportProfile.loopback() : TransportProfile.network();
        }
        faults.addAll(profile.collectFaults());
        final List<String> limitFaults = new ArrayList<>();
        messageLimits.collectFaults(profile.buffers(), limitFaults);
        faults.addAll(limitFaults);
        faults.throwIfAny();
        if (medium == Medium.AUTO) {
            chooseMedium();
        }
        freeze.freeze();
        return this;
    }

    /** See {@link #medium(Medium)}; after {@link #conclude} never {@link Medium#AUTO}. */
    public Medium medium() {
        return medium;
    }

    /** See {@link #networkInterface(String)}. */
    public String networkInterface() {
        return networkInterface;
    }

    /** See {@link #host(String)}; after {@link #conclude} a numeric address. */
    public String host() {
        return host;
    }

    /** See {@link #multicastGroup(String)}. */
    public String multicastGroup() {
        return multicastGroup;
    }

    /** See {@link #multicastTtl(int)}. */
    public int multicastTtl() {
        return multicastTtl;
    }

    /** See {@link #basePort(int)}. */
    public int basePort() {
        return basePort;
    }

    /** See {@link #members(List)}. */
    public List<Member> members() {
        return members;
    }

    /** See {@link #profile(TransportProfile)}. */
    public TransportProfile profile() {
        return profile;
    }

    /** See {@link #messageLimits(MessageLimits)}. */
    public MessageLimits messageLimits() {
        return messageLimits;
    }

    /**
     * Members of a role, in the order given.
     *
     * @param role asked for
     */
    public List<Member> members(final Role role) {
        return members.stream().filter(member -> member.role() == role).toList();
    }

    /**
     * The member of a role with an id.
     *
     * @param role of the member
     * @param id of the member
     * @throws IllegalArgumentException if there is none
     */
    public Member member(final Role role, final int id) {
        for (final Member member : members) {
            if (member.role() == role && member.id() == id) {
                return member;
            }
        }
        throw new IllegalArgumentException("no " + role + " " + id + " among the members " + members);
    }

    void requireConcluded() {
        freeze.requireFrozen();
    }

    private void chooseMedium() {
        final MulticastProbe.Result result = MulticastProbe.of(this).run();
        medium = result.isWorking() ? Medium.MULTICAST : Medium.UNICAST;
        mediumListener.onMediumChosen(
                medium,
                result.isWorking()
                        ? "Medium MULTICAST: " + result.reason()
                        : "Medium UNICAST, since multicast does not work here: " + result.reason());
    }

    private boolean isLoopback() {
        return medium == Medium.IPC
                || networkInterface.startsWith("127.")
                || networkInterface.startsWith("localhost")
                || "{lo}".equals(networkInterface);
    }

    private void checkMembers(final Faults faults) {
        for (int i = 0; i < members.size(); i++) {
            final Member member = members.get(i);
            faults.check(member.role() != Role.GATEWAY, "a gateway is not a member: " + member);
            faults.inRange("id of " + member.name(), member.id(), 1, Member.MAX_ID);
            faults.inRange("portBase of " + member.name(), member.portBase(), 1024, 65_535 - Member.PORT_COUNT + 1);
            resolve("host of " + member.name(), member.host(), faults);
            for (final Member other : members.subList(0, i)) {
                faults.check(
                        member.role() != other.role() || member.id() != other.id(),
                        "two members are " + member.name());
                faults.check(
                        !member.overlaps(other),
                        "the ports of " + member.name() + " and " + other.name() + " overlap: " + member.portBase()
                                + " and " + other.portBase() + ", each takes " + Member.PORT_COUNT);
            }
        }
        if (medium == Medium.UNICAST || medium == Medium.AUTO) {
            faults.check(
                    !members(Role.SEQUENCER).isEmpty(),
                    "medium " + medium + " needs the members with their addresses, and no sequencer is among them");
        }
    }

    private static String resolve(final String name, final String host, final Faults faults) {
        try {
            final InetAddress address = InetAddress.getByName(host);
            faults.check(
                    !address.isAnyLocalAddress() && !address.isMulticastAddress(),
                    name + "=" + host + " is not the address of one host");
            return address.getHostAddress();
        } catch (final UnknownHostException e) {
            faults.check(false, name + "=" + host + " cannot be resolved: " + e.getMessage());
            return host;
        }
    }
}
