package io.lockstep.transport;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.FragmentAssembler;
import io.aeron.Subscription;
import io.aeron.driver.ThreadingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A system of two sequencers, two archives and two replicas on loopback, with as many drivers as a test asks for. */
final class TestSystem implements AutoCloseable {
    /** Each test takes ports of its own, within 22,000 to 22,499, and so no test hears another's stragglers. */
    private static final AtomicInteger NEXT_PORT = new AtomicInteger(22_000);

    private static final int PORTS_PER_SYSTEM = 56;
    private static final int LAST_PORT = 22_448;
    private static final int FRAGMENT_LIMIT = 64;

    final TransportContext context;
    private final List<AutoCloseable> closeables = new ArrayList<>();

    TestSystem(final Medium medium) {
        this(medium, TransportProfile.loopback());
    }

    TestSystem(final Medium medium, final TransportProfile profile) {
        context = newContext(medium, nextBasePort()).profile(profile).conclude();
    }

    static int nextBasePort() {
        return NEXT_PORT.getAndUpdate(port -> port + PORTS_PER_SYSTEM > LAST_PORT ? 22_000 : port + PORTS_PER_SYSTEM);
    }

    static TransportContext newContext(final Medium medium, final int basePort) {
        final String host = "127.0.0.1";
        return new TransportContext()
                .medium(medium)
                .multicastGroup("239.71.2.1")
                .basePort(basePort)
                .profile(TransportProfile.loopback())
                .members(List.of(
                        Member.sequencer(1, host, basePort + 6),
                        Member.sequencer(2, host, basePort + 14),
                        Member.archive(1, host, basePort + 22),
                        Member.archive(2, host, basePort + 30),
                        Member.replica(1, host, basePort + 38),
                        Member.replica(2, host, basePort + 46)));
    }

    TransportDriver launchDriver() {
        return launchDriver(DriverContext.of(context));
    }

    TransportDriver launchDriver(final DriverContext driverContext) {
        final TransportDriver driver = TransportDriver.launch(
                driverContext.profile(context.profile()).warningListener(warning -> { }));
        closeables.add(0, driver);
        return driver;
    }

    Transport connect(final TransportDriver driver) {
        return connect(driver, ClientThreading.OWN_THREAD);
    }

    Transport connect(final TransportDriver driver, final ClientThreading threading) {
        final Aeron aeron = driver.connect("test", threading, error -> { });
        closeables.add(0, aeron);
        return new Transport(aeron, context);
    }

    /** The one end of everything: one driver, one client. */
    Transport single() {
        return connect(launchDriver(new DriverContext().threadingMode(ThreadingMode.SHARED)));
    }

    /** Offers until it is taken; the connection is awaited too. */
    static void send(final ExclusivePublication publication, final DirectBuffer buffer, final int length) {
        Await.until("offer to " + publication.channel(), () -> publication.offer(buffer, 0, length) > 0);
    }

    /** Sends a fresh message of a length until one arrives, then checks its bytes. */
    static void exchange(final ExclusivePublication publication, final Subscription subscription, final int length) {
        final UnsafeBuffer sent = message(length, publication.sessionId());
        Await.until("connection of " + publication.channel() + " to " + subscription.channel(), () ->
                publication.isConnected() && subscription.imageBySessionId(publication.sessionId()) != null);
        send(publication, sent, length);
        final boolean[] isFound = {false};
        final FragmentAssembler assembler = new FragmentAssembler((buffer, offset, received, header) -> {
            if (header.sessionId() == publication.sessionId()) {
                isFound[0] |= equals(sent, buffer, offset, received);
            }
        });
        Await.until("message of " + length + " bytes on " + subscription.channel(), () -> {
            subscription.poll(assembler, FRAGMENT_LIMIT);
            return isFound[0];
        });
    }

    static UnsafeBuffer message(final int length, final int salt) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[length]);
        for (int i = 0; i < length; i++) {
            buffer.putByte(i, (byte) (i * 31 + salt + (i >>> 8)));
        }
        return buffer;
    }

    @Override
    public void close() {
        CloseHelper.closeAll(closeables);
    }

    private static boolean equals(
            final UnsafeBuffer sent, final DirectBuffer buffer, final int offset, final int length) {
        if (length != sent.capacity()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (sent.getByte(i) != buffer.getByte(offset + i)) {
                return false;
            }
        }
        return true;
    }
}
