package io.lockstep.core.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.codecs.protocol.EntryKind;
import io.lockstep.codecs.protocol.MessageHeaderDecoder;
import io.lockstep.codecs.protocol.OutputDecoder;
import io.lockstep.core.fixture.Messages;
import io.lockstep.core.fixture.RecordingPublisher;
import io.lockstep.core.replica.Replica;
import io.lockstep.core.replica.ReplicaConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class AuctionTest {
    private static final Path SOURCE = Path.of("src/test/java/io/lockstep/core/example/Auction.java");

    private static final Path README = Path.of("../../README.md");

    private final Messages messages = new Messages();
    private final RecordingPublisher outputs = new RecordingPublisher();
    private final Replica replica = new Replica(
            ReplicaConfiguration.of(Messages.CLUSTER, 1, 1), new Auction(), outputs, new RecordingPublisher());

    @Test
    void theHighestBidLeadsAndALowerOneIsRefused() {
        replica.live(true);
        replica.onEntry(messages.epochStart(1, 0), 0);
        final long empty = replica.stateHash();

        bid(2, 7, 100);
        bid(3, 8, 90);
        bid(4, 8, 120);

        assertEquals(
                List.of("to 0: 100 by session 7", "to 8: 100 by session 7", "to 0: 120 by session 8"), told());
        assertNotEquals(empty, replica.stateHash());
    }

    @Test
    void aCommandThatIsNoBidIsIgnored() {
        replica.live(true);
        replica.onEntry(messages.epochStart(1, 0), 0);

        replica.onEntry(messages.entry(1, 2, 2, EntryKind.COMMAND, 7, 7, 1, "not a bid"), 0);

        assertEquals(List.of(), told());
        assertEquals(1, replica.commands());
    }

    @Test
    void fitsOnAPage() throws IOException {
        final long lines = Files.readAllLines(SOURCE).stream().filter(line -> !line.isBlank()).count();

        assertTrue(lines <= 40, "lines=" + lines);
    }

    @Test
    void isWhatTheReadmeShows() throws IOException {
        final String source = Files.readString(SOURCE);

        assertTrue(Files.readString(README).contains(source.substring(source.indexOf("/** An English"))));
    }

    private void bid(final long sequence, final long session, final long price) {
        final UnsafeBuffer body = new UnsafeBuffer(new byte[Long.BYTES]);
        body.putLong(0, price);
        replica.onEntry(messages.entry(1, sequence, sequence, EntryKind.COMMAND, session, session, 1, body), 0);
    }

    private List<String> told() {
        final OutputDecoder output = new OutputDecoder();
        final List<String> told = new ArrayList<>();
        for (final UnsafeBuffer message : outputs.messages()) {
            output.wrapAndApplyHeader(message, 0, new MessageHeaderDecoder());
            final int body = output.limit() + OutputDecoder.bodyHeaderLength();
            told.add("to " + output.sessionId() + ": " + message.getLong(body) + " by session "
                    + message.getLong(body + Long.BYTES));
        }
        return told;
    }
}
