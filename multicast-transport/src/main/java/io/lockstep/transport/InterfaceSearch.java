package io.lockstep.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;

/**
 * Finds a network interface by what Aeron takes for one: {@code address}, {@code address/prefix},
 * <code>{name}</code>.
 */
final class InterfaceSearch {
    private InterfaceSearch() {}

    static NetworkInterface find(final String wanted) throws IOException {
        final NetworkInterface found;
        if (wanted.startsWith("{") && wanted.endsWith("}")) {
            found = NetworkInterface.getByName(wanted.substring(1, wanted.length() - 1));
        } else {
            final int slash = wanted.indexOf('/');
            found = slash < 0
                    ? NetworkInterface.getByInetAddress(InetAddress.getByName(wanted))
                    : byPrefix(InetAddress.getByName(wanted.substring(0, slash)), prefixLength(wanted, slash));
        }
        if (found == null) {
            throw new IOException("this host has no such interface");
        }
        if (!found.isUp()) {
            throw new IOException("the interface " + found.getName() + " is down");
        }
        return found;
    }

    private static int prefixLength(final String wanted, final int slash) throws IOException {
        try {
            return Integer.parseInt(wanted.substring(slash + 1));
        } catch (final NumberFormatException e) {
            throw new IOException("the prefix is no number", e);
        }
    }

    private static NetworkInterface byPrefix(final InetAddress wanted, final int prefixLength) throws IOException {
        for (final NetworkInterface candidate :
                NetworkInterface.networkInterfaces().toList()) {
            for (final InterfaceAddress address : candidate.getInterfaceAddresses()) {
                if (sharePrefix(wanted.getAddress(), address.getAddress().getAddress(), prefixLength)) {
                    return candidate;
                }
            }
        }
        return null;
    }

    private static boolean sharePrefix(final byte[] left, final byte[] right, final int prefixLength) {
        if (left.length != right.length || prefixLength < 0 || prefixLength > left.length * 8) {
            return false;
        }
        for (int bit = 0; bit < prefixLength; bit++) {
            final int mask = 0x80 >>> (bit & 7);
            if ((left[bit >>> 3] & mask) != (right[bit >>> 3] & mask)) {
                return false;
            }
        }
        return true;
    }
}
