package io.lockstep.node.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.core.takeover.LedgerEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLedgerTest {
    private static final int RACERS = 3;
    private static final int KILLS = 12;

    @TempDir
    private Path directory;

    private final HeardAnswers answers = new HeardAnswers();

    @Test
    void holdsNothingAtFirstAndThenWhatWasSetAlsoForTheNextProcess() {
        try (FileLedger ledger = open()) {
            ledger.read(1);
            assertEquals(LedgerEntry.GENESIS, answers.await(ledger, 1).entry);
            ledger.compareAndSet(2, 0, HeardAnswers.next(1, 7, 77));
            assertTrue(answers.await(ledger, 2).hasWon);
        }
        try (FileLedger ledger = open()) {
            ledger.read(3);
            final LedgerEntry entry = answers.await(ledger, 3).entry;
            assertTrue(entry.isOwnedBy(7, 77));
            assertEquals(1, entry.epoch());
            assertEquals(0, entry.previousEpoch());
            assertEquals(1_000, entry.previousEndPosition());
            assertEquals(10, entry.previousEndSequence());
            assertEquals("[1, 2, 3]", entry.archives().toString());
        }
    }

    @Test
    void ofTwoThatExpectTheSameEpochOneWinsAndTheOtherIsToldWho() {
        final HeardAnswers others = new HeardAnswers();
        try (FileLedger one = open();
                FileLedger other = new FileLedger(directory, "ledger", others)) {
            for (long epoch = 1; epoch <= 50; epoch++) {
                one.compareAndSet(epoch, epoch - 1, HeardAnswers.next(epoch, 1, 10));
                other.compareAndSet(epoch, epoch - 1, HeardAnswers.next(epoch, 2, 20));
                answers.await(one, epoch);
                others.await(other, epoch);

                assertTrue(answers.hasWon ^ others.hasWon, "epoch " + epoch);
                assertEquals(answers.hasWon ? 1 : 2, answers.entry.ownerNodeId());
                assertEquals(answers.hasWon ? 1 : 2, others.entry.ownerNodeId());
            }
        }
    }

    @Test
    void aDamagedFileFailsWithItsNameAndIsLeftAlone() throws IOException {
        try (FileLedger ledger = open()) {
            ledger.compareAndSet(1, 0, HeardAnswers.next(1, 7, 77));
            answers.await(ledger, 1);
            final Path file = directory.resolve("ledger");
            final byte[] whole = Files.readAllBytes(file);
            long ticket = 1;
            for (int i = 0; i <= whole.length; i++) {
                final byte[] damaged = i == whole.length ? new byte[0] : whole.clone();
                if (i < whole.length) {
                    damaged[i] ^= 0x20;
                }
                Files.write(file, damaged);
                answers.failure = null;
                ledger.compareAndSet(++ticket, 0, HeardAnswers.next(1, 8, 88));
                answers.await(ledger, ticket);

                assertNotNull(answers.failure, "byte " + i);
                assertTrue(answers.failure.getMessage().contains(file.toString()), answers.failure.getMessage());
            }
            Files.write(file, whole);
            ledger.read(++ticket);
            assertTrue(answers.await(ledger, ticket).entry.isOwnedBy(7, 77));
        }
    }

    /** Whoever was told that it had won has won alone, and the ledger never goes back, wherever a racer is killed. */
    @Test
    void processesThatAreKilledLeaveNoWinTwiceAndForgetNone() throws Exception {
        final long seed = Long.getLong("seed", System.nanoTime() >>> 16);
        System.out.println("ledger race from -Dseed=" + seed);
        final Random random = new Random(seed);
        final List<Path> outputs = new ArrayList<>();
        final List<Process> racers = new ArrayList<>();
        try {
            for (int i = 0; i < RACERS; i++) {
                racers.add(race(outputs));
            }
            for (int i = 0; i < KILLS; i++) {
                final int victim = random.nextInt(RACERS);
                final Process process = racers.get(victim);
                assertFalse(process.waitFor(300 + random.nextInt(400), TimeUnit.MILLISECONDS), "a racer has ended");
                process.destroyForcibly().waitFor();
                racers.set(victim, race(outputs));
            }
        } finally {
            for (final Process racer : racers) {
                racer.destroyForcibly().waitFor();
            }
        }

        final Set<Long> won = new TreeSet<>();
        long newest = 0;
        for (final Path output : outputs) {
            final String text = Files.readString(output);
            for (final String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
                final long epoch = Long.parseLong(line);
                assertTrue(won.add(epoch), "epoch " + epoch + " was won twice");
                newest = Math.max(newest, epoch);
            }
        }
        try (FileLedger ledger = open()) {
            ledger.read(1);
            final long epoch = answers.await(ledger, 1).entry.epoch();
            assertTrue(epoch >= newest, "the ledger has " + epoch + " but " + newest + " was won");
            assertTrue(won.size() > KILLS, "only " + won.size() + " wins");
            // Each process that was killed may have won once more without being told.
            assertTrue(epoch - won.size() <= outputs.size(), epoch + " epochs but " + won.size() + " wins");
        }
    }

    private Process race(final List<Path> outputs) throws IOException {
        final Path output = directory.resolve("racer-" + outputs.size());
        outputs.add(output);
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "@" + Path.of("../../config/jvm.options").toAbsolutePath().normalize(),
                        "-Xmx64m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LedgerRacer.class.getName(),
                        directory.toString(),
                        Integer.toString(outputs.size()))
                .redirectOutput(output.toFile())
                .redirectError(directory.resolve("errors-" + outputs.size()).toFile())
                .start();
    }

    private FileLedger open() {
        return new FileLedger(directory, "ledger", answers);
    }
}
