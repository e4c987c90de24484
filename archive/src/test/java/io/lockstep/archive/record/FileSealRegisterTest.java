package io.lockstep.archive.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSealRegisterTest {
    private static final int SECOND = 4_096;
    private static final int LENGTH = 20;

    @TempDir
    private Path directory;

    @Test
    void remembersWhatWasSealed() {
        try (FileSealRegister register = new FileSealRegister(directory)) {
            assertEquals(0, register.sealedEpoch());
            register.seal(3);
            register.seal(2);
            assertEquals(3, register.sealedEpoch());
        }
        assertEquals(3, sealed());
        try (FileSealRegister register = new FileSealRegister(directory)) {
            register.seal(4);
        }
        assertEquals(4, sealed());
        assertFalse(Files.exists(directory.resolve(FileSealRegister.FILE_NAME + ".new")));
    }

    @Test
    void aBlockThatGoesBadIsMadeGoodFromTheOther() throws IOException {
        final byte[] whole = sealedAt(7);
        for (final int block : new int[] {0, SECOND}) {
            for (int i = 0; i < LENGTH; i++) {
                final byte[] damaged = whole.clone();
                damaged[block + i] ^= 0x10;
                write(damaged);

                assertEquals(7, sealed(), "byte " + (block + i));
                assertTrue(Arrays.equals(whole, Files.readAllBytes(file())), "byte " + (block + i));
            }
        }
    }

    @Test
    void aWriteThatIsTornLeavesTheSealBeforeOrThisOne() throws IOException {
        final byte[] before = sealedAt(7);
        final byte[] after = sealedAt(8);
        for (int written = 0; written <= LENGTH; written++) {
            final byte[] first = before.clone();
            System.arraycopy(after, 0, first, 0, written);
            write(first);
            final long sealed = sealed();
            assertTrue(written == LENGTH ? sealed == 8 : sealed == 7 || sealed == 8, written + " bytes: " + sealed);

            final byte[] second = after.clone();
            System.arraycopy(before, SECOND + written, second, SECOND + written, LENGTH - written);
            write(second);
            assertEquals(8, sealed(), written + " bytes of the second");
        }
    }

    @Test
    void aFileWithoutASoundBlockIsRefused() throws IOException {
        final byte[] damaged = sealedAt(7);
        damaged[9] ^= 1;
        damaged[SECOND + 9] ^= 1;
        for (final byte[] content : new byte[][] {damaged, new byte[0], Arrays.copyOf(damaged, LENGTH)}) {
            write(content);
            final IllegalStateException refused =
                    assertThrows(IllegalStateException.class, () -> new FileSealRegister(directory));
            assertTrue(refused.getMessage().contains(file().toString()), refused.getMessage());
            assertTrue(Arrays.equals(content, Files.readAllBytes(file())), "must be left as it is");
        }
    }

    @Test
    void aFileThatWasCutShortIsMadeWhole() throws IOException {
        write(Arrays.copyOf(sealedAt(7), SECOND));

        assertEquals(7, sealed());
        assertEquals(SECOND + LENGTH, Files.size(file()));
    }

    private byte[] sealedAt(final long epoch) throws IOException {
        Files.deleteIfExists(file());
        try (FileSealRegister register = new FileSealRegister(directory)) {
            register.seal(epoch);
        }
        return Files.readAllBytes(file());
    }

    private long sealed() {
        try (FileSealRegister register = new FileSealRegister(directory)) {
            return register.sealedEpoch();
        }
    }

    private Path file() {
        return directory.resolve(FileSealRegister.FILE_NAME);
    }

    private void write(final byte[] content) throws IOException {
        Files.write(file(), content);
    }
}
