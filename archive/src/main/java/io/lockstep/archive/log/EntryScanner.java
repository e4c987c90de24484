package io.lockstep.archive.log;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.lockstep.codecs.EntryFrame;
import io.lockstep.codecs.HotPath;
import io.lockstep.codecs.ProtocolCheck;
import io.lockstep.codecs.protocol.EntryKind;
import io.lockstep.codecs.protocol.EpochStartDecoder;
import io.lockstep.codecs.protocol.MessageHeaderDecoder;
import io.lockstep.codecs.protocol.SequencedEntryDecoder;
import io.lockstep.codecs.protocol.SequencedEntryEncoder;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The entries of one recording, in order, each checked: its frames, its message, its checksum, its epoch, its sequence
 * and its time. A whole entry in one frame is handed out where it is mapped; a fragmented one is put together in a
 * buffer of the scanner. What it has put together stays when the recording ends in the midst of an entry, so that it
 * goes on from there. One entry is the bound of the work of a call. Called by the thread of its owner.
 */
@HotPath
final class EntryScanner implements AutoCloseable {
    static final int ENTRY = 1;
    static final int END = 0;
    static final int FAULTY = -1;

    private static final int FIRST_BUFFER_LENGTH = 64 * 1024;

    private final FrameScanner frames;
    private final Recording recording;
    private final LogEntry entry = new LogEntry();
    private UnsafeBuffer assembly = new UnsafeBuffer(0, 0);
    private int assembled;
    private long assemblyStart;
    private boolean assembling;
    private boolean joining;
    private long entryEnd;
    private long epoch = Fault.UNKNOWN;
    private long lastSequence = Fault.UNKNOWN;
    private long lastTimeNs = Long.MIN_VALUE;
    private Fault fault;

    EntryScanner(final Path directory, final Recording recording) {
        this.recording = recording;
        frames = new FrameScanner(directory, recording);
        entryEnd = recording.startPosition();
        joining = recording.isFragment();
    }

    /** Says which entry must come first; without it the first is taken as it comes. */
    void follow(final long previousSequence, final long previousTimeNs) {
        lastSequence = previousSequence;
        lastTimeNs = previousTimeNs;
    }

    /** Says of which epoch the entries must be; without it the first tells. */
    void epoch(final long expectedEpoch) {
        epoch = expectedEpoch;
    }

    /** Goes on at the start of an entry elsewhere in the recording; nothing is known then of the entry before it. */
    void position(final long newPosition) {
        frames.position(newPosition);
        entryEnd = newPosition;
        assembling = false;
        joining = false;
        lastSequence = Fault.UNKNOWN;
        lastTimeNs = Long.MIN_VALUE;
        fault = null;
    }

    /**
     * Goes to the next entry.
     *
     * @param limit as {@link FrameScanner#next} has it
     * @return {@link #ENTRY}, {@link #END} or, for ever after, {@link #FAULTY}
     */
    int next(final long limit) {
        if (fault != null) {
            return FAULTY;
        }
        while (true) {
            final int frame = frames.next(limit);
            if (frame == FrameScanner.END) {
                return END;
            }
            if (frame == FrameScanner.FAULTY) {
                return faulty(frames.framePosition(), frames.reason());
            }
            // Of padding no second can follow, since it ends a term and never starts one; so this loop is bounded by
            // the fragments of the longest entry.
            final int result = frame == FrameScanner.PADDING ? padding() : data();
            if (result != END) {
                return result;
            }
        }
    }

    LogEntry entry() {
        return entry;
    }

    /** Where the frames have been read to; padding after the last entry included. */
    long position() {
        return frames.position();
    }

    /** Position after the last whole entry. */
    long entryEnd() {
        return entryEnd;
    }

    /** Tells whether fragments of an unfinished entry have been read. */
    boolean isWithinEntry() {
        return assembling;
    }

    long lastSequence() {
        return lastSequence;
    }

    long lastTimeNs() {
        return lastTimeNs;
    }

    long epoch() {
        return epoch;
    }

    Fault fault() {
        return fault;
    }

    FrameScanner frames() {
        return frames;
    }

    Recording recording() {
        return recording;
    }

    @Override
    public void close() {
        frames.close();
    }

    /** Ends the scan with a fault found at a position of the recording. */
    int faulty(final long position, final String reason) {
        final long expected = lastSequence == Fault.UNKNOWN ? Fault.UNKNOWN : lastSequence + 1;
        final long base = recording.segmentBase(position);
        fault = new Fault(
                Fault.Kind.DAMAGED,
                recording.id(),
                recording.segmentName(base),
                epoch,
                expected,
                position,
                position - base,
                reason);
        return FAULTY;
    }

    private int padding() {
        return assembling
                ? faulty(
                        frames.framePosition(),
                        "padding within a fragmented entry that started at " + assemblyStart + ": type of frame is 0")
                : END;
    }

    private int data() {
        final int flags = frames.flags();
        final boolean begin = (flags & FrameScanner.BEGIN_FLAG) != 0;
        final boolean end = (flags & FrameScanner.END_FLAG) != 0;
        if (joining && !begin) {
            // The archive joined in the midst of an entry; what comes before the first whole one is nobody's.
            return END;
        }
        joining = false;
        if (begin == assembling) {
            return faulty(
                    frames.framePosition(),
                    begin
                            ? "a frame begins an entry while the one from " + assemblyStart + " is unfinished: flags="
                                    + flags
                            : "a frame goes on with an entry that none began: expected flags=192 or 128 actual="
                                    + flags);
        }
        if (!end && recording.mtu() != 0 && frames.payloadLength() + FrameScanner.HEADER_LENGTH != recording.mtu()) {
            return faulty(
                    frames.framePosition(),
                    "a fragment that is not the last of its entry fills the MTU: expected=" + recording.mtu()
                            + " actual=" + (frames.payloadLength() + FrameScanner.HEADER_LENGTH));
        }
        if (begin && end) {
            return whole(frames.buffer(), frames.payloadOffset(), frames.payloadLength(), frames.framePosition());
        }
        return fragment(begin, end);
    }

    private int fragment(final boolean begin, final boolean end) {
        if (begin) {
            assembling = true;
            assembled = 0;
            assemblyStart = frames.framePosition();
        }
        final int length = frames.payloadLength();
        if (assembled + length > EntryFrame.MAX_LENGTH) {
            return faulty(
                    frames.framePosition(),
                    "a fragmented entry grows too long: expected at most " + EntryFrame.MAX_LENGTH + " actual="
                            + (assembled + length));
        }
        reserve(assembled + length);
        assembly.putBytes(assembled, frames.buffer(), frames.payloadOffset(), length);
        assembled += length;
        final int announced = announcedLength();
        if (end != (assembled >= announced)) {
            return faulty(
                    frames.framePosition(),
                    "the last fragment is the one that completes the entry: expected length=" + announced
                            + " assembled=" + assembled + " end flag=" + end);
        }
        if (!end) {
            return END;
        }
        assembling = false;
        return whole(assembly, 0, assembled, assemblyStart);
    }

    /** The length that the entry's own header announces, as far as this version can tell; 0 says nothing. */
    private int announcedLength() {
        if (assembled < EntryFrame.HEADER_LENGTH) {
            return Integer.MAX_VALUE;
        }
        final int blockLength = assembly.getShort(0, LITTLE_ENDIAN) & 0xFFFF;
        final int lengthOffset = MessageHeaderDecoder.ENCODED_LENGTH + blockLength;
        if (blockLength != SequencedEntryEncoder.BLOCK_LENGTH) {
            // Of another version, or damaged: the checks of the whole entry decide when the end flag comes.
            return (frames.flags() & FrameScanner.END_FLAG) != 0 ? 0 : Integer.MAX_VALUE;
        }
        final long bodyLength = assembly.getInt(lengthOffset, LITTLE_ENDIAN) & 0xFFFF_FFFFL;
        return (int) Math.min(Integer.MAX_VALUE, lengthOffset + Integer.BYTES + bodyLength);
    }

    private int whole(final UnsafeBuffer buffer, final int offset, final int length, final long start) {
        final int template = ProtocolCheck.INSTANCE.check(buffer, offset, length);
        if (template != SequencedEntryDecoder.TEMPLATE_ID) {
            return faulty(
                    start,
                    "the message is no well-formed entry: expected template=" + SequencedEntryDecoder.TEMPLATE_ID
                            + " actual template or check code=" + template + " length=" + length);
        }
        if (!EntryFrame.isIntact(buffer, offset, length)) {
            return faulty(
                    start,
                    "checksum: expected=" + hex(EntryFrame.crc32c(buffer, offset, length)) + " actual="
                            + hex(buffer.getInt(offset + EntryFrame.CRC_OFFSET, LITTLE_ENDIAN)));
        }
        entry.wrap(buffer, offset, length, recording.id(), start, frames.position());
        final int result = order(start);
        if (result == ENTRY) {
            epoch = entry.epoch();
            lastSequence = entry.sequence();
            lastTimeNs = entry.timeNs();
            entryEnd = frames.position();
        }
        return result;
    }

    private int order(final long start) {
        if (epoch != Fault.UNKNOWN && entry.epoch() != epoch) {
            return faulty(start, "epoch: expected=" + epoch + " actual=" + entry.epoch());
        }
        if (entry.epoch() <= 0 || entry.sequence() <= 0) {
            return faulty(
                    start,
                    "epochs and sequences count from 1: epoch=" + entry.epoch() + " sequence=" + entry.sequence());
        }
        if (lastSequence != Fault.UNKNOWN && entry.sequence() != lastSequence + 1) {
            return faulty(start, "sequence: expected=" + (lastSequence + 1) + " actual=" + entry.sequence());
        }
        if (entry.timeNs() < lastTimeNs) {
            return faulty(start, "time goes back: expected at least " + lastTimeNs + " actual=" + entry.timeNs());
        }
        if ((entry.kind() == EntryKind.EPOCH_START.value()) != (start == 0)) {
            return faulty(
                    start,
                    "EPOCH_START stands first in a recording and nowhere else: position=" + start + " kind="
                            + entry.kind());
        }
        return start == 0 ? epochStart(start) : ENTRY;
    }

    private int epochStart(final long start) {
        final int template =
                ProtocolCheck.INSTANCE.check(entry.buffer(), entry.bodyOffset(), entry.bodyLength());
        return template == EpochStartDecoder.TEMPLATE_ID
                ? ENTRY
                : faulty(
                        start,
                        "body of EPOCH_START: expected template=" + EpochStartDecoder.TEMPLATE_ID
                                + " actual template or check code=" + template);
    }

    private void reserve(final int length) {
        if (length > assembly.capacity()) {
            int capacity = Math.max(FIRST_BUFFER_LENGTH, assembly.capacity());
            while (capacity < length) {
                capacity = Math.min(capacity * 4, EntryFrame.MAX_LENGTH);
            }
            final UnsafeBuffer longer = new UnsafeBuffer(new byte[capacity]);
            longer.putBytes(0, assembly, 0, assembled);
            assembly = longer;
        }
    }

    private static String hex(final int value) {
        return "0x" + Integer.toHexString(value);
    }
}
