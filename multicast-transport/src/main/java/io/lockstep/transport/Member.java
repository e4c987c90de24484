package io.lockstep.transport;

import java.util.Locale;
import java.util.Objects;

/**
 * A part of the system with a fixed address: a sequencer (active or standby), an archive or a replica. It owns
 * {@link #PORT_COUNT} UDP ports from {@code portBase} on; which are used depends on the medium.
 *
 * <pre>
 *   +0 ingress in (sequencer)        +4 output fan-out (replica)
 *   +1 sequenced fan-out (sequencer) +5 replay requests in (archive)
 *   +2 control fan-out               +6 Aeron Archive control in (archive)
 *   +3 control in, from gateways     +7 spare
 * </pre>
 *
 * A fan-out port is the control endpoint of a multi-destination publication: subscribers report there and are then
 * sent to.
 *
 * @param role not {@link Role#GATEWAY}
 * @param id unique among members of the role, from 1 to {@link #MAX_ID}
 * @param host name or address at which the others reach it
 * @param portBase first of its ports
 */
public record Member(Role role, int id, String host, int portBase) {
    /** Ports that a member owns. */
    public static final int PORT_COUNT = 8;

    /** Highest id. */
    public static final int MAX_ID = 99;

    /** Checks what can be checked of a member alone. */
    public Member {
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(host, "host");
    }

    /**
     * A sequencer candidate.
     *
     * @param id from 1
     * @param host name or address at which the others reach it
     * @param portBase first of its ports
     */
    public static Member sequencer(final int id, final String host, final int portBase) {
        return new Member(Role.SEQUENCER, id, host, portBase);
    }

    /**
     * An archive.
     *
     * @param id from 1
     * @param host name or address at which the others reach it
     * @param portBase first of its ports
     */
    public static Member archive(final int id, final String host, final int portBase) {
        return new Member(Role.ARCHIVE, id, host, portBase);
    }

    /**
     * A replica.
     *
     * @param id from 1
     * @param host name or address at which the others reach it
     * @param portBase first of its ports
     */
    public static Member replica(final int id, final String host, final int portBase) {
        return new Member(Role.REPLICA, id, host, portBase);
    }

    String ingressEndpoint() {
        return endpoint(0);
    }

    String sequencedFanOut() {
        return endpoint(1);
    }

    String controlFanOut() {
        return endpoint(2);
    }

    String controlEndpoint() {
        return endpoint(3);
    }

    String outputFanOut() {
        return endpoint(4);
    }

    String replayRequestEndpoint() {
        return endpoint(5);
    }

    String archiveControlEndpoint() {
        return endpoint(6);
    }

    String name() {
        return role.name().toLowerCase(Locale.ROOT) + " " + id;
    }

    boolean overlaps(final Member other) {
        return host.equals(other.host) && Math.abs(portBase - other.portBase) < PORT_COUNT;
    }

    private String endpoint(final int offset) {
        final String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return name + ":" + (portBase + offset);
    }
}
