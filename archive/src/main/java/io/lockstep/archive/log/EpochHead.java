package io.lockstep.archive.log;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.lockstep.codecs.EntryFrame;
import io.lockstep.codecs.protocol.EpochStartDecoder;
import io.lockstep.codecs.protocol.MessageHeaderDecoder;
import io.lockstep.codecs.protocol.SequencedEntryDecoder;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What the first entry of one recording says: which epoch it is and how the one before ended. Read by the thread of the
 * chain that owns it, again for as long as the entry is not recorded.
 */
final class EpochHead {
    /** Whether the first entry could be read. */
    enum State {
        /** It is not recorded yet. */
        PENDING,
        /** It is whole and sound. */
        SOUND,
        /** It is there and it is damaged. */
        DAMAGED
    }

    private final Recording recording;
    private State state = State.PENDING;
    private Fault fault;
    private long epoch;
    private long firstSequence;
    private long firstTimeNs;
    private long ownerIncarnation;
    private long previousEpoch;
    private long previousEndPosition;
    private long previousEndSequence;

    EpochHead(final Recording recording) {
        this.recording = recording;
    }

    /** Reads the first entry if it has not been read. */
    void read(final Path directory, final long limit) {
        if (state != State.PENDING) {
            return;
        }
        try (EntryScanner scanner = new EntryScanner(directory, recording)) {
            final int result = scanner.next(limit);
            if (result == EntryScanner.FAULTY) {
                state = State.DAMAGED;
                fault = guess(scanner);
            } else if (result == EntryScanner.ENTRY) {
                decode(scanner.entry());
                state = State.SOUND;
                if (firstSequence != previousEndSequence + 1 || previousEpoch >= epoch) {
                    state = State.DAMAGED;
                    scanner.faulty(0, "EPOCH_START contradicts itself: epoch=" + epoch + " sequence=" + firstSequence
                            + " previous epoch=" + previousEpoch + " previous end sequence=" + previousEndSequence);
                    fault = guess(scanner);
                }
            }
        }
    }

    Recording recording() {
        return recording;
    }

    State state() {
        return state;
    }

    boolean isSound() {
        return state == State.SOUND;
    }

    Fault fault() {
        return fault;
    }

    long epoch() {
        return epoch;
    }

    long firstSequence() {
        return firstSequence;
    }

    long firstTimeNs() {
        return firstTimeNs;
    }

    long ownerIncarnation() {
        return ownerIncarnation;
    }

    long previousEpoch() {
        return previousEpoch;
    }

    long previousEndPosition() {
        return previousEndPosition;
    }

    long previousEndSequence() {
        return previousEndSequence;
    }

    /**
     * Names the damaged entry as well as its own bytes do: it says its epoch and its sequence twice, once as those
     * after the previous epoch's, and where both agree they are most likely right.
     */
    private static Fault guess(final EntryScanner scanner) {
        final UnsafeBuffer buffer = scanner.frames().buffer();
        final int block = FrameScanner.HEADER_LENGTH + MessageHeaderDecoder.ENCODED_LENGTH;
        final int body = FrameScanner.HEADER_LENGTH + EntryFrame.HEADER_LENGTH + MessageHeaderDecoder.ENCODED_LENGTH;
        if (buffer.capacity() < body + EpochStartDecoder.BLOCK_LENGTH) {
            return scanner.fault();
        }
        final long rawEpoch = buffer.getLong(block + SequencedEntryDecoder.epochEncodingOffset(), LITTLE_ENDIAN);
        final long rawSequence = buffer.getLong(block + SequencedEntryDecoder.sequenceEncodingOffset(), LITTLE_ENDIAN);
        final long before = buffer.getLong(body + EpochStartDecoder.previousEpochEncodingOffset(), LITTLE_ENDIAN);
        final long ended = buffer.getLong(body + EpochStartDecoder.previousEndSequenceEncodingOffset(), LITTLE_ENDIAN);
        return scanner.fault().expecting(
                rawEpoch == before + 1 && rawEpoch > 0 ? rawEpoch : Fault.UNKNOWN,
                rawSequence == ended + 1 && rawSequence > 0 ? rawSequence : Fault.UNKNOWN);
    }

    private void decode(final LogEntry entry) {
        // The scanner has checked that the body is an EpochStart.
        final EpochStartDecoder start = new EpochStartDecoder();
        start.wrapAndApplyHeader(entry.buffer(), entry.bodyOffset(), new MessageHeaderDecoder());
        epoch = entry.epoch();
        firstSequence = entry.sequence();
        firstTimeNs = entry.timeNs();
        ownerIncarnation = start.ownerIncarnation();
        previousEpoch = start.previousEpoch();
        previousEndPosition = start.previousEndPosition();
        previousEndSequence = start.previousEndSequence();
    }
}
