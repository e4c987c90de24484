package io.lockstep.transport;

import io.aeron.driver.MediaDriver;
import io.aeron.driver.ext.DebugReceiveChannelEndpoint;
import io.aeron.driver.ext.DebugSendChannelEndpoint;
import io.aeron.driver.ext.LossGenerator;

/**
 * Drops a part of the datagrams that arrive at one media driver, by a seed, for tests and demonstrations. Data (with
 * setup and heartbeats) is dropped where it is received; control (status messages, repair requests) where the
 * publication's side receives it. All UDP streams of the driver are hit alike; shared memory is not.
 *
 * <p>Rates may be changed by any thread at any time. The drops of one direction depend on the seed, the rates and how
 * many datagrams came, in which order; not on their content.
 */
public final class SeededLoss {
    private static final LossGenerator NO_LOSS = (address, buffer, length) -> false;

    private final SeededLossGenerator data;
    private final SeededLossGenerator control;

    /**
     * A loss that is switched on.
     *
     * @param seed of both directions
     * @param dataPercent of data datagrams dropped, 0 to 100
     * @param controlPercent of control datagrams dropped, 0 to 100
     */
    public SeededLoss(final long seed, final double dataPercent, final double controlPercent) {
        data = new SeededLossGenerator(seed);
        control = new SeededLossGenerator(~seed);
        percent(dataPercent, controlPercent);
    }

    /**
     * Sets new rates; zero and zero switches the loss off.
     *
     * @param dataPercent of data datagrams dropped, 0 to 100
     * @param controlPercent of control datagrams dropped, 0 to 100
     */
    public void percent(final double dataPercent, final double controlPercent) {
        requirePercent("dataPercent", dataPercent);
        requirePercent("controlPercent", controlPercent);
        data.rate(dataPercent / 100);
        control.rate(controlPercent / 100);
    }

    /** Data datagrams dropped so far. */
    public long droppedData() {
        return data.dropped();
    }

    /** Control datagrams dropped so far. */
    public long droppedControl() {
        return control.dropped();
    }

    /** Data datagrams that were asked about while the data rate was above zero. */
    public long seenData() {
        return data.seen();
    }

    /** Control datagrams that were asked about while the control rate was above zero. */
    public long seenControl() {
        return control.seen();
    }

    SeededLossGenerator data() {
        return data;
    }

    SeededLossGenerator control() {
        return control;
    }

    void applyTo(final MediaDriver.Context context) {
        context.receiveChannelEndpointSupplier((channel, dispatcher, status, driver) ->
                        new DebugReceiveChannelEndpoint(channel, dispatcher, status, driver, data, NO_LOSS))
                .sendChannelEndpointSupplier((channel, status, driver) ->
                        new DebugSendChannelEndpoint(channel, status, driver, NO_LOSS, control));
    }

    private static void requirePercent(final String name, final double percent) {
        if (!(percent >= 0 && percent <= 100)) {
            throw new IllegalArgumentException(name + "=" + percent + " is not within 0 to 100");
        }
    }
}
