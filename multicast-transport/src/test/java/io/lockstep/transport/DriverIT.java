package io.lockstep.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.ExclusivePublication;
import io.aeron.Subscription;
import io.aeron.driver.ThreadingMode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class DriverIT {
    private static final int LENGTH = 100;
    private static final long MEBIBYTE = 1024 * 1024;

    @ParameterizedTest
    @EnumSource(value = ThreadingMode.class, names = {"SHARED", "SHARED_NETWORK", "DEDICATED"})
    void carriesMessagesInEveryThreadingModeThatHasThreads(final ThreadingMode threadingMode) {
        try (TestSystem system = new TestSystem(Medium.MULTICAST)) {
            final TransportDriver driver =
                    system.launchDriver(new DriverContext().threadingMode(threadingMode).idleStrategy("yield"));
            final Transport transport = system.connect(driver);

            assertNull(driver.invoker());
            TestSystem.exchange(
                    transport.addSequencedPublication(1), transport.addSequencedSubscription(), LENGTH);
        }
    }

    @Test
    void oneThreadInvokesDriverAndClient() {
        try (TestSystem system = new TestSystem(Medium.MULTICAST)) {
            final TransportDriver driver =
                    system.launchDriver(new DriverContext().threadingMode(ThreadingMode.INVOKER));
            final Transport transport = system.connect(driver, ClientThreading.INVOKER_WITH_DRIVER);
            final ExclusivePublication publication = transport.addSequencedPublication(1);
            final Subscription subscription = transport.addSequencedSubscription();
            final List<Integer> lengths = new ArrayList<>();

            Await.until("message", () -> {
                driver.invoker().invoke();
                transport.aeron().conductorAgentInvoker().invoke();
                if (publication.position() == 0 && subscription.isConnected()) {
                    publication.offer(TestSystem.message(LENGTH, 0));
                }
                subscription.poll((buffer, offset, length, header) -> lengths.add(length), 1);
                return !lengths.isEmpty();
            });

            assertEquals(List.of(LENGTH), lengths);
        }
    }

    @Test
    void aClientCannotBeGivenADriverThatRunsItself() {
        try (TestSystem system = new TestSystem(Medium.IPC)) {
            final TransportDriver driver = system.launchDriver();

            assertThrows(
                    IllegalArgumentException.class,
                    () -> system.connect(driver, ClientThreading.INVOKER_WITH_DRIVER));
        }
    }

    @Test
    void eachDriverHasADirectoryOfItsOwnAndRemovesIt() {
        final Path first;
        final Path second;
        try (TestSystem system = new TestSystem(Medium.IPC)) {
            first = Path.of(system.launchDriver().directory());
            second = Path.of(system.launchDriver().directory());
            assertNotEquals(first, second);
            assertTrue(Files.isDirectory(first));
            assertTrue(Files.isDirectory(second));
        }
        assertFalse(Files.exists(first));
        assertFalse(Files.exists(second));
    }

    @Test
    void anExternalDriverIsUsedAndLeftAlone() {
        try (TestSystem system = new TestSystem(Medium.IPC)) {
            final TransportDriver owner = system.launchDriver();
            final Transport inside = system.connect(owner);
            final Subscription subscription = inside.addSequencedSubscription();
            final DriverContext external = new DriverContext().external(owner.directory());
            try (TransportDriver guest = TransportDriver.launch(external)) {
                assertFalse(guest.isEmbedded());
                final Transport outside = system.connect(guest);
                TestSystem.exchange(outside.addSequencedPublication(1), subscription, LENGTH);
            }
            TestSystem.exchange(inside.addSequencedPublication(2), subscription, LENGTH);
        }
    }

    @Test
    void tooLittleRoomIsAFaultAndLittleRoomAWarningThatSaysWhatToDo() {
        final DriverContext context = new DriverContext().directory("/dev/shm/lockstep-room");
        final List<String> warnings = new ArrayList<>();

        final Faults tooLittle = new Faults("DriverContext");
        context.checkRoom(tooLittle, warnings, 64 * MEBIBYTE);
        assertEquals(1, tooLittle.list().size());
        assertTrue(tooLittle.list().get(0).contains("has 64 MiB free, 112 MiB are needed"), tooLittle.list()::toString);
        assertTrue(tooLittle.list().get(0).contains("--shm-size"));
        assertEquals(List.of(), warnings);

        final Faults none = new Faults("DriverContext");
        context.checkRoom(none, warnings, 200 * MEBIBYTE);
        assertEquals(List.of(), none.list());
        assertEquals(1, warnings.size());
        assertTrue(warnings.get(0).contains("has 200 MiB free, 592 MiB are needed"), warnings::toString);

        context.checkRoom(none, warnings, 1_000 * MEBIBYTE);
        assertEquals(1, warnings.size());
    }

    @Test
    void aSocketBufferThatTheKernelClampsIsWarnedOf() {
        final List<String> warnings = SocketBuffers.warnings(1 << 30);

        assertTrue(warnings.stream().anyMatch(warning -> warning.contains("net.core.rmem_max=1073741824")));
        assertEquals(List.of(), SocketBuffers.warnings(16 * 1024));
    }

    @Test
    void allFaultsOfADriverContextAreToldAtOnce() {
        final DriverContext context = new DriverContext()
                .external("/dev/shm/nothing")
                .loss(new SeededLoss(1, 1, 1))
                .idleStrategy("bsy")
                .conductorIdleStrategy("")
                .messageLogs(0);

        final String message = assertThrows(IllegalStateException.class, context::conclude).getMessage();

        assertTrue(message.contains("4 faults"), message);
        assertTrue(message.contains("idleStrategy=bsy is not one of [noop, spin, yield, backoff, sleep]"), message);
        assertNull(assertThrows(IllegalArgumentException.class, () -> IdleStrategies.of("bsy")).getCause());
        IdleStrategies.NAMES.forEach(name -> assertNotNull(IdleStrategies.of(name)));
    }

    @Test
    void aProcessWithoutBoundsChecksIsRefusedADriver() throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--add-opens", "java.base/jdk.internal.misc=ALL-UNNAMED", "-Xmx64m"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add("-Dagrona.disable.bounds.checks=true");
        command.add(DriverMain.class.getName());
        final Process process = new ProcessBuilder(command).redirectErrorStream(true).start();

        final String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        assertTrue(output.contains("refused: DriverContext has 1 fault: agrona.disable.bounds.checks=true"), output);
    }

    /** Concludes a context in a process of its own and prints what came of it. */
    static final class DriverMain {
        private DriverMain() {}

        public static void main(final String[] args) {
            try {
                new DriverContext().conclude();
                System.out.println("accepted");
            } catch (final IllegalStateException e) {
                System.out.println("refused: " + e.getMessage());
            }
        }
    }
}
