package io.lockstep.archive.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.archive.record.EpochRecordings.Step;
import org.junit.jupiter.api.Test;

class EpochRecordingsTest {
    private final EpochRecordings epochs = new EpochRecordings();

    @Test
    void theFirstEpochOfAllMayBeAcknowledgedAtOnce() {
        assertFalse(epochs.isNewestAckable());
        hold(1, 0, 0).recording(320);

        assertTrue(epochs.isNewestAckable());
        assertEquals(1, epochs.newest().epoch());
    }

    @Test
    void waitsForAnEndedEpochToStopAndThenTruncatesIt() {
        final HeldEpoch first = hold(1, 0, 0);
        first.recording(960);
        hold(2, 1, 640).recording(32);

        assertEquals(Step.WAIT, epochs.nextStep());
        first.stopped(960);
        assertEquals(Step.TRUNCATE, epochs.nextStep());
        assertEquals(640, epochs.endPosition());
        assertFalse(epochs.isNewestAckable());
        first.stopped(640);
        assertTrue(epochs.isNewestAckable());
    }

    @Test
    void fetchesWhatIsShortAndWhatIsMissingDownTheChain() {
        hold(1, 0, 0).stopped(320);
        hold(4, 3, 640).recording(32);

        assertEquals(Step.FETCH, epochs.nextStep());
        assertEquals(3, epochs.targetEpoch());
        assertNull(epochs.target());

        hold(3, 1, 960).stopped(640);
        assertEquals(Step.FETCH, epochs.nextStep());
        assertEquals(1, epochs.targetEpoch());
        epochs.of(1).stopped(960);
        assertEquals(Step.NONE, epochs.nextStep());
    }

    @Test
    void anEmptyEpochNeedsNoRecording() {
        hold(1, 0, 0).stopped(320);
        hold(3, 2, 0).recording(32);

        assertTrue(epochs.isNewestAckable());
    }

    @Test
    void aSecondRecordingOfAnEpochIsNotTaken() {
        hold(1, 0, 0);

        assertFalse(epochs.add(new HeldEpoch(9, 9, new EpochHead(1, 1, 5, 0, 0, 0))));
        assertEquals(1, epochs.of(1).recordingId());
    }

    private HeldEpoch hold(final long epoch, final long previous, final long previousEndPosition) {
        final EpochHead head = new EpochHead(epoch, 1, 5, previous, previousEndPosition, 0);
        final HeldEpoch held = new HeldEpoch(epoch, (int) epoch, head);
        assertTrue(epochs.add(held));
        return held;
    }
}
