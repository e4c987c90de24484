package io.lockstep.node.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lockstep.codecs.protocol.DeliveryGrade;
import io.lockstep.core.client.Output;
import io.lockstep.core.logic.Entry;
import io.lockstep.core.logic.EntryType;
import io.lockstep.core.logic.Outbox;
import io.lockstep.core.logic.StateMachine;
import io.lockstep.node.Node;
import io.lockstep.node.TestSystem;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Outputs of every grade through a system whose archives force what they write, or do not. */
class GradesIT {
    private static final long TIMEOUT_MS = 30_000;
    private static final int COMMANDS = 200;

    @TempDir
    private Path directory;

    /** An archive that does not force cannot say that anything is synced, so such an output waits for one that does. */
    @ParameterizedTest
    @CsvSource({
        "0, 24700, SIGHT QUORUM",
        "1, 24800, SIGHT QUORUM QUORUM_SYNCED",
        "2, 24900, SIGHT QUORUM QUORUM_SYNCED"
    })
    void releasesWhatTheArchivesCanVouchFor(final int syncLevel, final int port, final String released) {
        final TestSystem system = new TestSystem(directory, port, "239.71.4." + (1 + port / 100 % 10 * 16))
                .hostAll()
                .set("archive.sync", Integer.toString(syncLevel));
        final Set<DeliveryGrade> grades = Arrays.stream(released.split(" "))
                .map(DeliveryGrade::valueOf)
                .collect(Collectors.toSet());
        final Graded graded = new Graded();
        final UnsafeBuffer command = new UnsafeBuffer(new byte[Long.BYTES]);
        try (Node node = Node.launch(system.context().stateMachine(EachGrade::new))) {
            assertEquals(2, node.replicas().size());
            try (LockstepClient client = LockstepClient.connect(system.configuration(), 42, graded, TIMEOUT_MS)) {
                final int[] sent = {0};
                system.await(released + " outputs released", () -> {
                    command.putLong(0, sent[0]);
                    if (sent[0] < COMMANDS && client.offer(command, 0, Long.BYTES) > 0) {
                        sent[0]++;
                    }
                    client.poll();
                    return grades.stream().allMatch(grade -> graded.count(grade) == COMMANDS);
                });

                assertEquals(0, graded.wrong);
                assertEquals(COMMANDS * grades.size(), graded.all());
            }
        }
    }

    /** Answers each command once in each grade. */
    private static final class EachGrade implements StateMachine {
        private static final DeliveryGrade[] GRADES = {
            DeliveryGrade.SIGHT, DeliveryGrade.QUORUM, DeliveryGrade.QUORUM_SYNCED
        };
        private long commands;

        @Override
        public void apply(final Entry entry, final Outbox outbox) {
            if (entry.type() == EntryType.COMMAND) {
                commands++;
                for (final DeliveryGrade grade : GRADES) {
                    final int at = outbox.claim(entry.sessionId(), grade, 2 * Integer.BYTES);
                    outbox.buffer().putInt(at, grade.value());
                    outbox.buffer().putInt(at + Integer.BYTES, (int) commands);
                }
            }
        }

        @Override
        public long stateHash() {
            return commands;
        }
    }

    /** Counts what comes in each grade; those of one grade come in the order of their commands. */
    private static final class Graded implements ClientListener {
        private final Map<DeliveryGrade, Integer> counts = new EnumMap<>(DeliveryGrade.class);
        private int wrong;

        @Override
        public void onOutput(final Output output) {
            final DeliveryGrade grade =
                    DeliveryGrade.get((byte) output.buffer().getInt(output.offset()));
            final int command = output.buffer().getInt(output.offset() + Integer.BYTES);
            if (counts.merge(grade, 1, Integer::sum) != command) {
                wrong++;
            }
        }

        int count(final DeliveryGrade grade) {
            return counts.getOrDefault(grade, 0);
        }

        int all() {
            return counts.values().stream().mapToInt(Integer::intValue).sum();
        }
    }
}
