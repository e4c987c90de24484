package io.lockstep.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.core.trace.Hop;
import io.lockstep.core.trace.HopJoin;
import io.lockstep.core.trace.HopTrace;
import io.lockstep.core.trace.Journey;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A whole system that takes the time of every command at every hop. */
class HopsIT {
    private static final long COMMANDS = 10_000;
    private static final int QUORUM = 2;

    /** Hops whose order is given; an acknowledgement comes at any time between the stamp and the release. */
    private static final List<Hop> WAY = List.of(
            Hop.GATEWAY_IN,
            Hop.SEQUENCER_IN,
            Hop.STAMPED,
            Hop.REPLICA_IN,
            Hop.APPLIED,
            Hop.OUTPUT_OUT,
            Hop.GATEWAY_OUT,
            Hop.RELEASED);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"fused, multicast, 25300, 0", "threaded, ipc, 25400, 0", "fused, multicast, 25500, 2"})
    void findsEveryHopOfEveryCommandInOrder(
            final String layout, final String medium, final int port, final int loss) {
        final SumProgram program = new SumProgram(7, COMMANDS, 0);
        final TestSystem system = system(layout, medium, port)
                .set("loss.percent", Integer.toString(loss))
                .set("trace.hops", "true");
        final HopJoin join;
        try (Node node = Node.launch(system.context().programs(id -> program))) {
            system.await("the session's end", () -> program.end() != null);
            join = whole(system, node);
        }

        assertEquals(0, join.lost());
        final List<Journey> journeys = join.journeys();
        assertEquals(COMMANDS, journeys.size());
        long clientSequence = 0;
        for (final Journey journey : journeys) {
            assertTrue(journey.isComplete(), () -> text(journey));
            assertEquals(++clientSequence, journey.clientSequence());
            for (int i = 1; i < WAY.size(); i++) {
                assertOrder(journey, journey.nanoTime(WAY.get(i - 1)), journey.nanoTime(WAY.get(i)));
            }
            assertOrder(journey, journey.nanoTime(Hop.STAMPED), journey.ackSentNs());
            assertOrder(journey, journey.ackSentNs(), journey.nanoTime(Hop.ARCHIVE_ACKED));
            assertOrder(journey, journey.nanoTime(Hop.ARCHIVE_ACKED), journey.nanoTime(Hop.RELEASED));
        }
    }

    @ParameterizedTest
    @CsvSource("fused, ipc, 25600")
    void keepsTheNewestWhereRingsAreShort(final String layout, final String medium, final int port) {
        final SumProgram program = new SumProgram(7, COMMANDS, 0);
        final TestSystem system = system(layout, medium, port)
                .set("trace.hops", "true")
                .set("trace.hops.capacity", "4096");
        final HopJoin join;
        try (Node node = Node.launch(system.context().programs(id -> program))) {
            system.await("the session's end", () -> program.end() != null);
            join = whole(system, node);
        }

        assertTrue(join.lost() > 0, "nothing was lost");
        final List<Journey> journeys = join.journeys();
        assertEquals(COMMANDS, journeys.get(journeys.size() - 1).clientSequence());
        assertTrue(journeys.get(journeys.size() - 1).isComplete());
        final long complete = journeys.stream().filter(Journey::isComplete).count();
        assertTrue(complete > 500 && complete < COMMANDS / 2, complete + " are complete");
    }

    @ParameterizedTest
    @CsvSource("fused, ipc, 25700")
    void takesNoTimesUnlessItIsTold(final String layout, final String medium, final int port) {
        final SumProgram program = new SumProgram(7, 100, 0);
        try (Node node = Node.launch(system(layout, medium, port).context().programs(id -> program))) {
            system(layout, medium, port).await("the session's end", () -> program.end() != null);

            assertEquals(List.<HopTrace>of(), node.hopTraces());
        }
    }

    /** An archive notes its acknowledgement after it has sent it, so that the very last may come after the answer. */
    private static HopJoin whole(final TestSystem system, final Node node) {
        final AtomicReference<HopJoin> join = new AtomicReference<>();
        system.await("the last command's times", () -> {
            join.set(HopJoin.of(node.hopTraces(), QUORUM));
            final List<Journey> journeys = join.get().journeys();
            return !journeys.isEmpty() && journeys.get(journeys.size() - 1).isComplete();
        });
        return join.get();
    }

    private TestSystem system(final String layout, final String medium, final int port) {
        return new TestSystem(directory, port, "239.71.5." + (1 + port / 100 % 10 * 16))
                .hostAll()
                .set("host.gateways", "1")
                .set("layout", layout)
                .set("medium", medium);
    }

    private static void assertOrder(final Journey journey, final long before, final long after) {
        assertTrue(before != Hop.NO_TIME && after - before >= 0, () -> text(journey));
    }

    private static String text(final Journey journey) {
        return "sequence " + journey.sequence() + ", ack sent " + journey.ackSentNs() + ": "
                + List.of(Hop.values()).stream()
                        .map(hop -> hop + " " + journey.nanoTime(hop))
                        .collect(Collectors.joining(", "));
    }
}
