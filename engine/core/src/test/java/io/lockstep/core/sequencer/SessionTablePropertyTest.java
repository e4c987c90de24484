package io.lockstep.core.sequencer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random traffic, then the same question to the live table and to the one built from the log. */
class SessionTablePropertyTest {
    static LongStream seeds() {
        final Long seed = Long.getLong("seed");
        return seed == null ? LongStream.range(0, 50) : LongStream.of(seed);
    }

    @ParameterizedTest(name = "-Dseed={0}")
    @MethodSource("seeds")
    void replayedTableEqualsTheLiveOne(final long seed) {
        final Random random = new Random(seed);
        final SequencerFixture fixture = new SequencerFixture().started();
        for (int step = 0; step < 400; step++) {
            step(random, fixture);
        }

        assertTrue(fixture.sequencer.sequence() > 100, "seed=" + seed);
        assertEquals(text(fixture.table), text(fixture.replayed()), "seed=" + seed);
    }

    private static void step(final Random random, final SequencerFixture fixture) {
        final long session = fixture.table.size() == 0
                ? 1
                : fixture.table.sessionAt(random.nextInt(fixture.table.size())).sessionId;
        final long next = fixture.table.lastClientSequence(session) + 1;
        switch (random.nextInt(8)) {
            case 0 ->
                fixture.ingress(fixture.messages.open(
                        50 + random.nextInt(3), fixture.sequencer.sequence() - random.nextInt(6), random.nextInt(5)));
            case 1 -> {
                if (random.nextInt(4) == 0) {
                    fixture.close(session, next);
                }
            }
            case 2 -> fixture.cycle(random.nextInt(20_000));
            case 3 -> fixture.ingress(fixture.messages.keepAlive(50 + random.nextInt(3)));
            case 4 -> fixture.commitAll();
            default -> fixture.command(session, next + random.nextInt(3) - 1);
        }
    }

    @Test
    void idleGatewaysAreRememberedUpToABound() {
        final SessionTable table = new SessionTable(10);
        table.onOpen(1, 1, 1, 7, 1, 0);
        for (int gateway = 100; gateway < 100 + 3 * SessionTable.MAX_IDLE_GATEWAYS; gateway++) {
            table.onOpen(gateway, gateway, gateway, gateway, 3, 0);
            table.onClose(gateway);
        }

        assertEquals(SessionTable.MAX_IDLE_GATEWAYS + 1, table.gatewayCount());
        assertEquals(1, table.gateway(7).sessions);
        assertEquals(3, table.gateway(99 + 3 * SessionTable.MAX_IDLE_GATEWAYS).lastRequestId);
        assertEquals(null, table.gateway(100));
    }

    @Test
    void refusesALogThatContradictsIt() {
        final SessionTable table = new SessionTable(10);
        table.onOpen(1, 5, 1, 7, 1, 0);
        table.onCommand(1, 5, 1);

        assertThrows(IllegalStateException.class, () -> table.onCommand(1, 5, 1));
        assertThrows(IllegalStateException.class, () -> table.onCommand(1, 5, 3));
        assertThrows(IllegalStateException.class, () -> table.onCommand(1, 4, 2));
        assertThrows(IllegalStateException.class, () -> table.onCommand(2, 5, 1));
        assertThrows(IllegalStateException.class, () -> table.onClose(2));
    }

    /** Everything of a table that the log determines. */
    private static List<String> text(final SessionTable table) {
        final List<String> lines = new ArrayList<>();
        for (int i = 0; i < table.size(); i++) {
            final Session session = table.sessionAt(i);
            assertEquals(session, table.session(session.sessionId));
            assertEquals(session, table.sessionOfClient(session.clientId));
            lines.add("session " + session.sessionId + " " + session.incarnation + " " + session.clientId + " "
                    + session.lastClientSequence + " at " + session.gateway.gatewayIncarnation);
        }
        for (int gateway = 50; gateway < 53; gateway++) {
            final GatewayLiveness liveness = table.gateway(gateway);
            if (liveness != null) {
                lines.add("gateway " + gateway + " " + liveness.sessions + " " + liveness.lastRequestId);
            }
        }
        return lines;
    }
}
