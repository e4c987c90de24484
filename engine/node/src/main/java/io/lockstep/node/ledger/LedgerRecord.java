package io.lockstep.node.ledger;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.lockstep.core.epoch.ArchiveSet;
import io.lockstep.core.takeover.LedgerEntry;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The bytes of a ledger's entry.
 *
 * <pre>
 *   0 magic (8)           | 8 version (4) | 12 owner's node (4) | 16 epoch (8)      | 24 owner's incarnation (8)
 *  32 previous epoch (8)  | 40 its end's position (8)           | 48 its end's sequence (8)
 *  56 archives (4)        | 60 … 80 their ids (4 each, 0 if there are fewer)       | 80 crc32c of all before (4)
 * </pre>
 */
final class LedgerRecord {
    static final int LENGTH = 84;

    private static final long MAGIC = 0x5245_4744_454C_4B4CL; // "LKLEDGER"
    private static final int VERSION = 1;
    private static final int CRC_OFFSET = 80;

    private LedgerRecord() {}

    /** Bytes of an entry, ready to be written. */
    static ByteBuffer encode(final LedgerEntry entry) {
        final ByteBuffer bytes = ByteBuffer.allocate(LENGTH).order(LITTLE_ENDIAN);
        bytes.putLong(MAGIC).putInt(VERSION).putInt(entry.ownerNodeId());
        bytes.putLong(entry.epoch()).putLong(entry.ownerIncarnation());
        bytes.putLong(entry.previousEpoch()).putLong(entry.previousEndPosition()).putLong(entry.previousEndSequence());
        bytes.putInt(entry.archives().size());
        for (int i = 0; i < ArchiveSet.MAX_SIZE; i++) {
            bytes.putInt(i < entry.archives().size() ? entry.archives().id(i) : 0);
        }
        return bytes.putInt(checksum(bytes)).flip();
    }

    /**
     * The entry that stands in bytes.
     *
     * @throws IllegalArgumentException that says what is wrong with them
     */
    static LedgerEntry decode(final byte[] content) {
        if (content.length != LENGTH) {
            throw new IllegalArgumentException("it has " + content.length + " bytes, not " + LENGTH);
        }
        final ByteBuffer bytes = ByteBuffer.wrap(content).order(LITTLE_ENDIAN);
        if (bytes.getLong() != MAGIC) {
            throw new IllegalArgumentException("it is no ledger");
        }
        if (bytes.getInt(CRC_OFFSET) != checksum(bytes)) {
            throw new IllegalArgumentException("its checksum does not hold");
        }
        final int version = bytes.getInt();
        if (version != VERSION) {
            throw new IllegalArgumentException("its version is " + version + ", and this build knows " + VERSION);
        }
        final int node = bytes.getInt();
        final long epoch = bytes.getLong();
        final long incarnation = bytes.getLong();
        final long previousEpoch = bytes.getLong();
        final long previousEndPosition = bytes.getLong();
        final long previousEndSequence = bytes.getLong();
        final int size = bytes.getInt();
        if (epoch <= 0 || previousEpoch < 0 || previousEpoch >= epoch || size < 1 || size > ArchiveSet.MAX_SIZE) {
            throw new IllegalArgumentException("its numbers contradict each other: epoch=" + epoch + " previous="
                    + previousEpoch + " archives=" + size);
        }
        final int[] ids = new int[size];
        for (int i = 0; i < size; i++) {
            ids[i] = bytes.getInt();
        }
        return new LedgerEntry(
                epoch, node, incarnation, ArchiveSet.of(ids), previousEpoch, previousEndPosition, previousEndSequence);
    }

    private static int checksum(final ByteBuffer bytes) {
        final CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate().position(0).limit(CRC_OFFSET));
        return (int) crc.getValue();
    }
}
