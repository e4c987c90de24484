package io.lockstep.tools.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.archive.log.LogVerifier;
import io.lockstep.archive.log.VerifyReport;
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

/** Every process of a system is killed in mid-flow, and the system is started again over what they left. */
class CrashIT {
    private static final long SECOND_COMMANDS = 5_000;

    @TempDir
    private Path directory;

    @Test
    void keepsEveryAnsweredCommandAndGoesOnInTheNextEpoch() throws IOException {
        try (ProcessSystem system = new ProcessSystem(directory, 25600, "239.71.5.97")) {
            system.startAll();
            final FlowProgram first = system.program(21, 1_000_000, 1, 3_000);
            try (Node gateway = system.gateway(first)) {
                assertTrue(gateway.replicas().isEmpty(), "replicas of the gateway's process");
                system.await("a flow under way", () -> first.answered() > 6_000);
                system.killAll();
            }
            final long answered = first.answered();

            system.startAll();
            final FlowProgram second = system.program(22, SECOND_COMMANDS, 2, 0);
            final FlowEnd end;
            final Map<Integer, ReplicaPlace> places;
            try (Node gateway = system.gateway(second)) {
                assertTrue(gateway.replicas().isEmpty(), "replicas of the gateway's process");
                system.await("the end of the second flow", () -> second.end() != null);
                end = second.end();
                system.await("both replicas at the end", () -> system.board().agree(2, end.sequence()));
                places = system.board().replicas();
            }
            system.stopAll();

            assertTrue(end.isFlawless(), end.toString());
            assertEquals(SECOND_COMMANDS, end.answered());
            for (int id = 1; id <= 3; id++) {
                final VerifyReport report = LogVerifier.verify(system.archive(id), progress -> {});
                assertTrue(report.isOk(), "archive " + id + ": " + report.faults());
                final LogState.Result replay = system.replay(id);
                assertNull(replay.fault());
                assertEquals(2, replay.epoch());
                final long kept = replay.commands() - SECOND_COMMANDS;
                assertTrue(kept >= answered, "archive " + id + " kept " + kept + " of " + answered + " answered");
                assertTrue(kept <= first.sent(), "archive " + id + " kept " + kept + " of " + first.sent() + " sent");
                places.forEach((replica, place) -> assertEquals(2, place.epoch(), "replica " + replica));
                places.forEach(
                        (replica, place) -> assertEquals(replay.stateHash(), place.stateHash(), "replica " + replica));
            }
        }
    }
}
