package io.lockstep.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.Aeron;
import io.aeron.ChannelUri;
import io.aeron.CommonContext.InferableBoolean;
import io.aeron.ExclusivePublication;
import io.aeron.RethrowingErrorHandler;
import io.aeron.Subscription;
import io.aeron.driver.DefaultCongestionControlSupplier;
import io.aeron.driver.MaxMulticastFlowControlSupplier;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.UnicastFlowControl;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.SystemUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What a profile says is what the launched driver and the connected client go by; a later Aeron cannot drop a value
 * unseen.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class ProfileIT {
    @Test
    void everyDefaultIsInForce() {
        assertInForce(new TransportProfile());
    }

    @Test
    void everyValueSetIsInForce() {
        final RepairProfile repair = new RepairProfile()
                .nakDelayNs(31_000)
                .nakRetryDelayNs(2_100_000)
                .retransmitDelayNs(17_000)
                .retransmitLingerNs(710_000)
                .maxResend(37)
                .retransmitWindowMultiple(7);
        final TimeoutProfile timeouts = new TimeoutProfile()
                .imageLivenessNs(1_700_000_000L)
                .statusMessageNs(61_000_000L)
                .publicationConnectionNs(1_900_000_000L)
                .publicationLingerNs(1_300_000_000L)
                .untetheredNs(1_100_000_000L, 300_000_000L, 1_200_000_000L)
                .timerIntervalNs(110_000_000L)
                .clientLivenessNs(11_000_000_000L)
                .driverTimeoutNs(12_000_000_000L);
        final BufferProfile buffers = new BufferProfile()
                .messageTermLength(32 * 1024 * 1024)
                .controlTermLength(512 * 1024)
                .initialWindowLength(1_000_000)
                .socketBufferLength(1_100_000)
                .mtuLength(1472)
                .sparse(false);

        assertInForce(new TransportProfile(repair, timeouts, buffers));
    }

    @Test
    void replicasShareTheSocketOfAGatewayAndHaveNoMoreUnderWayThanItHolds() {
        try (TestSystem system = new TestSystem(Medium.MULTICAST)) {
            final BufferProfile buffers = system.context.profile().buffers();
            final int replicas = system.context.members(Role.REPLICA).size();
            final ChannelUri outputs =
                    ChannelUri.parse(system.single().addOutputSubscription().channel());

            final long window = SystemUtil.parseSize("rcv-wnd", outputs.get("rcv-wnd"));
            assertEquals(buffers.windowLength(replicas), window);
            assertTrue(replicas > 1 && window * replicas <= buffers.socketBufferLength());
            assertEquals(buffers.initialWindowLength(), buffers.windowLength(1));
            assertEquals(128 * 1024, buffers.windowLength(1_000));
        }
    }

    @Test
    void publicationsHaveTheTermsAndDatagramsOfTheProfile() {
        for (final Medium medium : new Medium[] {Medium.MULTICAST, Medium.UNICAST, Medium.IPC}) {
            try (TestSystem system = new TestSystem(medium)) {
                final BufferProfile buffers = system.context.profile().buffers();
                final Transport transport = system.single();

                final ExclusivePublication log = transport.addSequencedPublication(1);
                assertEquals(buffers.messageTermLength(), log.termBufferLength());
                assertEquals(buffers.mtuLength() - 32, log.maxPayloadLength());
                final ExclusivePublication control = transport.controlPublication(Role.GATEWAY, 0);
                assertEquals(buffers.controlTermLength(), control.termBufferLength());
                final StreamKind[] kinds = StreamKind.values();
                for (final StreamKind kind : kinds) {
                    final ExclusivePublication any = kind.carriesBodies() ? log : control;
                    assertTrue(any.maxMessageLength() >= system.context.messageLimits().maxMessageLength(kind));
                }
            }
        }
    }

    @Test
    void anExceptionOfAHandlerReachesWhoeverPolls() {
        try (TestSystem system = new TestSystem(Medium.MULTICAST)) {
            final Transport transport = system.single();
            final Subscription log = transport.addSequencedSubscription();
            final ExclusivePublication publication = transport.addSequencedPublication(1);
            Await.until("connection", () -> publication.isConnected() && log.isConnected());
            TestSystem.send(publication, TestSystem.message(64, 0), 64);
            TestSystem.send(publication, TestSystem.message(64, 1), 64);
            final IllegalStateException thrown = new IllegalStateException("broken invariant");
            final List<Integer> seen = new ArrayList<>();

            final IllegalStateException caught = assertThrows(
                    IllegalStateException.class,
                    () -> Await.until("exception", () -> {
                        log.poll(
                                (buffer, offset, length, header) -> {
                                    seen.add(length);
                                    throw thrown;
                                },
                                10);
                        return false;
                    }));

            assertSame(thrown, caught);
            assertEquals(1, seen.size());
        }
    }

    private static void assertInForce(final TransportProfile profile) {
        final DriverContext context = new DriverContext().profile(profile).warningListener(warning -> { });
        try (TransportDriver driver = TransportDriver.launch(context);
                Aeron aeron = driver.connect("test", ClientThreading.OWN_THREAD, error -> { })) {
            final MediaDriver.Context inForce = driver.mediaDriverContext();
            assertRepair(profile.repair(), inForce);
            assertTimeouts(profile.timeouts(), inForce);
            assertBuffers(profile.buffers(), inForce);
            assertInstanceOf(MaxMulticastFlowControlSupplier.class, inForce.multicastFlowControlSupplier());
            assertInstanceOf(
                    UnicastFlowControl.class, inForce.unicastFlowControlSupplier().newInstance(null, 0, 0));
            assertInstanceOf(DefaultCongestionControlSupplier.class, inForce.congestionControlSupplier());
            assertEquals(InferableBoolean.INFER, inForce.receiverGroupConsideration());
            assertFalse(inForce.spiesSimulateConnection());
            assertTrue(inForce.reliableStream());
            assertTrue(inForce.rejoinStream());
            assertTrue(inForce.tetherSubscriptions());

            final Aeron.Context client = aeron.context();
            assertSame(RethrowingErrorHandler.INSTANCE, client.subscriberErrorHandler());
            assertEquals(profile.timeouts().driverTimeoutNs(), client.driverTimeoutMs() * 1_000_000);
            assertEquals(profile.timeouts().clientLivenessNs(), client.interServiceTimeoutNs());
        }
    }

    private static void assertRepair(final RepairProfile repair, final MediaDriver.Context inForce) {
        assertEquals(repair.nakDelayNs(), inForce.multicastFeedbackDelayGenerator().generateDelayNs());
        assertEquals(repair.nakRetryDelayNs(), inForce.multicastFeedbackDelayGenerator().retryDelayNs());
        assertEquals(repair.nakDelayNs(), inForce.unicastFeedbackDelayGenerator().generateDelayNs());
        assertEquals(repair.nakRetryDelayNs(), inForce.unicastFeedbackDelayGenerator().retryDelayNs());
        assertEquals(repair.retransmitDelayNs(), inForce.retransmitUnicastDelayGenerator().generateDelayNs());
        assertEquals(repair.retransmitLingerNs(), inForce.retransmitUnicastLingerGenerator().generateDelayNs());
        assertEquals(repair.maxResend(), inForce.maxResend());
        assertEquals(repair.retransmitWindowMultiple(), inForce.multicastFlowControlRetransmitReceiverWindowMultiple());
        assertEquals(repair.retransmitWindowMultiple(), inForce.unicastFlowControlRetransmitReceiverWindowMultiple());
    }

    private static void assertTimeouts(final TimeoutProfile timeouts, final MediaDriver.Context inForce) {
        assertEquals(timeouts.imageLivenessNs(), inForce.imageLivenessTimeoutNs());
        assertEquals(timeouts.statusMessageNs(), inForce.statusMessageTimeoutNs());
        assertEquals(timeouts.publicationConnectionNs(), inForce.publicationConnectionTimeoutNs());
        assertEquals(timeouts.publicationLingerNs(), inForce.publicationLingerTimeoutNs());
        assertEquals(timeouts.untetheredWindowLimitNs(), inForce.untetheredWindowLimitTimeoutNs());
        assertEquals(timeouts.untetheredLingerNs(), inForce.untetheredLingerTimeoutNs());
        assertEquals(timeouts.untetheredRestingNs(), inForce.untetheredRestingTimeoutNs());
        assertEquals(timeouts.timerIntervalNs(), inForce.timerIntervalNs());
        assertEquals(timeouts.clientLivenessNs(), inForce.clientLivenessTimeoutNs());
        assertEquals(timeouts.publicationUnblockNs(), inForce.publicationUnblockTimeoutNs());
        assertEquals(timeouts.driverTimeoutNs(), inForce.driverTimeoutMs() * 1_000_000);
    }

    private static void assertBuffers(final BufferProfile buffers, final MediaDriver.Context inForce) {
        assertEquals(buffers.messageTermLength(), inForce.publicationTermBufferLength());
        assertEquals(buffers.messageTermLength(), inForce.ipcTermBufferLength());
        assertEquals(buffers.initialWindowLength(), inForce.initialWindowLength());
        assertEquals(buffers.socketBufferLength(), inForce.socketRcvbufLength());
        assertEquals(buffers.socketBufferLength(), inForce.socketSndbufLength());
        assertEquals(buffers.mtuLength(), inForce.mtuLength());
        assertEquals(buffers.mtuLength(), inForce.ipcMtuLength());
        assertEquals(buffers.isSparse(), inForce.termBufferSparseFile());
        assertEquals(0, inForce.publicationTermWindowLength());
        assertEquals(0, inForce.ipcPublicationTermWindowLength());
    }
}
