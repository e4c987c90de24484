package io.lockstep.tools.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.node.Node;
import io.lockstep.node.agent.ClusterBoard.ReplicaPlace;
import io.lockstep.tools.flow.FlowEnd;
import io.lockstep.tools.flow.FlowProgram;
import io.lockstep.tools.log.LogState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replica's process is killed in mid-flow and started again. */
class ReplicaKilledIT {
    private static final long COMMANDS = 24_000;
    private static final double RATE = 2_000;

    @TempDir
    private Path directory;

    @Test
    void catchesUpFromTheArchiveWhileTheOthersGoOn() throws IOException {
        try (ProcessSystem system = new ProcessSystem(directory, 25500, "239.71.5.81")) {
            system.startAll();
            final FlowProgram program = system.program(11, COMMANDS, 1, RATE);
            final FlowEnd end;
            final Map<Integer, ReplicaPlace> places;
            try (Node gateway = system.gateway(program)) {
                assertTrue(gateway.replicas().isEmpty(), "replicas of the gateway's process");
                system.await("a flow under way", () -> program.answered() > 5_000);

                system.kill("replica-1");
                final long answered = program.answered();
                system.await("answers without the killed one", () -> program.answered() > answered + 2_000);
                assertNull(program.end(), "the flow was over before the replica came back");
                system.start("replica", 1);

                system.await("the end of the flow", () -> program.end() != null);
                end = program.end();
                assertTrue(end.isFlawless(), end.toString());
                assertEquals(COMMANDS, end.answered());
                system.await("both replicas at the end", () -> system.board().agree(2, end.sequence()));
                places = system.board().replicas();
            }
            assertTrue(system.allAlive(), "a process has ended");
            system.stopAll();

            final LogState.Result replay = system.replay(2);
            assertNull(replay.fault());
            assertEquals(COMMANDS, replay.commands());
            assertEquals(2, places.size());
            places.forEach((id, place) -> assertEquals(replay.stateHash(), place.stateHash(), "replica " + id));
        }
    }
}
