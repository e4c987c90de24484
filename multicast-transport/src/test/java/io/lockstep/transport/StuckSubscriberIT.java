package io.lockstep.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.aeron.ExclusivePublication;
import io.aeron.Subscription;
import io.aeron.logbuffer.FragmentHandler;
import java.util.concurrent.TimeUnit;
import org.agrona.collections.MutableInteger;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A reader that hangs is cut off; neither the sender nor the reader beside it, on the same driver, waits for it for
 * long.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class StuckSubscriberIT {
    private static final int LENGTH = 1024;
    private static final int FRAGMENT_LIMIT = 64;

    @ParameterizedTest
    @EnumSource(value = Medium.class, names = {"MULTICAST", "UNICAST", "IPC"})
    void aStuckReaderOfTheLogDoesNotStopTheOthers(final Medium medium) {
        try (TestSystem system = new TestSystem(medium)) {
            final Transport transport = system.single();
            final Subscription stuck = transport.addSequencedSubscription();
            final Subscription reader = transport.addSequencedSubscription();
            final ExclusivePublication log = transport.addSequencedPublication(1);
            Await.until("connection", () -> log.isConnected() && stuck.isConnected() && reader.isConnected());
            // Two terms, four times what a subscriber may lag behind.
            final int messages = 2 * log.termBufferLength() / LENGTH;
            final UnsafeBuffer message = new UnsafeBuffer(new byte[LENGTH]);
            final MutableInteger sent = new MutableInteger();
            final MutableInteger received = new MutableInteger();
            final FragmentHandler handler =
                    (buffer, offset, length, header) -> assertEquals(received.value++, buffer.getInt(offset));

            Await.until("all messages at the reader", () -> {
                message.putInt(0, sent.value);
                while (sent.value < messages && log.offer(message) > 0) {
                    sent.value++;
                    message.putInt(0, sent.value);
                }
                while (reader.poll(handler, FRAGMENT_LIMIT) > 0) {
                    Thread.onSpinWait();
                }
                return received.value == messages;
            });
        }
    }
}
