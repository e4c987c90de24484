package io.lockstep.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.ExclusivePublication;
import io.aeron.Subscription;
import io.aeron.logbuffer.FragmentHandler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class LossIT {
    private static final int MESSAGES = 100_000;
    private static final int LENGTH = 150;
    private static final int FRAGMENT_LIMIT = 64;
    private static final long SEED = Long.getLong("seed", 71_002L);

    @ParameterizedTest
    @EnumSource(value = Medium.class, names = {"MULTICAST", "UNICAST"})
    void nothingIsLostDoubledOrReorderedAtFivePercent(final Medium medium) {
        final SeededLoss senderLoss = new SeededLoss(SEED, 0, 5);
        final SeededLoss receiverLoss = new SeededLoss(SEED + 1, 5, 5);
        // Short datagrams, so that a hundred thousand messages are tens of thousands of chances to be lost.
        final TransportProfile profile = TransportProfile.network();
        try (TestSystem system = new TestSystem(medium, profile)) {
            final Transport sender = system.connect(system.launchDriver(new DriverContext().loss(senderLoss)));
            final Transport receiver = system.connect(system.launchDriver(new DriverContext().loss(receiverLoss)));
            final ExclusivePublication publication = sender.addSequencedPublication(1);
            final Subscription subscription = receiver.addSequencedSubscription();
            Await.until("connection", () -> publication.isConnected() && subscription.isConnected());

            final long startNs = System.nanoTime();
            final CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> sendAll(publication));
            receiveAll(subscription);
            final long elapsedNs = System.nanoTime() - startNs;
            sending.join();

            System.out.printf(
                    "loss-rate: seed=%d %s messages=%d rate=%.0f/s dropped data=%d of %d control=%d of %d%n",
                    SEED,
                    medium,
                    MESSAGES,
                    MESSAGES * 1e9 / elapsedNs,
                    receiverLoss.droppedData(),
                    receiverLoss.seenData(),
                    senderLoss.droppedControl(),
                    senderLoss.seenControl());
            assertShare(receiverLoss.droppedData(), receiverLoss.seenData());
            assertTrue(senderLoss.droppedControl() > 0, "no control datagram was dropped");
        }
    }

    @Test
    void lossSwitchedOnWhileRunningStopsAStreamAndSwitchedOffLetsItGoOn() {
        final SeededLoss loss = new SeededLoss(SEED, 0, 0);
        try (TestSystem system = new TestSystem(Medium.MULTICAST)) {
            final Transport transport = system.connect(system.launchDriver(new DriverContext().loss(loss)));
            final ExclusivePublication publication = transport.addSequencedPublication(1);
            final Subscription subscription = transport.addSequencedSubscription();
            TestSystem.exchange(publication, subscription, LENGTH);
            assertEquals(0, loss.seenData());

            loss.percent(100, 0);
            TestSystem.send(publication, TestSystem.message(LENGTH, 0), LENGTH);
            Await.until("a drop", () -> loss.droppedData() > 0);
            assertEquals(0, subscription.poll((buffer, offset, length, header) -> { }, 1));

            loss.percent(0, 0);
            TestSystem.exchange(publication, subscription, LENGTH);
        }
    }

    private static void sendAll(final ExclusivePublication publication) {
        final UnsafeBuffer message = new UnsafeBuffer(new byte[LENGTH]);
        final IdleStrategy idle = new BackoffIdleStrategy();
        for (int i = 0; i < MESSAGES; i++) {
            message.putLong(0, i);
            while (publication.offer(message) < 0) {
                idle.idle();
            }
            idle.reset();
        }
    }

    /** Fails at the first message that is not the next; afterwards none may follow. */
    private static void receiveAll(final Subscription subscription) {
        final long[] next = {0};
        final FragmentHandler handler = (buffer, offset, length, header) -> {
            assertEquals(next[0], buffer.getLong(offset));
            assertEquals(LENGTH, length);
            next[0]++;
        };
        Await.until("all messages", TimeUnit.SECONDS.toNanos(90), () -> {
            while (subscription.poll(handler, FRAGMENT_LIMIT) > 0) {
                Thread.onSpinWait();
            }
            return next[0] >= MESSAGES;
        });
        assertEquals(MESSAGES, next[0]);
        assertEquals(0, subscription.poll(handler, FRAGMENT_LIMIT));
    }

    private static void assertShare(final long dropped, final long seen) {
        final double share = (double) dropped / seen;
        assertTrue(share > 0.04 && share < 0.06, "dropped " + dropped + " of " + seen);
    }
}
