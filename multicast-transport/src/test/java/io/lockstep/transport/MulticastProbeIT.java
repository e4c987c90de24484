package io.lockstep.transport;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MulticastProbeIT {
    private static final int PORT = 22_490;
    private static final long TIMEOUT_NS = TimeUnit.MILLISECONDS.toNanos(500);

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.0/8", "{lo}", "localhost"})
    void passesOnLoopbackHoweverItIsWritten(final String networkInterface) {
        final MulticastProbe.Result result =
                new MulticastProbe(networkInterface, "239.71.2.21", PORT, 1, TIMEOUT_NS).run();

        assertTrue(result.isWorking(), result.reason());
    }

    @ParameterizedTest
    @ValueSource(strings = {"203.0.113.7", "203.0.113.0/24", "{nothere0}", "127.0.0.0/x"})
    void failsOnAnInterfaceThatThisHostDoesNotHave(final String networkInterface) {
        final MulticastProbe.Result result =
                new MulticastProbe(networkInterface, "239.71.2.21", PORT, 1, TIMEOUT_NS).run();

        assertFalse(result.isWorking());
        assertTrue(result.reason().contains(networkInterface), result.reason());
    }

    @Test
    void failsOnAnAddressThatIsNoGroup() {
        final MulticastProbe.Result result =
                new MulticastProbe("127.0.0.1", "10.71.2.21", PORT, 1, TIMEOUT_NS).run();

        assertFalse(result.isWorking());
        assertTrue(result.reason().contains("10.71.2.21"), result.reason());
    }

    @Test
    void failsWithinItsDeadlineWhereNothingComesBack() throws SocketException {
        // Loopback always loops, so this takes an interface that does only where the kernel is told to.
        final Optional<NetworkInterface> outside = NetworkInterface.networkInterfaces()
                .filter(MulticastProbeIT::isOutside)
                .findFirst();
        assumeTrue(outside.isPresent(), "no interface but loopback");
        final String name = "{" + outside.get().getName() + "}";
        final long startNs = System.nanoTime();

        final MulticastProbe.Result result = new MulticastProbe(name, "239.71.2.21", PORT, 1, TIMEOUT_NS).run(false);

        assertFalse(result.isWorking());
        assertTrue(result.reason().contains("none came back within 500 ms"), result.reason());
        assertTrue(System.nanoTime() - startNs < TimeUnit.SECONDS.toNanos(5));
    }

    private static boolean isOutside(final NetworkInterface candidate) {
        try {
            return candidate.isUp() && !candidate.isLoopback() && candidate.supportsMulticast();
        } catch (final SocketException e) {
            return false;
        }
    }
}
