package io.lockstep.transport;

import io.aeron.driver.MediaDriver;
import io.aeron.driver.StaticDelayGenerator;
import java.util.List;

/**
 * How fast a lost datagram is asked for and sent again. Part of a {@link TransportProfile}, frozen with it.
 *
 * <p>With Aeron's defaults a receiver of a group waits a random time of up to 10 ms before it asks, so that one of many
 * receivers asks for all, and a sender ignores a second request for the same bytes for another 10 ms. A handful of
 * archives, replicas and gateways on a local network need neither.
 */
public final class RepairProfile {
    /**
     * 20 µs: longer than datagrams overtake each other on a local network. At 10,000 messages a second it takes 100 µs
     * until the next datagram shows the gap, so that less changes nothing that could be measured.
     */
    public static final long DEFAULT_NAK_DELAY_NS = 20_000;

    /**
     * 200 µs: a few round trips of a local network; after it the request or its answer is taken for lost. With 1 ms the
     * second loss in a row is the tail: 1.5 ms instead of 0.4 at p99 with 5 % lost, 0.9 instead of 0.3 at p99.9 with
     * 1 % (docs/performance.md, loss). A sender that sleeps longer finds the requests of that time together, and
     * answers the first.
     */
    public static final long DEFAULT_NAK_RETRY_DELAY_NS = 200_000;

    /** 0: the sender answers at once; there is nobody else whose answer might come first. */
    public static final long DEFAULT_RETRANSMIT_DELAY_NS = 0;

    /**
     * 100 µs: one answer serves all receivers that lost the same bytes, since they ask within some tens of microseconds
     * of each other; below the time after which they ask again, or the repeated request would not be heard.
     */
    public static final long DEFAULT_RETRANSMIT_LINGER_NS = 100_000;

    /** 64: each of a dozen receivers may have several answers lingering; a request that finds no place is lost. */
    public static final int DEFAULT_MAX_RESEND = 64;

    /** 4 × 128 KiB in one answer: a longer gap is asked for piece by piece, so that live data is not crowded out. */
    public static final int DEFAULT_RETRANSMIT_WINDOW_MULTIPLE = 4;

    private final Freeze freeze = new Freeze("RepairProfile");
    private long nakDelayNs = DEFAULT_NAK_DELAY_NS;
    private long nakRetryDelayNs = DEFAULT_NAK_RETRY_DELAY_NS;
    private long retransmitDelayNs = DEFAULT_RETRANSMIT_DELAY_NS;
    private long retransmitLingerNs = DEFAULT_RETRANSMIT_LINGER_NS;
    private int maxResend = DEFAULT_MAX_RESEND;
    private int retransmitWindowMultiple = DEFAULT_RETRANSMIT_WINDOW_MULTIPLE;

    /** All defaults. */
    public RepairProfile() {}

    /**
     * Time from seeing a gap to asking for it, on unicast and multicast alike. Aeron's {@code nak-delay} and
     * {@code aeron.nak.unicast.delay} do not reach multicast (DriverConductor.resolveDelayGenerator), so a delay
     * generator of our own is set for both.
     *
     * @param nakDelayNs nanoseconds, 0 to 10 ms; default {@value #DEFAULT_NAK_DELAY_NS}
     */
    public RepairProfile nakDelayNs(final long nakDelayNs) {
        freeze.check();
        this.nakDelayNs = nakDelayNs;
        return this;
    }

    /**
     * Time between two requests for the same gap. Longer than {@link #retransmitLingerNs(long)}, or the sender would
     * ignore the second request.
     *
     * @param nakRetryDelayNs nanoseconds, 1 µs to 1 s; default {@value #DEFAULT_NAK_RETRY_DELAY_NS}
     */
    public RepairProfile nakRetryDelayNs(final long nakRetryDelayNs) {
        freeze.check();
        this.nakRetryDelayNs = nakRetryDelayNs;
        return this;
    }

    /**
     * Time from a request to its answer.
     *
     * @param retransmitDelayNs nanoseconds, 0 to 10 ms; default {@value #DEFAULT_RETRANSMIT_DELAY_NS}
     */
    public RepairProfile retransmitDelayNs(final long retransmitDelayNs) {
        freeze.check();
        this.retransmitDelayNs = retransmitDelayNs;
        return this;
    }

    /**
     * Time after an answer in which further requests for the same bytes are ignored. Aeron's name says unicast; it is
     * in force for multicast too.
     *
     * @param retransmitLingerNs nanoseconds, 0 to 100 ms; default {@value #DEFAULT_RETRANSMIT_LINGER_NS}
     */
    public RepairProfile retransmitLingerNs(final long retransmitLingerNs) {
        freeze.check();
        this.retransmitLingerNs = retransmitLingerNs;
        return this;
    }

    /**
     * Answers per publication that may be under way or lingering at once.
     *
     * @param maxResend 1 to 256; default {@value #DEFAULT_MAX_RESEND}
     */
    public RepairProfile maxResend(final int maxResend) {
        freeze.check();
        this.maxResend = maxResend;
        return this;
    }

    /**
     * Longest answer, in Aeron's initial windows of 128 KiB.
     *
     * @param retransmitWindowMultiple 1 to 64; default {@value #DEFAULT_RETRANSMIT_WINDOW_MULTIPLE}
     */
    public RepairProfile retransmitWindowMultiple(final int retransmitWindowMultiple) {
        freeze.check();
        this.retransmitWindowMultiple = retransmitWindowMultiple;
        return this;
    }

    /** See {@link #nakDelayNs(long)}. */
    public long nakDelayNs() {
        return nakDelayNs;
    }

    /** See {@link #nakRetryDelayNs(long)}. */
    public long nakRetryDelayNs() {
        return nakRetryDelayNs;
    }

    /** See {@link #retransmitDelayNs(long)}. */
    public long retransmitDelayNs() {
        return retransmitDelayNs;
    }

    /** See {@link #retransmitLingerNs(long)}. */
    public long retransmitLingerNs() {
        return retransmitLingerNs;
    }

    /** See {@link #maxResend(int)}. */
    public int maxResend() {
        return maxResend;
    }

    /** See {@link #retransmitWindowMultiple(int)}. */
    public int retransmitWindowMultiple() {
        return retransmitWindowMultiple;
    }

    void conclude(final List<String> collected) {
        final Faults faults = new Faults("RepairProfile");
        faults.inRange("nakDelayNs", nakDelayNs, 0, 10_000_000);
        faults.inRange("nakRetryDelayNs", nakRetryDelayNs, 1_000, 1_000_000_000);
        faults.inRange("retransmitDelayNs", retransmitDelayNs, 0, 10_000_000);
        faults.inRange("retransmitLingerNs", retransmitLingerNs, 0, 100_000_000);
        faults.check(
                retransmitLingerNs < nakRetryDelayNs,
                "retransmitLingerNs=" + retransmitLingerNs + " is not below nakRetryDelayNs=" + nakRetryDelayNs
                        + ", so every second request would be ignored");
        faults.inRange("maxResend", maxResend, 1, 256);
        faults.inRange("retransmitWindowMultiple", retransmitWindowMultiple, 1, 64);
        collected.addAll(faults.list());
        freeze.freeze();
    }

    void applyTo(final MediaDriver.Context context) {
        final StaticDelayGenerator nakDelay = new StaticDelayGenerator(nakDelayNs, nakRetryDelayNs);
        context.multicastFeedbackDelayGenerator(nakDelay)
                .unicastFeedbackDelayGenerator(nakDelay)
                .retransmitUnicastDelayNs(retransmitDelayNs)
                .retransmitUnicastDelayGenerator(new StaticDelayGenerator(retransmitDelayNs))
                .retransmitUnicastLingerNs(retransmitLingerNs)
                .retransmitUnicastLingerGenerator(new StaticDelayGenerator(retransmitLingerNs))
                .maxResend(maxResend)
                .multicastFlowControlRetransmitReceiverWindowMultiple(retransmitWindowMultiple)
                .unicastFlowControlRetransmitReceiverWindowMultiple(retransmitWindowMultiple);
    }
}
