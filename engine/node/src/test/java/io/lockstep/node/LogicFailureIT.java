package io.lockstep.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.core.client.SessionEnd;
import io.lockstep.core.logic.Entry;
import io.lockstep.core.logic.Outbox;
import io.lockstep.core.logic.StateMachine;
import io.lockstep.core.replica.Replica;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A state machine that throws stops its replica before the next entry, and nobody else. */
class LogicFailureIT {
    private static final long FAILS_AT_SEQUENCE = 5_000;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"fused, 24500", "threaded, 24600"})
    void stopsItsReplicaLoudlyAndTheOtherAnswersOn(final String layout, final int port) {
        final long count = 20_000;
        final SumProgram program = new SumProgram(7, count, 0);
        final AtomicInteger made = new AtomicInteger();
        final TestSystem system = new TestSystem(directory, port, "239.71.4." + (1 + port / 100 % 10 * 16))
                .hostAll()
                .set("host.gateways", "1")
                .set("layout", layout);
        final NodeContext context = system.context()
                .stateMachine(() -> made.incrementAndGet() == 1 ? new FailingSum() : new SumLogic())
                .programs(id -> program);
        try (Node node = Node.launch(context)) {
            system.awaitDespiteFailures("the session's end", () -> program.end() != null);

            final Replica failed = node.replicas().get(0);
            final Replica sound = node.replicas().get(1);
            system.awaitDespiteFailures("the sound one at the sum", () -> sound.stateHash() == program.sum());
            assertEquals(SessionEnd.CLOSED, program.end());
            assertEquals(count, program.answered());
            assertEquals(0, program.wrong());
            assertEquals(FAILS_AT_SEQUENCE - 1, failed.sequence());
            assertEquals(1, system.failures().size(), system.failures().toString());
            assertTrue(system.failures().get(0).contains("will not add"), system.failures().toString());
        }
    }

    private static final class FailingSum implements StateMachine {
        private final SumLogic sum = new SumLogic();

        @Override
        public void apply(final Entry entry, final Outbox outbox) {
            if (entry.sequence() == FAILS_AT_SEQUENCE) {
                throw new IllegalStateException("will not add");
            }
            sum.apply(entry, outbox);
        }

        @Override
        public long stateHash() {
            return sum.stateHash();
        }
    }
}
