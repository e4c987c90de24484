package io.lockstep.transport;

import io.aeron.Aeron;
import io.aeron.driver.MediaDriver;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * After which silence something is taken for gone. Part of a {@link TransportProfile}, frozen with it. None of these
 * timeouts fences anybody: a process stopped for longer wakes up and goes on sending, and epochs tell it apart.
 */
public final class TimeoutProfile {
    /**
     * 1 s where Aeron has 10 s: ten missed heartbeats. A gap that the sender can no longer fill is noticed only by this
     * timeout, and until then the subscriber stands still instead of asking an archive.
     */
    public static final long DEFAULT_IMAGE_LIVENESS_NS = TimeUnit.SECONDS.toNanos(1);

    /**
     * 50 ms where Aeron has 200 ms: a status message that is lost holds the sender up for this long at the worst,
     * when it runs at the edge of the window.
     */
    public static final long DEFAULT_STATUS_MESSAGE_NS = TimeUnit.MILLISECONDS.toNanos(50);

    /** 1 s where Aeron has 5 s: twenty missed status messages, then the publisher learns that nobody listens. */
    public static final long DEFAULT_PUBLICATION_CONNECTION_NS = TimeUnit.SECONDS.toNanos(1);

    /** 1 s where Aeron has 5 s: ten heartbeats, time enough to repair the tail; then the session is free. */
    public static final long DEFAULT_PUBLICATION_LINGER_NS = TimeUnit.SECONDS.toNanos(1);

    /**
     * 1 s where Aeron has 5 s: how long one stuck subscriber may hold up the others of its driver before it is cut
     * off.
     */
    public static final long DEFAULT_UNTETHERED_WINDOW_LIMIT_NS = TimeUnit.SECONDS.toNanos(1);

    /** 200 ms: from being cut off to the position being dropped; the least that is above the timer interval. */
    public static final long DEFAULT_UNTETHERED_LINGER_NS = TimeUnit.MILLISECONDS.toNanos(200);

    /**
     * 1 s where Aeron has 10 s: then the cut off subscriber sees the live stream again and can join it from an
     * archive.
     */
    public static final long DEFAULT_UNTETHERED_RESTING_NS = TimeUnit.SECONDS.toNanos(1);

    /** 100 ms where Aeron has 1 s: how often the driver looks at the timeouts above. */
    public static final long DEFAULT_TIMER_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(100);

    /**
     * 10 s, as Aeron has it: a client whose conductor does not run for so long is closed by itself and by the driver.
     * Longer than any pause we want to live through; a dead sequencer is told by missing ticks, not by this.
     */
    public static final long DEFAULT_CLIENT_LIVENESS_NS = TimeUnit.SECONDS.toNanos(10);

    /** 10 s, as Aeron has it: a client takes the driver for dead after so much silence and closes. */
    public static final long DEFAULT_DRIVER_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(10);

    private final Freeze freeze = new Freeze("TimeoutProfile");
    private long imageLivenessNs = DEFAULT_IMAGE_LIVENESS_NS;
    private long statusMessageNs = DEFAULT_STATUS_MESSAGE_NS;
    private long publicationConnectionNs = DEFAULT_PUBLICATION_CONNECTION_NS;
    private long publicationLingerNs = DEFAULT_PUBLICATION_LINGER_NS;
    private long untetheredWindowLimitNs = DEFAULT_UNTETHERED_WINDOW_LIMIT_NS;
    private long untetheredLingerNs = DEFAULT_UNTETHERED_LINGER_NS;
    private long untetheredRestingNs = DEFAULT_UNTETHERED_RESTING_NS;
    private long timerIntervalNs = DEFAULT_TIMER_INTERVAL_NS;
    private long clientLivenessNs = DEFAULT_CLIENT_LIVENESS_NS;
    private long driverTimeoutNs = DEFAULT_DRIVER_TIMEOUT_NS;

    /** All defaults. */
    public TimeoutProfile() {}

    /**
     * Silence after which an image is closed. Aeron's heartbeats are 100 ms apart, so less than 300 ms is refused.
     *
     * @param imageLivenessNs nanoseconds, 300 ms to 60 s; default 1 s
     */
    public TimeoutProfile imageLivenessNs(final long imageLivenessNs) {
        freeze.check();
        this.imageLivenessNs = imageLivenessNs;
        return this;
    }

    /**
     * Longest time between two status messages of a receiver.
     *
     * @param statusMessageNs nanoseconds, 1 ms to 1 s; default 50 ms
     */
    public TimeoutProfile statusMessageNs(final long statusMessageNs) {
        freeze.check();
        this.statusMessageNs = statusMessageNs;
        return this;
    }

    /**
     * Silence of all receivers after which a publication is not connected any more.
     *
     * @param publicationConnectionNs nanoseconds, 300 ms to 60 s; default 1 s
     */
    public TimeoutProfile publicationConnectionNs(final long publicationConnectionNs) {
        freeze.check();
        this.publicationConnectionNs = publicationConnectionNs;
        return this;
    }

    /**
     * How long a closed publication still repairs its tail.
     *
     * @param publicationLingerNs nanoseconds, 0 to 60 s; default 1 s
     */
    public TimeoutProfile publicationLingerNs(final long publicationLingerNs) {
        freeze.check();
        this.publicationLingerNs = publicationLingerNs;
        return this;
    }

    /**
     * How an untethered subscriber that falls behind is cut off and let in again. Above the timer interval, all three.
     *
     * @param windowLimitNs nanoseconds of standing at the end of the window before it is cut off; default 1 s
     * @param lingerNs nanoseconds from there to its position being dropped; default 200 ms
     * @param restingNs nanoseconds from there to its being let in again; default 1 s
     */
    public TimeoutProfile untetheredNs(final long windowLimitNs, final long lingerNs, final long restingNs) {
        freeze.check();
        this.untetheredWindowLimitNs = windowLimitNs;
        this.untetheredLingerNs = lingerNs;
        this.untetheredRestingNs = restingNs;
        return this;
    }

    /**
     * How often the driver checks its timeouts.
     *
     * @param timerIntervalNs nanoseconds, 1 ms to 1 s; default 100 ms
     */
    public TimeoutProfile timerIntervalNs(final long timerIntervalNs) {
        freeze.check();
        this.timerIntervalNs = timerIntervalNs;
        return this;
    }

    /**
     * Silence of a client after which the driver closes what is its.
     *
     * @param clientLivenessNs nanoseconds, 1 s to 5 min; default 10 s
     */
    public TimeoutProfile clientLivenessNs(final long clientLivenessNs) {
        freeze.check();
        this.clientLivenessNs = clientLivenessNs;
        return this;
    }

    /**
     * Silence of the driver after which a client gives up.
     *
     * @param driverTimeoutNs nanoseconds, 1 s to 5 min; default 10 s
     */
    public TimeoutProfile driverTimeoutNs(final long driverTimeoutNs) {
        freeze.check();
        this.driverTimeoutNs = driverTimeoutNs;
        return this;
    }

    /** See {@link #imageLivenessNs(long)}. */
    public long imageLivenessNs() {
        return imageLivenessNs;
    }

    /** See {@link #statusMessageNs(long)}. */
    public long statusMessageNs() {
        return statusMessageNs;
    }

    /** See {@link #publicationConnectionNs(long)}. */
    public long publicationConnectionNs() {
        return publicationConnectionNs;
    }

    /** See {@link #publicationLingerNs(long)}. */
    public long publicationLingerNs() {
        return publicationLingerNs;
    }

    /** See {@link #untetheredNs}. */
    public long untetheredWindowLimitNs() {
        return untetheredWindowLimitNs;
    }

    /** See {@link #untetheredNs}. */
    public long untetheredLingerNs() {
        return untetheredLingerNs;
    }

    /** See {@link #untetheredNs}. */
    public long untetheredRestingNs() {
        return untetheredRestingNs;
    }

    /** See {@link #timerIntervalNs(long)}. */
    public long timerIntervalNs() {
        return timerIntervalNs;
    }

    /** See {@link #clientLivenessNs(long)}. */
    public long clientLivenessNs() {
        return clientLivenessNs;
    }

    /** See {@link #driverTimeoutNs(long)}. */
    public long driverTimeoutNs() {
        return driverTimeoutNs;
    }

    /**
     * When the driver breaks a claim of a dead publisher: half as long again as the client's liveness, as Aeron
     * demands.
     */
    public long publicationUnblockNs() {
        return clientLivenessNs + clientLivenessNs / 2;
    }

    void conclude(final List<String> collected) {
        final Faults faults = new Faults("TimeoutProfile");
        final long second = TimeUnit.SECONDS.toNanos(1);
        faults.inRange("imageLivenessNs", imageLivenessNs, 300_000_000L, 60 * second);
        faults.inRange("statusMessageNs", statusMessageNs, 1_000_000L, second);
        faults.inRange("publicationConnectionNs", publicationConnectionNs, 300_000_000L, 60 * second);
        faults.check(
                statusMessageNs * 4 <= publicationConnectionNs,
                "statusMessageNs=" + statusMessageNs + " is above a quarter of publicationConnectionNs="
                        + publicationConnectionNs);
        faults.inRange("publicationLingerNs", publicationLingerNs, 0, 60 * second);
        faults.inRange("timerIntervalNs", timerIntervalNs, 1_000_000L, second);
        faults.inRange("untetheredWindowLimitNs", untetheredWindowLimitNs, timerIntervalNs + 1, 60 * second);
        faults.inRange("untetheredLingerNs", untetheredLingerNs, timerIntervalNs + 1, 60 * second);
        faults.inRange("untetheredRestingNs", untetheredRestingNs, timerIntervalNs + 1, 60 * second);
        faults.inRange("clientLivenessNs", clientLivenessNs, second, 300 * second);
        faults.inRange("driverTimeoutNs", driverTimeoutNs, second, 300 * second);
        faults.check(
                timerIntervalNs < clientLivenessNs,
                "timerIntervalNs=" + timerIntervalNs + " is not below clientLivenessNs=" + clientLivenessNs);
        collected.addAll(faults.list());
        freeze.freeze();
    }

    void applyTo(final MediaDriver.Context context) {
        context.imageLivenessTimeoutNs(imageLivenessNs)
                .statusMessageTimeoutNs(statusMessageNs)
                .publicationConnectionTimeoutNs(publicationConnectionNs)
                .publicationLingerTimeoutNs(publicationLingerNs)
                .untetheredWindowLimitTimeoutNs(untetheredWindowLimitNs)
                .untetheredLingerTimeoutNs(untetheredLingerNs)
                .untetheredRestingTimeoutNs(untetheredRestingNs)
                .timerIntervalNs(timerIntervalNs)
                .clientLivenessTimeoutNs(clientLivenessNs)
                .publicationUnblockTimeoutNs(publicationUnblockNs())
                .driverTimeoutMs(TimeUnit.NANOSECONDS.toMillis(driverTimeoutNs));
    }

    void applyTo(final Aeron.Context context) {
        context.driverTimeoutMs(TimeUnit.NANOSECONDS.toMillis(driverTimeoutNs));
    }
}
