package io.lockstep.transport;

import io.aeron.Aeron;
import io.aeron.CommonContext;
import io.aeron.ExclusivePublication;
import io.aeron.Subscription;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.aeron.logbuffer.FragmentHandler;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Measures what a lost datagram costs, with Aeron's defaults and with our profile: one driver on one thread, one
 * thread that sends at a steady rate and receives, multicast on loopback, latency from the intended time of sending.
 * Not a test; run by hand: {@code java … io.lockstep.transport.RepairLatency RATE SECONDS LOSS_PERCENT}.
 */
final class RepairLatency {
    private static final int LENGTH = 150;
    private static final int WARM_UP_SECONDS = 3;
    private static final long SEED = 20_22L;

    private final int rate;
    private final int messages;
    private final int warmUp;
    private final long[] latenciesNs;
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[LENGTH]);
    private int received;

    private RepairLatency(final int rate, final int seconds) {
        this.rate = rate;
        this.warmUp = rate * WARM_UP_SECONDS;
        this.messages = warmUp + rate * seconds;
        this.latenciesNs = new long[messages];
    }

    public static void main(final String[] args) {
        final int rate = Integer.parseInt(args[0]);
        final int seconds = Integer.parseInt(args[1]);
        final double lossPercent = Double.parseDouble(args[2]);
        for (int round = 0; round < 2; round++) {
            new RepairLatency(rate, seconds).run("aeron defaults", false, lossPercent);
            new RepairLatency(rate, seconds).run("our profile", true, lossPercent);
        }
    }

    private void run(final String name, final boolean isOurs, final double lossPercent) {
        final SeededLoss loss = new SeededLoss(SEED, lossPercent, lossPercent);
        final MediaDriver.Context driverContext = new MediaDriver.Context()
                .aeronDirectoryName(CommonContext.generateRandomDirName())
                .dirDeleteOnShutdown(true)
                .threadingMode(ThreadingMode.SHARED)
                .termBufferSparseFile(true)
                .sharedIdleStrategy(IdleStrategies.of("yield"));
        loss.applyTo(driverContext);
        if (isOurs) {
            TransportProfile.network().conclude().applyTo(driverContext);
        }
        final String uri = "aeron:udp?endpoint=239.71.2.41:22495|interface=127.0.0.1";
        try (MediaDriver driver = MediaDriver.launch(driverContext);
                Aeron aeron = Aeron.connect(new Aeron.Context().aeronDirectoryName(driver.aeronDirectoryName()));
                Subscription subscription = aeron.addSubscription(uri, 1);
                ExclusivePublication publication = aeron.addExclusivePublication(uri, 1)) {
            Await.until("connection", () -> publication.isConnected() && subscription.isConnected());
            exchange(publication, subscription);
            report(name, loss);
        }
    }

    private void exchange(final ExclusivePublication publication, final Subscription subscription) {
        final FragmentHandler handler = (buffer, offset, length, header) -> {
            latenciesNs[received++] = System.nanoTime() - buffer.getLong(offset);
        };
        final long intervalNs = 1_000_000_000L / rate;
        long intendedNs = System.nanoTime();
        int sent = 0;
        while (received < messages) {
            if (sent < messages && System.nanoTime() - intendedNs >= 0) {
                message.putLong(0, intendedNs);
                if (publication.offer(message) > 0) {
                    sent++;
                    intendedNs += intervalNs;
                }
            }
            subscription.poll(handler, 10);
        }
    }

    private void report(final String name, final SeededLoss loss) {
        final long[] sorted = Arrays.copyOfRange(latenciesNs, warmUp, messages);
        Arrays.sort(sorted);
        System.out.printf(
                "%-15s %d msg/s, dropped data %d of %d: p50=%s p90=%s p99=%s p99.9=%s max=%s%n",
                name,
                rate,
                loss.droppedData(),
                loss.seenData(),
                micros(sorted, 0.5),
                micros(sorted, 0.9),
                micros(sorted, 0.99),
                micros(sorted, 0.999),
                micros(sorted, 1));
    }

    private static String micros(final long[] sorted, final double quantile) {
        final int index = (int) Math.min(sorted.length - 1L, (long) (sorted.length * quantile));
        return sorted[index] / 1_000 + " us";
    }
}
