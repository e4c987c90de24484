package io.lockstep.transport;

import io.aeron.Aeron;
import io.aeron.CommonContext.InferableBoolean;
import io.aeron.RethrowingErrorHandler;
import io.aeron.driver.DefaultCongestionControlSupplier;
import io.aeron.driver.MaxMulticastFlowControlSupplier;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.UnicastFlowControl;
import java.util.ArrayList;
import java.util.List;

/**
 * Every transport default that the system does not take as Aeron has it, in one place, each with its reason: here
 * what has no number, in {@link RepairProfile}, {@link TimeoutProfile} and {@link BufferProfile} what has one.
 *
 * <ul>
 * <li><b>Flow control is {@code max}</b> on every group: the fastest receiver sets the pace. With {@code min} one
 * hung
 * replica behind a live driver stops the market for as long as it hangs. What bounds the sender is the quorum: the
 *       sequencer stamps no more than a window beyond the commit; who falls out of an image recovers from an archive.
 * <li><b>Receiver group consideration is inferred</b>: multicast and multi-destination senders say what they are in
 * their
 *       setup frame, and both delay generators are ours, so that either answer has the same timers.
 * <li><b>Congestion control is static</b>: the others measure round trips and shrink windows, which is for wide
 * areas.
 * <li><b>Spies do not simulate a connection</b>: with them a publication without receivers moves its position over
 * bytes
 *       that nobody was sent. Nothing here spies; archives record what came over the network.
 *   <li><b>Streams are reliable and rejoin</b>: a gap is repaired or ends the image, never filled with padding.
 * <li><b>Subscriptions on a driver are tethered unless their channel says otherwise</b>: {@link Channels} unties
 * those
 *       that can recover from elsewhere.
 * <li><b>A subscriber's exception is thrown to whoever polls</b>: Aeron's default logs it and moves on past the
 * message,
 *       and the replica has silently skipped a command.
 *   <li><b>An error handler is always set</b>: Aeron's default ends the process when the driver times out.
 * </ul>
 */
public final class TransportProfile {
    private final RepairProfile repair;
    private final TimeoutProfile timeouts;
    private final BufferProfile buffers;

    /** Defaults for a network. */
    public TransportProfile() {
        this(new RepairProfile(), new TimeoutProfile(), new BufferProfile());
    }

    /**
     * A profile of these parts.
     *
     * @param repair how fast a loss is mended
     * @param timeouts after which silence something is gone
     * @param buffers how long everything is
     */
    public TransportProfile(final RepairProfile repair, final TimeoutProfile timeouts, final BufferProfile buffers) {
        this.repair = repair;
        this.timeouts = timeouts;
        this.buffers = buffers;
    }

    /** Defaults for several hosts on a local network. */
    public static TransportProfile network() {
        return new TransportProfile();
    }

    /** Defaults for one host, over loopback or shared memory: longer datagrams, else the same. */
    public static TransportProfile loopback() {
        return new TransportProfile(
                new RepairProfile(),
                new TimeoutProfile(),
                new BufferProfile().mtuLength(BufferProfile.LOOPBACK_MTU_LENGTH));
    }

    /** How fast a loss is mended. */
    public RepairProfile repair() {
        return repair;
    }

    /** After which silence something is gone. */
    public TimeoutProfile timeouts() {
        return timeouts;
    }

    /** How long everything is. */
    public BufferProfile buffers() {
        return buffers;
    }

    /**
     * Checks and freezes all parts. Called by the contexts that hold a profile; calling it again does no harm.
     *
     * @throws IllegalStateException that names every fault
     */
    public TransportProfile conclude() {
        final Faults faults = new Faults("TransportProfile");
        faults.addAll(collectFaults());
        faults.throwIfAny();
        return this;
    }

    List<String> collectFaults() {
        final List<String> faults = new ArrayList<>();
        repair.conclude(faults);
        timeouts.conclude(faults);
        buffers.conclude(faults);
        return faults;
    }

    /**
     * Sets the driver's side of the profile.
     *
     * @param context of a driver that is not launched yet
     */
    public void applyTo(final MediaDriver.Context context) {
        repair.applyTo(context);
        timeouts.applyTo(context);
        buffers.applyTo(context);
        context.multicastFlowControlSupplier(new MaxMulticastFlowControlSupplier())
                .unicastFlowControlSupplier((udpChannel, streamId, registrationId) -> new UnicastFlowControl())
                .congestControlSupplier(new DefaultCongestionControlSupplier())
                .receiverGroupConsideration(InferableBoolean.INFER)
                .spiesSimulateConnection(false)
                .reliableStream(true)
                .rejoinStream(true)
                .tetherSubscriptions(true);
    }

    /**
     * Sets the client's side of the profile.
     *
     * @param context of a client that is not connected yet
     */
    public void applyTo(final Aeron.Context context) {
        timeouts.applyTo(context);
        context.subscriberErrorHandler(RethrowingErrorHandler.INSTANCE);
    }
}
