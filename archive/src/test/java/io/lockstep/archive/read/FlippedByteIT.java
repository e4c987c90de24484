package io.lockstep.archive.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.Aeron;
import io.aeron.driver.MediaDriver;
import io.lockstep.archive.log.RecordedPositions;
import io.lockstep.archive.record.ArchiveListener;
import io.lockstep.archive.record.Await;
import io.lockstep.archive.record.TestArchive;
import io.lockstep.archive.record.TestEntries;
import io.lockstep.archive.record.TestNetwork;
import io.lockstep.archive.record.TestSequencer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import org.agrona.CloseHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flips every byte of a small log, one at a time, and reads the log over the network each time. */
class FlippedByteIT {
    private static final TestNetwork NETWORK = new TestNetwork(2);
    private static final int ENTRIES = 6;

    @TempDir
    private Path directory;

    private MediaDriver driver;
    private Aeron aeron;
    private LogServer server;
    private long position;

    @BeforeEach
    void record() {
        driver = TestNetwork.driver();
        aeron = Aeron.connect(new Aeron.Context().aeronDirectoryName(driver.aeronDirectoryName()));
        try (TestArchive archive = new TestArchive(
                NETWORK, directory, 1, List.of(), ArchiveListener.SILENT)) {
            archive.awaitSubscribed();
            final TestSequencer sequencer =
                    new TestSequencer(aeron, NETWORK.sequenced() + "|mtu=288", TestNetwork.SEQUENCED_STREAM);
            sequencer.open();
            Await.until("recording", archive, () -> archive.isRecording(sequencer.publication().sessionId()));
            sequencer.start(1, 0);
            sequencer.commands(ENTRIES - 2, 21);
            sequencer.command(300);
            position = sequencer.position();
            Await.until("recorded", archive, () -> archive.agent().acknowledgedPosition() == position);
            sequencer.close();
            Await.until("stopped", archive, () -> archive.counters().recordedPosition(0) < 0);
        }
        server = new LogServer(new LogServerContext()
                .aeron(aeron)
                .directory(directory)
                .identity(TestEntries.CLUSTER_ID, 1)
                .recordedPositions(RecordedPositions.NONE)
                .replyChannels(TestNetwork::replyChannel)
                .requests(aeron.addSubscription(NETWORK.request(1), TestNetwork.REQUEST_STREAM)));
    }

    @AfterEach
    void close() {
        server.onClose();
        CloseHelper.closeAll(aeron, driver);
    }

    @Test
    void neverGivesAWrongEntryAndSaysSoInsteadOfHanging() throws IOException {
        final ReadLog reader = new ReadLog(aeron, NETWORK, 1, false, 1);
        read(reader, false);
        assertEquals(ENTRIES, reader.last, "the log as it was recorded");

        try (RandomAccessFile file = new RandomAccessFile(directory.resolve("0-0.rec").toFile(), "rw")) {
            for (long offset = 0; offset < position; offset++) {
                final int old = byteAt(file, offset);
                write(file, offset, old ^ 0xFF);
                reader.forget();
                read(reader, true);
                assertTrue(reader.last < ENTRIES, "byte " + offset + " " + reader);
                assertTrue(
                        reader.errors.contains(LogReaderListener.SERVER_CORRUPT)
                                || reader.errors.contains(LogReaderListener.ALL_SERVERS_FAILED),
                        "byte " + offset + " " + reader);
                assertEquals(0, reader.reader().wrongCount(), "the server found it, not the reader: byte " + offset);
                write(file, offset, old);
            }
        }
    }

    private void read(final ReadLog reader, final boolean untilError) {
        reader.reader().startFromSequence(1);
        Await.until(
                "the end or an error " + reader,
                () -> {
                    server.doWork();
                    reader.run();
                },
                () -> untilError ? !reader.errors.isEmpty() : reader.last == ENTRIES);
        reader.reader().stop();
    }

    private static int byteAt(final RandomAccessFile file, final long offset) throws IOException {
        file.seek(offset);
        return file.read();
    }

    private static void write(final RandomAccessFile file, final long offset, final int value) throws IOException {
        file.seek(offset);
        file.write(value);
    }
}
