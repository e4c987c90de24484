package io.lockstep.transport;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;

/** What the kernel grants of the socket buffers that a profile wants. */
final class SocketBuffers {
    private SocketBuffers() {}

    /** A sentence for each buffer that is clamped: how much was wanted, how much there is, what to do. */
    static List<String> warnings(final int wantedLength) {
        final List<String> warnings = new ArrayList<>();
        try (DatagramChannel channel = DatagramChannel.open()) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, wantedLength);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, wantedLength);
            warn(warnings, wantedLength, channel.getOption(StandardSocketOptions.SO_RCVBUF), "receive", "rmem_max");
            warn(warnings, wantedLength, channel.getOption(StandardSocketOptions.SO_SNDBUF), "send", "wmem_max");
        } catch (final IOException e) {
            warnings.add("socket buffers cannot be checked: " + e.getMessage());
        }
        return warnings;
    }

    private static void warn(
            final List<String> warnings, final int wanted, final int granted, final String what, final String knob) {
        if (granted < wanted) {
            warnings.add("the kernel grants a socket " + what + " buffer of " + granted + " bytes where " + wanted
                    + " are wanted; bursts may be lost and have to be repaired. Raise it: sysctl -w net.core." + knob
                    + "=" + wanted);
        }
    }
}
