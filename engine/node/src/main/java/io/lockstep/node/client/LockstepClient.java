package io.lockstep.node.client;

import io.aeron.Aeron;
import io.aeron.driver.ThreadingMode;
import io.lockstep.core.client.Gateway;
import io.lockstep.core.client.GatewayConfiguration;
import io.lockstep.core.client.GatewaySession;
import io.lockstep.core.client.Output;
import io.lockstep.core.client.SessionEnd;
import io.lockstep.core.client.SessionState;
import io.lockstep.core.trace.HopTrace;
import io.lockstep.node.DriverPlace;
import io.lockstep.node.adapter.Outflow;
import io.lockstep.node.agent.AgentAids;
import io.lockstep.node.agent.AgentListener;
import io.lockstep.node.agent.GatewayEnds;
import io.lockstep.node.agent.GatewayProgram;
import io.lockstep.node.agent.InvokedDriver;
import io.lockstep.node.config.NodeConfiguration;
import io.lockstep.node.trace.HopRings;
import io.lockstep.transport.ClientThreading;
import io.lockstep.transport.DriverContext;
import io.lockstep.transport.Transport;
import io.lockstep.transport.TransportContext;
import io.lockstep.transport.TransportDriver;
import java.security.SecureRandom;
import java.util.List;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;

/**
 * A client with a gateway of its own in the thread that uses it: no thread is started, everything moves in
 * {@link #poll()}, which wants to be called all the time. One session; one thread.
 *
 * <pre>{@code
 * try (LockstepClient client = LockstepClient.connect(configuration, 42, listener, 10_000)) {
 *     while (client.offer(buffer, 0, length) < 0) {
 *         client.poll();
 *     }
 *     ...
 * }
 * }</pre>
 */
public final class LockstepClient implements AutoCloseable {
    private static final long CLOSE_TIMEOUT_NS = 2_000_000_000L;

    private final TransportDriver driver;
    private final InvokedDriver invokedDriver;
    private final Aeron aeron;
    private final GatewayEnds ends;
    private final HopRings hops;
    private GatewaySession session;
    private boolean closed;

    private LockstepClient(
            final NodeConfiguration configuration, final long clientId, final ClientListener listener) {
        final TransportContext transportContext = configuration
                .transportContext()
                .mediumListener((medium, reason) -> listener.onWarning(reason))
                .conclude();
        final DriverContext driverContext = DriverContext.of(transportContext)
                .threadingMode(ThreadingMode.INVOKER)
                .warningListener(listener::onWarning)
                .errorHandler(error -> listener.onWarning("driver: " + error));
        DriverPlace.apply(configuration, driverContext);
        hops = configuration.hopRings();
        driver = TransportDriver.launch(driverContext);
        invokedDriver = driver.isEmbedded() ? new InvokedDriver(driver.invoker()) : null;
        try {
            final ClientThreading threading =
                    driver.isEmbedded() ? ClientThreading.INVOKER_WITH_DRIVER : ClientThreading.INVOKER;
            aeron = driver.connect("lockstep-client", threading, error -> listener.onWarning("aeron: " + error));
            final AgentListener warnings = new AgentListener() {
                @Override
                public void onWarning(final String role, final String message) {
                    listener.onWarning(message);
                }
            };
            final GatewayConfiguration gateway = GatewayConfiguration.of(
                    configuration.clusterId(), new SecureRandom().nextLong(), configuration.archiveSet());
            final AgentAids aids = new AgentAids(
                    new Transport(aeron, transportContext),
                    configuration.clusterId(),
                    warnings,
                    Outflow.ELSEWHERE,
                    hops);
            ends = new GatewayEnds(aids, (int) (clientId & 0xFF), gateway, new ToListener(listener));
        } catch (final RuntimeException e) {
            CloseHelper.close(e::addSuppressed, driver);
            throw e;
        }
    }

    /**
     * Connects and waits until the session is open. A session of the same client elsewhere is taken over.
     *
     * @param configuration of the system: members, medium, cluster; what it hosts does not matter here
     * @param clientId names the client in the whole system
     * @param listener told of outputs, from within {@link #poll()}
     * @param timeoutMs after which it gives up
     * @return the client, its session open
     * @throws IllegalStateException if the session is not open in time: no sequencer, no quorum of archives or no
     *     replica is there
     */
    public static LockstepClient connect(
            final NodeConfiguration configuration,
            final long clientId,
            final ClientListener listener,
            final long timeoutMs) {
        final LockstepClient client = new LockstepClient(configuration, clientId, listener);
        final long deadline = System.nanoTime() + timeoutMs * 1_000_000;
        while (client.session == null || client.session.state() != SessionState.OPEN) {
            client.poll();
            if (client.session == null && client.ends.isLive()) {
                // Not before: an opening that is sequenced where this gateway does not read the log yet would be missed
                // for good, since the sequencer takes each request once.
                client.session = client.ends.gateway().open(clientId);
            }
            if (System.nanoTime() - deadline > 0) {
                final String state = client.session == null
                        ? "the log is not seen"
                        : "session " + client.session.state();
                client.closeParts();
                throw new IllegalStateException("not connected within " + timeoutMs + " ms ("
                        + state + "): is there a sequencer, a quorum of archives and a replica, and is the medium "
                        + configuration.medium() + " the same as theirs?");
            }
            Thread.onSpinWait();
        }
        return client;
    }

    /**
     * Offers a command.
     *
     * @param body holds the command
     * @param offset of its first byte
     * @param length in bytes, up to 1 MiB
     * @return the client sequence it got, above 0; or {@link GatewaySession#WINDOW_FULL} (poll and offer again),
     *     {@link GatewaySession#NOT_OPEN} or {@link GatewaySession#TOO_LONG}
     */
    public long offer(final DirectBuffer body, final int offset, final int length) {
        return session.offer(body, offset, length);
    }

    /**
     * Moves everything there is to move, once, and hands outputs to the listener.
     *
     * @return how much was done; 0 means the caller may idle
     */
    public int poll() {
        int work = invokedDriver == null ? 0 : invokedDriver.doWork();
        work += aeron.conductorAgentInvoker().invoke();
        return work + ends.poll(System.nanoTime());
    }

    /** Times of commands at the hops of this client; nothing unless {@code trace.hops} is set. */
    public List<HopTrace> hopTraces() {
        return hops.traces();
    }

    /** The session: where it stands, how far its commands are. */
    public GatewaySession session() {
        return session;
    }

    /** Closes the session in order, after its last command, and lets go of everything. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        final long deadline = System.nanoTime() + CLOSE_TIMEOUT_NS;
        while (session.state() != SessionState.ENDED && System.nanoTime() - deadline < 0) {
            session.close();
            poll();
        }
        closeParts();
    }

    private void closeParts() {
        closed = true;
        CloseHelper.closeAll(ends, aeron, driver);
    }

    /** Passes on what concerns the one session. */
    private record ToListener(ClientListener listener) implements GatewayProgram {
        @Override
        public int onDutyCycle(final Gateway gateway, final long nanoTime, final boolean live) {
            return 0;
        }

        @Override
        public void onOutput(final GatewaySession session, final Output output) {
            listener.onOutput(output);
        }

        @Override
        public void onClosed(final GatewaySession session, final SessionEnd reason) {
            listener.onClosed(reason);
        }
    }
}
