package io.lockstep.transport;

import io.aeron.CommonContext;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * How this process comes to a media driver: embeds one, or uses that of another process. Set, then {@link #conclude}.
 */
public final class DriverContext {
    /**
     * Log buffers with 16 MiB terms that one process is taken to need at once: the demo's streams, both ends, and a
     * replay.
     */
    public static final int DEFAULT_MESSAGE_LOGS = 12;

    private static final int LEAST_MESSAGE_LOGS = 2;

    private final Freeze freeze = new Freeze("DriverContext");
    private TransportProfile profile = TransportProfile.network();
    private ThreadingMode threadingMode = ThreadingMode.SHARED;
    private String idleStrategy = "backoff";
    private String conductorIdleStrategy = "backoff";
    private String directory;
    private boolean isExternal;
    private int messageLogs = DEFAULT_MESSAGE_LOGS;
    private SeededLoss loss;
    private Consumer<String> warningListener =
            warning -> System.getLogger(DriverContext.class.getName()).log(System.Logger.Level.WARNING, warning);
    private ErrorHandler errorHandler = new CountedErrors(error ->
            System.getLogger(DriverContext.class.getName()).log(System.Logger.Level.ERROR, "media driver", error));

    /** All defaults: an embedded driver on one thread, in a directory of its own. */
    public DriverContext() {}

    /**
     * All defaults, with the profile of the streams that the driver is to carry.
     *
     * @param transport concluded
     */
    public static DriverContext of(final TransportContext transport) {
        transport.requireConcluded();
        return new DriverContext().profile(transport.profile());
    }

    /**
     * Timers and buffers; those of the {@link TransportContext}. An external driver has its own, and only what stands
     * in a URI (terms, MTU, linger) reaches it.
     *
     * @param profile default {@link TransportProfile#network()}
     */
    public DriverContext profile(final TransportProfile profile) {
        freeze.check();
        this.profile = Objects.requireNonNull(profile);
        return this;
    }

    /**
     * Threads of the embedded driver. DEDICATED wants three free cores. INVOKER has none: whoever owns the driver calls
     * {@link TransportDriver#invoker} in its duty cycle.
     *
     * @param threadingMode default SHARED: one thread
     */
    public DriverContext threadingMode(final ThreadingMode threadingMode) {
        freeze.check();
        this.threadingMode = Objects.requireNonNull(threadingMode);
        return this;
    }

    /**
     * Idling of the shared thread, or of sender and receiver.
     *
     * @param idleStrategy one of {@link IdleStrategies#NAMES}; default {@code backoff}
     */
    public DriverContext idleStrategy(final String idleStrategy) {
        freeze.check();
        this.idleStrategy = Objects.requireNonNull(idleStrategy);
        return this;
    }

    /**
     * Idling of the conductor where it has a thread of its own.
     *
     * @param conductorIdleStrategy one of {@link IdleStrategies#NAMES}; default {@code backoff}
     */
    public DriverContext conductorIdleStrategy(final String conductorIdleStrategy) {
        freeze.check();
        this.conductorIdleStrategy = Objects.requireNonNull(conductorIdleStrategy);
        return this;
    }

    /**
     * Directory of the embedded driver; removed when it closes. Best on a file system in memory.
     *
     * @param directory default: a new one under {@code /dev/shm} (Linux) or the temporary directory
     */
    public DriverContext directory(final String directory) {
        freeze.check();
        this.directory = Objects.requireNonNull(directory);
        this.isExternal = false;
        return this;
    }

    /**
     * Use the driver that another process runs in this directory, and embed none. It is left as it is at close.
     *
     * @param externalDirectory of the running driver
     */
    public DriverContext external(final String externalDirectory) {
        freeze.check();
        this.directory = Objects.requireNonNull(externalDirectory);
        this.isExternal = true;
        return this;
    }

    /**
     * How many message-carrying log buffers (publications and images) the directory must have room for. Less gives a
     * warning; room for fewer than two is a fault.
     *
     * @param messageLogs 2 to 1,000; default {@value #DEFAULT_MESSAGE_LOGS}
     */
    public DriverContext messageLogs(final int messageLogs) {
        freeze.check();
        this.messageLogs = messageLogs;
        return this;
    }

    /**
     * Loss to be inflicted on all UDP streams of the embedded driver.
     *
     * @param loss default none
     */
    public DriverContext loss(final SeededLoss loss) {
        freeze.check();
        this.loss = loss;
        return this;
    }

    /**
     * Who hears what is not as it should be but works.
     *
     * @param warningListener default: the system logger
     */
    public DriverContext warningListener(final Consumer<String> warningListener) {
        freeze.check();
        this.warningListener = Objects.requireNonNull(warningListener);
        return this;
    }

    /**
     * Who hears the errors of the driver's threads.
     *
     * @param errorHandler default: counted, and told to the system logger
     */
    public DriverContext errorHandler(final ErrorHandler errorHandler) {
        freeze.check();
        this.errorHandler = Objects.requireNonNull(errorHandler);
        return this;
    }

    /**
     * Checks everything, warns of what is tight, and freezes. Once.
     *
     * <p>Refuses a process whose Agrona bounds checks are off: Aeron's driver writes where a datagram's header says,
     * and without the checks a single forged one ends the process or overwrites what another stream holds.
     *
     * @throws IllegalStateException that names every fault
     */
    public DriverContext conclude() {
        freeze.check();
        final Faults faults = new Faults("DriverContext");
        faults.addAll(profile.collectFaults());
        faults.inRange("messageLogs", messageLogs, LEAST_MESSAGE_LOGS, 1_000);
        checkIdleStrategy(faults, "idleStrategy", idleStrategy);
        checkIdleStrategy(faults, "conductorIdleStrategy", conductorIdleStrategy);
        faults.check(!isExternal || loss == null, "loss needs an embedded driver, but the driver is external");
        final List<String> warnings = new ArrayList<>();
        if (!isExternal) {
            if (directory == null) {
                directory = CommonContext.generateRandomDirName();
            }
            checkBounds(faults, UnsafeBuffer.SHOULD_BOUNDS_CHECK);
            checkRoom(faults, warnings, SharedMemory.usableBytes(Path.of(directory)));
            warnings.addAll(SocketBuffers.warnings(profile.buffers().socketBufferLength()));
        }
        faults.throwIfAny();
        warnings.forEach(warningListener);
        freeze.freeze();
        return this;
    }

    /** See {@link #profile(TransportProfile)}. */
    public TransportProfile profile() {
        return profile;
    }

    /** See {@link #threadingMode(ThreadingMode)}. */
    public ThreadingMode threadingMode() {
        return threadingMode;
    }

    /** The driver's directory; null before {@link #conclude} where none was named. */
    public String directory() {
        return directory;
    }

    /** Whether another process runs the driver. */
    public boolean isExternal() {
        return isExternal;
    }

    /** See {@link #errorHandler(ErrorHandler)}. */
    public ErrorHandler errorHandler() {
        return errorHandler;
    }

    boolean isConcluded() {
        return freeze.isFrozen();
    }

    static void checkBounds(final Faults faults, final boolean areBoundsChecked) {
        faults.check(
                areBoundsChecked,
                "agrona.disable.bounds.checks=true in a process that owns a media driver: one forged datagram would"
                        + " crash it or corrupt a stream; leave the property away");
    }

    void checkRoom(final Faults faults, final List<String> warnings, final long usable) {
        if (usable < 0) {
            warnings.add("the room in " + directory + " cannot be told");
            return;
        }
        final long least = SharedMemory.lengthOf(LEAST_MESSAGE_LOGS, profile);
        final long wanted = SharedMemory.lengthOf(messageLogs, profile);
        if (usable < least) {
            faults.check(false, SharedMemory.advice(Path.of(directory), least, usable));
        } else if (usable < wanted) {
            warnings.add(SharedMemory.advice(Path.of(directory), wanted, usable));
        }
    }

    MediaDriver.Context newMediaDriverContext() {
        freeze.requireFrozen();
        final MediaDriver.Context context = new MediaDriver.Context()
                .aeronDirectoryName(directory)
                .dirDeleteOnStart(true)
                .dirDeleteOnShutdown(true)
                .warnIfDirectoryExists(false)
                .threadingMode(threadingMode)
                .sharedIdleStrategy(IdleStrategies.of(idleStrategy))
                .sharedNetworkIdleStrategy(IdleStrategies.of(idleStrategy))
                .senderIdleStrategy(IdleStrategies.of(idleStrategy))
                .receiverIdleStrategy(IdleStrategies.of(idleStrategy))
                .conductorIdleStrategy(IdleStrategies.of(conductorIdleStrategy))
                // Resolves names; without threads of its own an invoked driver does that in its duty cycle.
                .asyncExecutorEnabled(threadingMode != ThreadingMode.INVOKER)
                .performStorageChecks(true)
                .lowStorageWarningThreshold(SharedMemory.lengthOf(1, profile))
                .errorHandler(errorHandler);
        profile.applyTo(context);
        if (loss != null) {
            loss.applyTo(context);
        }
        return context;
    }

    private static void checkIdleStrategy(final Faults faults, final String name, final String value) {
        faults.check(
                IdleStrategies.NAMES.contains(value), name + "=" + value + " is not one of " + IdleStrategies.NAMES);
    }
}
