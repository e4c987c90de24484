package io.lockstep.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.aeron.ExclusivePublication;
import io.aeron.Subscription;
import io.lockstep.codecs.EntryFrame;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class StreamsIT {
    private static final int SHORT = 100;

    @ParameterizedTest
    @EnumSource(value = Medium.class, names = {"MULTICAST", "UNICAST", "IPC"})
    void everySequencerCandidateHearsEveryGateway(final Medium medium) {
        try (TestSystem system = new TestSystem(medium)) {
            final Transport transport = system.single();
            final Subscription active = transport.addIngressSubscription(1);
            final Subscription standby = transport.addIngressSubscription(2);
            final ExclusivePublication gateway = transport.addIngressPublication();
            final ExclusivePublication other = transport.addIngressPublication();

            TestSystem.exchange(gateway, active, SHORT);
            TestSystem.exchange(gateway, standby, SHORT);
            TestSystem.exchange(other, active, SHORT);
            TestSystem.exchange(other, standby, SHORT);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Medium.class, names = {"MULTICAST", "UNICAST", "IPC"})
    void everyReaderHearsTheLogOfEverySequencer(final Medium medium) {
        try (TestSystem system = new TestSystem(medium)) {
            final Transport transport = system.single();
            final Subscription reader = transport.addSequencedSubscription();
            final Subscription other = transport.addSequencedSubscription();
            final ExclusivePublication first = transport.addSequencedPublication(1);
            final ExclusivePublication second = transport.addSequencedPublication(2);

            TestSystem.exchange(first, reader, SHORT);
            TestSystem.exchange(first, other, SHORT);
            TestSystem.exchange(second, reader, SHORT);
            TestSystem.exchange(second, other, SHORT);
            assertEquals(0, first.initialTermId() - first.termId());
        }
    }

    @ParameterizedTest
    @EnumSource(value = Medium.class, names = {"MULTICAST", "UNICAST", "IPC"})
    void controlReachesMembersAndGateways(final Medium medium) {
        try (TestSystem system = new TestSystem(medium)) {
            final Transport transport = system.single();
            final Subscription sequencer = transport.addControlSubscription(Role.SEQUENCER, 1);
            final Subscription replica = transport.addControlSubscription(Role.REPLICA, 2);
            final Subscription gateway = transport.addControlSubscription(Role.GATEWAY, 0);
            final ExclusivePublication archive = transport.controlPublication(Role.ARCHIVE, 2);
            final ExclusivePublication sequencerOut = transport.controlPublication(Role.SEQUENCER, 1);
            final ExclusivePublication gatewayOut = transport.controlPublication(Role.GATEWAY, 0);

            TestSystem.exchange(archive, sequencer, SHORT);
            TestSystem.exchange(archive, replica, SHORT);
            TestSystem.exchange(archive, gateway, SHORT);
            TestSystem.exchange(sequencerOut, sequencer, SHORT);
            TestSystem.exchange(sequencerOut, gateway, SHORT);
            TestSystem.exchange(gatewayOut, sequencer, SHORT);
            TestSystem.exchange(gatewayOut, replica, SHORT);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Medium.class, names = {"MULTICAST", "UNICAST", "IPC"})
    void rolesOfOneClientShareTheSendingEndOfControlWhereTheyShareAGroup(final Medium medium) {
        try (TestSystem system = new TestSystem(medium)) {
            final Transport transport = system.single();
            final ExclusivePublication replica = transport.controlPublication(Role.REPLICA, 1);
            final ExclusivePublication archive = transport.controlPublication(Role.ARCHIVE, 2);

            assertEquals(medium != Medium.UNICAST, replica.registrationId() == archive.registrationId());
        }
    }

    @ParameterizedTest
    @EnumSource(value = Medium.class, names = {"MULTICAST", "UNICAST", "IPC"})
    void everyGatewayHearsTheOutputsOfEveryReplica(final Medium medium) {
        try (TestSystem system = new TestSystem(medium)) {
            final Transport transport = system.single();
            final ExclusivePublication first = transport.addOutputPublication(1);
            final ExclusivePublication second = transport.addOutputPublication(2);
            final Subscription gateway = transport.addOutputSubscription();

            TestSystem.exchange(first, gateway, SHORT);
            TestSystem.exchange(second, gateway, SHORT);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Medium.class, names = {"MULTICAST", "UNICAST", "IPC"})
    void aReplayIsAskedForAndAnswered(final Medium medium) {
        try (TestSystem system = new TestSystem(medium)) {
            final Transport transport = system.single();
            final Subscription server = transport.addReplayRequestSubscription(2);
            final Subscription otherServer = transport.addReplayRequestSubscription(1);
            final ExclusivePublication request = transport.addReplayRequestPublication(2);
            TestSystem.exchange(request, server, SHORT);
            assertEquals(0, otherServer.imageCount());

            final ReplayReplySubscription reply = transport.addReplayReplySubscription();
            final ReplayReplySubscription otherReply = transport.addReplayReplySubscription();
            Await.until("reply channel", () -> reply.channel() != null);
            final ExclusivePublication answer =
                    transport.addReplayReplyPublication(reply.channel(), reply.streamId());
            TestSystem.exchange(answer, reply.subscription(), SHORT);
            assertEquals(0, otherReply.subscription().imageCount());
        }
    }

    @ParameterizedTest
    @EnumSource(value = Medium.class, names = {"MULTICAST", "UNICAST", "IPC"})
    void theLongestEntryPassesOnEveryStreamThatCarriesBodies(final Medium medium) {
        try (TestSystem system = new TestSystem(medium)) {
            final Transport transport = system.single();
            final Subscription ingress = transport.addIngressSubscription(1);
            final Subscription log = transport.addSequencedSubscription();
            final Subscription outputs = transport.addOutputSubscription();
            final ReplayReplySubscription reply = transport.addReplayReplySubscription();
            Await.until("reply channel", () -> reply.channel() != null);

            TestSystem.exchange(transport.addIngressPublication(), ingress, EntryFrame.MAX_LENGTH);
            TestSystem.exchange(transport.addSequencedPublication(1), log, EntryFrame.MAX_LENGTH);
            TestSystem.exchange(transport.addOutputPublication(1), outputs, EntryFrame.MAX_LENGTH);
            final ExclusivePublication answer =
                    transport.addReplayReplyPublication(reply.channel(), reply.streamId());
            final int longest = system.context.messageLimits().maxMessageLength(StreamKind.REPLAY_REPLY);
            TestSystem.exchange(answer, reply.subscription(), longest);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Medium.class, names = {"MULTICAST", "UNICAST"})
    void twoDriversExchangeEverything(final Medium medium) {
        try (TestSystem system = new TestSystem(medium)) {
            final Transport core = system.connect(system.launchDriver());
            final Transport edge = system.connect(system.launchDriver());
            final Subscription ingress = core.addIngressSubscription(1);
            final Subscription log = edge.addSequencedSubscription();
            final Subscription outputs = edge.addOutputSubscription();
            final Subscription control = edge.addControlSubscription(Role.GATEWAY, 0);
            final Subscription memberControl = core.addControlSubscription(Role.REPLICA, 1);

            TestSystem.exchange(edge.addIngressPublication(), ingress, SHORT);
            TestSystem.exchange(core.addSequencedPublication(1), log, EntryFrame.MAX_LENGTH);
            TestSystem.exchange(core.addOutputPublication(1), outputs, SHORT);
            TestSystem.exchange(core.controlPublication(Role.REPLICA, 1), control, SHORT);
            TestSystem.exchange(edge.controlPublication(Role.GATEWAY, 0), memberControl, SHORT);
        }
    }

    @Test
    void aGatewayThatNobodyKnowsJoinsOnUnicastWhileMessagesFlow() {
        try (TestSystem system = new TestSystem(Medium.UNICAST)) {
            final Transport core = system.connect(system.launchDriver());
            final ExclusivePublication log = core.addSequencedPublication(1);
            final Subscription replica = core.addSequencedSubscription();
            final Subscription ingress = core.addIngressSubscription(1);
            TestSystem.exchange(log, replica, SHORT);

            final Transport gateway = system.connect(system.launchDriver());
            TestSystem.exchange(log, gateway.addSequencedSubscription(), SHORT);
            TestSystem.exchange(gateway.addIngressPublication(), ingress, SHORT);
        }
    }

    @Test
    void aReplyChannelThatIsNoBareEndpointIsRefused() {
        try (TestSystem system = new TestSystem(Medium.UNICAST)) {
            final Transport transport = system.single();
            final int streamId = StreamKind.REPLAY_REPLY.id() + 1;

            assertNull(transport.addReplayReplyPublication("aeron:ipc", streamId));
            assertNull(transport.addReplayReplyPublication("aeron:udp?endpoint=239.71.2.1:22480", streamId));
            assertNull(transport.addReplayReplyPublication("aeron:udp?endpoint=0.0.0.0:22480", streamId));
            assertNull(transport.addReplayReplyPublication("aeron:udp?endpoint=some.host:22480", streamId));
            assertNull(transport.addReplayReplyPublication("aeron:udp?endpoint=127.0.0.1:0", streamId));
            assertNull(transport.addReplayReplyPublication("aeron:udp?endpoint=127.0.0.1:99999", streamId));
            assertNull(transport.addReplayReplyPublication("aeron:udp?endpoint=127.0.0.300:22480", streamId));
            assertNull(transport.addReplayReplyPublication(
                    "aeron:udp?endpoint=127.0.0.1:22480|term-length=1g", streamId));
            assertNull(transport.addReplayReplyPublication(
                    "aeron:udp?endpoint=127.0.0.1:22480", StreamKind.SEQUENCED.id()));
            assertNull(transport.addReplayReplyPublication(null, streamId));
        }
    }
}
