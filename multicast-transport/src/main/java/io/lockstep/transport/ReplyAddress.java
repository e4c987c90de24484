package io.lockstep.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the endpoint out of a reply channel that came from the network, or refuses it. */
final class ReplyAddress {
    private static final int MAX_LENGTH = 128;
    private static final Pattern UDP = Pattern.compile("aeron:udp\\?endpoint="
            + "(?:([0-9]{1,3}(?:\\.[0-9]{1,3}){3})|\\[([0-9a-fA-F:.]{2,45})])"
            + ":([0-9]{1,5})");

    private ReplyAddress() {}

    /** The endpoint, or null unless it is a numeric address of one host with a port. No name is ever looked up. */
    static String endpointOf(final String channel) {
        if (channel == null || channel.length() > MAX_LENGTH) {
            return null;
        }
        final Matcher matcher = UDP.matcher(channel);
        if (!matcher.matches()) {
            return null;
        }
        final String host = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
        final int port = Integer.parseInt(matcher.group(3));
        if (port < 1 || port > 65_535 || !isOneHost(host)) {
            return null;
        }
        return Channels.hostAndPort(host, port);
    }

    private static boolean isOneHost(final String literal) {
        if (literal.indexOf(':') < 0) {
            for (final String octet : literal.split("\\.", -1)) {
                if (Integer.parseInt(octet) > 255) {
                    return false;
                }
            }
        }
        try {
            final InetAddress address = InetAddress.getByName(literal);
            return !address.isAnyLocalAddress()
                    && !address.isMulticastAddress()
                    && !"255.255.255.255".equals(literal);
        } catch (final UnknownHostException e) {
            return false;
        }
    }
}
