package io.lockstep.core.epoch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.codecs.protocol.AckDecoder;
import io.lockstep.codecs.protocol.ArchiveState;
import io.lockstep.codecs.protocol.MessageHeaderDecoder;
import io.lockstep.core.fixture.Messages;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CommitTrackerTest {
    private final Messages messages = new Messages();
    private final CommitTracker tracker = new CommitTracker(ArchiveSet.of(1, 2, 3));

    @BeforeEach
    void startEpoch() {
        tracker.start(5);
    }

    @Test
    void countsRecordedAndSyncedApart() {
        assertTrue(ack(messages.ack(1, 5, 300, 100)));
        assertTrue(ack(messages.ack(2, 5, 200, 150)));

        assertEquals(200, tracker.recordedPosition());
        assertEquals(100, tracker.syncedPosition());
        assertEquals(300, tracker.recordedPosition(1));
    }

    @Test
    void dropsOtherEpochs() {
        assertFalse(ack(messages.ack(1, 4, 300, 300)));
        assertFalse(ack(messages.ack(2, 4, 300, 300)));
        assertFalse(ack(messages.ack(3, 6, 300, 300)));

        assertEquals(0, tracker.recordedPosition());
        assertEquals(3, tracker.otherEpochs());
    }

    @Test
    void dropsWhatIsAddedToASealedEpoch() {
        ack(messages.ack(1, 5, 300, 0));
        assertFalse(ack(messages.ack(2, 5, 300, 0, ArchiveState.SEALED)));
        assertEquals(0, tracker.recordedPosition());
        assertEquals(1, tracker.sealed());

        ack(messages.ack(2, 5, 300, 0, ArchiveState.STALLED));
        assertEquals(300, tracker.recordedPosition());
    }

    @Test
    void dropsUnknownArchives() {
        assertFalse(ack(messages.ack(8, 5, 300, 300)));
        assertFalse(ack(messages.ack(9, 5, 300, 300)));

        assertEquals(2, tracker.unknownArchives());
        assertEquals(0, tracker.recordedPosition());
    }

    @Test
    void nothingIsSyncedThatWasNotRecorded() {
        ack(messages.ack(1, 5, 100, Long.MAX_VALUE));
        ack(messages.ack(2, 5, 200, 900));

        assertEquals(100, tracker.recordedPosition());
        assertEquals(100, tracker.syncedPosition());
    }

    @Test
    void startsEachEpochAtNothing() {
        ack(messages.ack(1, 5, 300, 300));
        ack(messages.ack(2, 5, 300, 300));

        tracker.start(6);
        ack(messages.ack(3, 6, 10, 10));

        assertEquals(6, tracker.epoch());
        assertEquals(0, tracker.recordedPosition());
        assertEquals(0, tracker.syncedPosition());
    }

    private boolean ack(final UnsafeBuffer message) {
        return tracker.onAck(new AckDecoder().wrapAndApplyHeader(message, 0, new MessageHeaderDecoder()));
    }
}
