package io.lockstep.transport;

import io.aeron.Aeron;
import io.aeron.driver.MediaDriver;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.NoOpLock;
import org.agrona.concurrent.YieldingIdleStrategy;

/**
 * The media driver of this process, embedded or another's, and the Aeron clients on it.
 *
 * <p><b>Who may run what on which thread.</b> Clients and driver talk only through the many-producer command ring and
 * the broadcast buffer in the driver's directory. So with {@code ThreadingMode.INVOKER} one thread may invoke the
 * driver while clients are run by other threads, each by its own conductor thread or by its own invoker; what the
 * driver needs is that at any time one thread invokes it. Two rules follow:
 *
 * <ul>
 *   <li>only clients of the thread that invokes the driver are given its invoker
 * ({@link ClientThreading#INVOKER_WITH_DRIVER}): a blocking call of such a client invokes the driver, and from
 * another
 *       thread that would run the driver twice at once, which nothing in it guards against;
 * <li>a blocking call on any other thread (adding a publication, launching an archive) returns only while the
 * driver's thread
 *       goes on invoking, so the two threads must not wait for each other.
 * </ul>
 *
 * <p>Made and closed by one thread; {@link #connect} may be called by any.
 */
public final class TransportDriver implements AutoCloseable {
    /**
     * How often a client's own conductor thread looks for the driver's answers and image events: 1 ms, Aeron has 16
     * ms.
     */
    private static final long CLIENT_IDLE_NS = 1_000_000;

    private final DriverContext context;
    private final MediaDriver mediaDriver;

    private TransportDriver(final DriverContext context, final MediaDriver mediaDriver) {
        this.context = context;
        this.mediaDriver = mediaDriver;
    }

    /**
     * Starts the embedded driver, or takes the external one as it is.
     *
     * @param context not concluded yet, or concluded and not launched yet
     */
    public static TransportDriver launch(final DriverContext context) {
        if (!context.isConcluded()) {
            context.conclude();
        }
        final MediaDriver mediaDriver =
                context.isExternal() ? null : MediaDriver.launch(context.newMediaDriverContext());
        return new TransportDriver(context, mediaDriver);
    }

    /** The driver's directory. */
    public String directory() {
        return context.directory();
    }

    /** Whether this process runs the driver. */
    public boolean isEmbedded() {
        return mediaDriver != null;
    }

    /**
     * What the driver's owner calls in its duty cycle, or null unless an embedded driver has threading mode INVOKER.
     */
    public AgentInvoker invoker() {
        return mediaDriver == null ? null : mediaDriver.sharedAgentInvoker();
    }

    /**
     * Connects a client.
     *
     * @param name for counters and thread names
     * @param threading who runs its conductor
     * @param errorHandler hears what goes wrong outside of a poll; exceptions of message handlers are thrown to the
     *     poller
     */
    public Aeron connect(final String name, final ClientThreading threading, final ErrorHandler errorHandler) {
        return Aeron.connect(clientContext(name, threading, errorHandler));
    }

    /**
     * The context of a client for those who connect it themselves, such as an Aeron Archive.
     *
     * @param name for counters and thread names
     * @param threading who runs its conductor
     * @param errorHandler hears what goes wrong outside of a poll
     */
    public Aeron.Context clientContext(
            final String name, final ClientThreading threading, final ErrorHandler errorHandler) {
        final Aeron.Context client = new Aeron.Context()
                .aeronDirectoryName(context.directory())
                .clientName(name)
                .errorHandler(errorHandler)
                .idleSleepDurationNs(CLIENT_IDLE_NS);
        context.profile().applyTo(client);
        return switch (threading) {
            case OWN_THREAD -> client.threadFactory(task -> new Thread(task, name + "-aeron-conductor"));
            case INVOKER -> invoked(client);
            case INVOKER_WITH_DRIVER -> invoked(client).driverAgentInvoker(requireInvoker());
            default -> throw new IllegalArgumentException("unknown threading " + threading);
        };
    }

    /** Ends the embedded driver and removes its directory; clients are closed before, by their owners. */
    @Override
    public void close() {
        if (mediaDriver != null) {
            mediaDriver.close();
        }
    }

    /** The embedded driver's own context, to see what is in force. */
    MediaDriver.Context mediaDriverContext() {
        return mediaDriver.context();
    }

    private AgentInvoker requireInvoker() {
        final AgentInvoker invoker = invoker();
        if (invoker == null) {
            throw new IllegalArgumentException("INVOKER_WITH_DRIVER needs an embedded driver, threading mode INVOKER");
        }
        return invoker;
    }

    private static Aeron.Context invoked(final Aeron.Context client) {
        return client.useConductorAgentInvoker(true)
                .clientLock(NoOpLock.INSTANCE)
                .awaitingIdleStrategy(YieldingIdleStrategy.INSTANCE);
    }
}
