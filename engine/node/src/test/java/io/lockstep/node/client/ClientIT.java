package io.lockstep.node.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.core.client.GatewaySession;
import io.lockstep.core.client.Output;
import io.lockstep.core.client.SessionEnd;
import io.lockstep.node.Node;
import io.lockstep.node.TestSystem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients of a system that runs, each with a gateway in its own thread. */
class ClientIT {
    private static final long TIMEOUT_MS = 20_000;

    @TempDir
    private Path directory;

    private final UnsafeBuffer command = new UnsafeBuffer(new byte[Long.BYTES]);

    @Test
    void answersEachCommandInOrder() {
        final TestSystem system = system(25100, "239.71.5.17");
        final Answers answers = new Answers();
        try (Node node = Node.launch(system.context())) {
            assertEquals(2, node.replicas().size());
            try (LockstepClient client = connect(system, 5, answers)) {
                long offered = 0;
                while (offered < 5_000) {
                    command.putLong(0, offered);
                    if (client.offer(command, 0, Long.BYTES) > 0) {
                        offered++;
                    }
                    client.poll();
                }
                system.await("answers", () -> client.poll() >= 0 && answers.sums.size() == 5_000);
            }
        }
        assertEquals(sums(5_000), answers.sums);
        assertEquals(List.of(SessionEnd.CLOSED), answers.ends);
    }

    @Test
    void fencesTheFirstOfTwoWithTheSameId() {
        final TestSystem system = system(25200, "239.71.5.33");
        final Answers first = new Answers();
        final Answers second = new Answers();
        try (Node node = Node.launch(system.context())) {
            assertEquals(2, node.replicas().size());
            try (LockstepClient older = connect(system, 5, first);
                    LockstepClient newer = connect(system, 5, second)) {
                system.await("the fence", () -> older.poll() + newer.poll() >= 0 && !first.ends.isEmpty());

                assertEquals(GatewaySession.NOT_OPEN, older.offer(command, 0, Long.BYTES));
                assertTrue(newer.offer(command, 0, Long.BYTES) > 0);
                system.await("answer", () -> older.poll() + newer.poll() >= 0 && !second.sums.isEmpty());
            }
        }
        assertEquals(List.of(SessionEnd.FENCED), first.ends);
        assertEquals(List.of(), first.sums);
        assertEquals(List.of(SessionEnd.CLOSED), second.ends);
        assertEquals(sums(1), second.sums);
    }

    @Test
    void saysInTimeThatNobodyIsThere() {
        final TestSystem system = system(25300, "239.71.5.49");
        final long start = System.nanoTime();

        final IllegalStateException refusal = assertThrows(
                IllegalStateException.class,
                () -> LockstepClient.connect(system.configuration(), 5, new Answers(), 700)
                        .close());

        final long tookMs = (System.nanoTime() - start) / 1_000_000;
        assertTrue(tookMs >= 700 && tookMs < 10_000, tookMs + " ms");
        assertTrue(refusal.getMessage().contains("not connected within 700 ms"), refusal.getMessage());
    }

    @Test
    void runsTheExample() throws IOException {
        final TestSystem system = system(25400, "239.71.5.65");
        final Path file = directory.resolve("system.properties");
        try (Writer writer = Files.newBufferedWriter(file)) {
            system.properties().store(writer, "system");
        }
        final ByteArrayOutputStream printed = new ByteArrayOutputStream();
        final PrintStream console = System.out;
        try (Node node = Node.launch(system.context());
                PrintStream capture = new PrintStream(printed, true, UTF_8)) {
            assertEquals(2, node.replicas().size());
            System.setOut(capture);
            ClientExample.main(new String[] {file.toString()});
        } finally {
            System.setOut(console);
        }
        final List<String> expected = new ArrayList<>();
        for (final long sum : sums(10)) {
            expected.add(expected.size() + 1 + " " + sum);
        }
        assertEquals(expected, printed.toString(UTF_8).lines().toList());
    }

    private TestSystem system(final int port, final String group) {
        return new TestSystem(directory, port, group).hostAll();
    }

    private static LockstepClient connect(final TestSystem system, final long clientId, final Answers answers) {
        return LockstepClient.connect(system.configuration(), clientId, answers, TIMEOUT_MS);
    }

    private static List<Long> sums(final int count) {
        final List<Long> sums = new ArrayList<>();
        long sum = 0;
        for (long number = 0; number < count; number++) {
            sum = sum * 31 + number;
            sums.add(sum);
        }
        return sums;
    }

    /** Keeps what the client is told. */
    private static final class Answers implements ClientListener {
        private final List<Long> sums = new ArrayList<>();
        private final List<SessionEnd> ends = new ArrayList<>();

        @Override
        public void onOutput(final Output output) {
            sums.add(output.buffer().getLong(output.offset()));
        }

        @Override
        public void onWarning(final String message) {
            System.err.println("client: " + message);
        }

        @Override
        public void onClosed(final SessionEnd reason) {
            ends.add(reason);
        }
    }
}
