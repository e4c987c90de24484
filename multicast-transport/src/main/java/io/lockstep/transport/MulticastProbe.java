package io.lockstep.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Tells whether a datagram sent to a group on an interface comes back to this host: join, send, receive, plain
 * sockets, no driver. Tries the group and the one above it, which Aeron uses for status messages.
 *
 * <p>What it cannot tell: whether other hosts hear it. A switch that drops multicast stays hidden behind the host's
 * own loop.
 */
public final class MulticastProbe {
    /** How long one group is tried. */
    public static final long DEFAULT_TIMEOUT_NS = TimeUnit.MILLISECONDS.toNanos(500);

    private static final int TOKEN_LENGTH = 32;
    private static final int VERSION_OFFSET = 4;
    private static final byte NO_AERON_VERSION = (byte) 0xFF;
    private static final long RESEND_INTERVAL_MS = 50;

    private final String networkInterface;
    private final String group;
    private final int port;
    private final int ttl;
    private final long timeoutNs;

    /**
     * What came of a probe.
     *
     * @param isWorking whether the datagrams came back
     * @param reason a sentence for a human
     */
    public record Result(boolean isWorking, String reason) {}

    /**
     * A probe.
     *
     * @param networkInterface as {@link TransportContext#networkInterface(String)} takes it
     * @param group IPv4 group with an odd last byte
     * @param port free port; not one that streams use
     * @param ttl hops
     * @param timeoutNs nanoseconds for each of the two groups
     */
    public MulticastProbe(
            final String networkInterface, final String group, final int port, final int ttl, final long timeoutNs) {
        this.networkInterface = networkInterface;
        this.group = group;
        this.port = port;
        this.ttl = ttl;
        this.timeoutNs = timeoutNs;
    }

    /**
     * A probe of the log's group on the port that a context keeps for it.
     *
     * @param context whose group and port are valid
     */
    public static MulticastProbe of(final TransportContext context) {
        return new MulticastProbe(
                context.networkInterface(),
                Groups.plus(context.multicastGroup(), 2 * StreamKind.SEQUENCED.multicastIndex()),
                context.basePort() + TransportContext.PORT_COUNT - 1,
                context.multicastTtl(),
                DEFAULT_TIMEOUT_NS);
    }

    /** Runs the probe; takes up to twice the timeout. */
    public Result run() {
        return run(true);
    }

    /**
     * With {@code isLooped} false the kernel keeps datagrams from coming back, as if the network had swallowed them.
     */
    Result run(final boolean isLooped) {
        final NetworkInterface found;
        try {
            found = InterfaceSearch.find(networkInterface);
        } catch (final IOException e) {
            return new Result(false, "interface " + networkInterface + ": " + e.getMessage());
        }
        final String controlGroup = Groups.plus(group, 1);
        for (final String probed : new String[] {group, controlGroup}) {
            final String fault = exchange(found, probed, isLooped);
            if (fault != null) {
                return new Result(
                        false, "group " + probed + " port " + port + " on " + found.getName() + ": " + fault);
            }
        }
        return new Result(
                true, "datagrams to " + group + " and " + controlGroup + " came back on " + found.getName());
    }

    /** The fault, or null if the datagram came back. */
    private String exchange(final NetworkInterface found, final String probed, final boolean isLooped) {
        final long deadlineNs = System.nanoTime() + timeoutNs;
        try (DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
                Selector selector = Selector.open()) {
            final InetAddress address = InetAddress.getByName(probed);
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, found);
            channel.setOption(StandardSocketOptions.IP_MULTICAST_LOOP, isLooped);
            channel.setOption(StandardSocketOptions.IP_MULTICAST_TTL, ttl);
            channel.bind(new InetSocketAddress(port));
            channel.join(address, found);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
            return awaitToken(channel, selector, new InetSocketAddress(address, port), deadlineNs);
        } catch (final IOException | IllegalArgumentException | UnsupportedOperationException e) {
            return e.getClass().getSimpleName() + ": " + e.getMessage();
        }
    }

    private String awaitToken(
            final DatagramChannel channel,
            final Selector selector,
            final InetSocketAddress target,
            final long deadlineNs)
            throws IOException {
        final ByteBuffer token = newToken();
        final ByteBuffer received = ByteBuffer.allocate(2 * TOKEN_LENGTH);
        int sent = 0;
        while (true) {
            channel.send(token.duplicate(), target);
            sent++;
            selector.select(RESEND_INTERVAL_MS);
            selector.selectedKeys().clear();
            while (channel.receive(received.clear()) != null) {
                if (received.flip().equals(token)) {
                    return null;
                }
            }
            if (System.nanoTime() - deadlineNs >= 0) {
                return sent + " datagrams were sent and none came back within "
                        + TimeUnit.NANOSECONDS.toMillis(timeoutNs) + " ms";
            }
        }
    }

    /** Unique, and no Aeron frame: a driver that hears it by mistake drops it for its version. */
    private static ByteBuffer newToken() {
        final byte[] bytes = new byte[TOKEN_LENGTH];
        ThreadLocalRandom.current().nextBytes(bytes);
        bytes[VERSION_OFFSET] = NO_AERON_VERSION;
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }
}
