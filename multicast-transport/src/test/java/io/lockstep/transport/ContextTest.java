package io.lockstep.transport;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ContextTest {
    @Test
    void allFaultsAreToldAtOnce() {
        final TransportContext context = new TransportContext()
                .medium(Medium.UNICAST)
                .multicastGroup("239.71.2.2")
                .multicastTtl(0)
                .basePort(80)
                .host("0.0.0.0")
                .members(List.of(
                        Member.archive(1, "127.0.0.1", 22_000),
                        Member.archive(1, "127.0.0.1", 22_004),
                        Member.replica(100, "127.0.0.1", 22_100)))
                .profile(new TransportProfile(
                        new RepairProfile().nakRetryDelayNs(1_000),
                        new TimeoutProfile().imageLivenessNs(1),
                        new BufferProfile().messageTermLength(64 * 1024)));

        final String message = assertThrows(IllegalStateException.class, context::conclude).getMessage();

        for (final String fault : List.of(
                "multicastGroup=239.71.2.2",
                "multicastTtl=0",
                "basePort=80",
                "host=0.0.0.0",
                "two members are archive 1",
                "overlap: 22004 and 22000",
                "id of replica 100",
                "no sequencer is among them",
                "retransmitLingerNs=100000 is not below nakRetryDelayNs=1000",
                "imageLivenessNs=1 is not within",
                "SEQUENCED messages may have 1048832 bytes",
                "14 faults: ")) {
            assertTrue(message.contains(fault), fault + " is missing in: " + message);
        }
    }

    @Test
    void aConcludedContextCannotBeChanged() {
        final TransportContext context = TestSystem.newContext(Medium.IPC, 22_000).conclude();

        assertThrows(IllegalStateException.class, () -> context.basePort(22_001));
        assertThrows(IllegalStateException.class, context::conclude);
        assertThrows(IllegalStateException.class, () -> context.profile().repair().maxResend(1));
        assertThrows(IllegalStateException.class, () -> context.profile().timeouts().timerIntervalNs(1));
        assertThrows(IllegalStateException.class, () -> context.profile().buffers().mtuLength(1));
    }

    @Test
    void channelsNeedAConcludedContext() {
        final TransportContext context = TestSystem.newContext(Medium.IPC, 22_000);

        assertThrows(IllegalStateException.class, () -> new Channels(context));
    }

    @Test
    void loopbackGetsLongDatagramsAndANetworkShortOnes() {
        final TransportContext loopback = new TransportContext().medium(Medium.MULTICAST).conclude();
        assertEquals(BufferProfile.LOOPBACK_MTU_LENGTH, loopback.profile().buffers().mtuLength());

        final TransportContext network =
                new TransportContext().medium(Medium.MULTICAST).networkInterface("{eth0}").conclude();
        assertEquals(BufferProfile.NETWORK_MTU_LENGTH, network.profile().buffers().mtuLength());
    }

    @Test
    void aMessageAboveTheLimitIsRefusedWithTheNumbers() {
        final MessageLimits limits = new MessageLimits();
        final int longest = limits.maxMessageLength(StreamKind.INGRESS);
        assertDoesNotThrow(() -> limits.require(StreamKind.INGRESS, longest));

        final String message = assertThrows(
                        IllegalArgumentException.class, () -> limits.require(StreamKind.INGRESS, longest + 1))
                .getMessage();

        assertEquals("message too long for INGRESS: length=1048833 max=1048832 (body max=1048576)", message);
        assertTrue(limits.isAllowed(StreamKind.CONTROL, MessageLimits.MAX_CONTROL_LENGTH));
        assertFalse(limits.isAllowed(StreamKind.CONTROL, MessageLimits.MAX_CONTROL_LENGTH + 1));
        assertFalse(limits.isAllowed(StreamKind.CONTROL, -1));
        assertThrows(IllegalArgumentException.class, () -> new MessageLimits(2 * MessageLimits.MAX_BODY_LENGTH));
    }

    @Test
    void shorterMessagesAllowShorterTerms() {
        final TransportProfile profile = new TransportProfile(
                new RepairProfile(),
                new TimeoutProfile(),
                new BufferProfile().messageTermLength(1024 * 1024));
        assertDoesNotThrow(() -> TestSystem.newContext(Medium.IPC, 22_000)
                .profile(profile)
                .messageLimits(new MessageLimits(64 * 1024))
                .conclude());
    }

    @Test
    void autoIsMulticastWhereTheProbePassesAndSaysSo() {
        final List<String> told = new ArrayList<>();
        final TransportContext context = TestSystem.newContext(Medium.AUTO, TestSystem.nextBasePort())
                .mediumListener((medium, reason) -> told.add(medium + ": " + reason))
                .conclude();

        assertEquals(Medium.MULTICAST, context.medium());
        assertEquals(1, told.size());
        assertTrue(told.get(0).contains("239.71.2.3"), told.get(0));
    }

    @Test
    void autoIsUnicastWhereTheProbeFailsAndSaysWhy() {
        final List<String> told = new ArrayList<>();
        final TransportContext context = TestSystem.newContext(Medium.AUTO, TestSystem.nextBasePort())
                .networkInterface("203.0.113.7")
                .mediumListener((medium, reason) -> told.add(medium + ": " + reason))
                .conclude();

        assertEquals(Medium.UNICAST, context.medium());
        assertEquals(1, told.size());
        assertTrue(told.get(0).contains("no such interface"), told.get(0));
    }
}
