package io.lockstep.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.archive.log.LogCursor;
import io.lockstep.archive.log.LogVerifier;
import io.lockstep.archive.log.RecordingReport;
import io.lockstep.archive.log.VerifyReport;
import io.lockstep.archive.record.FileSealRegister;
import io.lockstep.core.client.SessionEnd;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A system that is closed and started again over the same directories. */
class RestartIT {
    private static final int STARTS = 3;
    private static final int COMMANDS = 3_000;

    @TempDir
    private Path directory;

    private final TestSystem system =
            new TestSystem(Path.of(""), 25000, "239.71.5.1").hostAll().set("host.gateways", "1");

    @Test
    void goesOnWithTheLogInTheNextEpoch() {
        system.set("directory", directory.toString());
        long sum = 0;
        for (int start = 1; start <= STARTS; start++) {
            final SumProgram program = new SumProgram(100 + start, COMMANDS, sum);
            try (Node node = Node.launch(system.context().programs(id -> program))) {
                system.await("session " + start, () -> program.end() != null);
                assertEquals(start, system.epoch());
                assertEquals(COMMANDS, program.answered());
                assertEquals(0, program.wrong(), "answers that do not follow from every command before");
                assertEquals(SessionEnd.CLOSED, program.end());
                system.await("replicas rebuilt", () -> node.replicas().stream()
                        .allMatch(replica -> replica.stateHash() == program.sum()));
            }
            assertTrue(system.failures().isEmpty(), system.failures().toString());
            sum = program.sum();
            for (int id = 1; id <= 3; id++) {
                assertWhole(directory.resolve("archive-" + id), start);
                try (FileSealRegister seals = new FileSealRegister(directory.resolve("archive-" + id))) {
                    assertEquals(start - 1, seals.sealedEpoch(), "each start seals what the one before has left");
                }
            }
        }
    }

    private static void assertWhole(final Path archive, final long epochs) {
        final VerifyReport report = LogVerifier.verify(archive, progress -> {});
        assertTrue(report.isOk(), report.faults().toString());
        final List<Long> seen = report.recordings().stream()
                .filter(recording -> recording.place() == RecordingReport.Place.EPOCH)
                .map(RecordingReport::epoch)
                .toList();
        assertEquals(epochs, seen.size(), seen.toString());
        long sequence = 0;
        try (LogCursor cursor = LogCursor.open(archive)) {
            int code = cursor.next();
            while (code > LogCursor.END) {
                if (code == LogCursor.ENTRY) {
                    sequence++;
                    assertEquals(sequence, cursor.entry().sequence());
                }
                code = cursor.next();
            }
            assertNull(cursor.fault());
            assertEquals(epochs, cursor.epoch());
        }
        assertTrue(sequence > epochs * COMMANDS, "entries: " + sequence);
    }
}
