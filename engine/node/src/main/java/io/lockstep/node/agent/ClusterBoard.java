package io.lockstep.node.agent;

import io.lockstep.codecs.ProtocolCheck;
import io.lockstep.codecs.protocol.AckDecoder;
import io.lockstep.codecs.protocol.MessageHeaderDecoder;
import io.lockstep.codecs.protocol.ReplicaReportDecoder;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.agrona.DirectBuffer;

/**
 * What archives and replicas last said on the control stream, for people to look at. Fed by one thread, read by any;
 * not for the hot path.
 */
public final class ClusterBoard {
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final AckDecoder ack = new AckDecoder();
    private final ReplicaReportDecoder report = new ReplicaReportDecoder();
    private final Map<Integer, ReplicaPlace> replicas = new ConcurrentSkipListMap<>();
    private final Map<Integer, ArchivePlace> archives = new ConcurrentSkipListMap<>();
    private long nextAckNs;

    /** An empty board. */
    public ClusterBoard() {}

    /**
     * Where a replica is.
     *
     * @param epoch of its last entry
     * @param sequence of its last entry
     * @param stateHash after that entry
     */
    public record ReplicaPlace(long epoch, long sequence, long stateHash) {}

    /**
     * Where an archive is.
     *
     * @param epoch it records
     * @param recordedPosition in bytes
     */
    public record ArchivePlace(long epoch, long recordedPosition) {}

    /**
     * Takes in one message of the control stream.
     *
     * @param buffer that holds the message
     * @param offset of the message
     * @param length in bytes
     * @param nanoTime for intervals, any origin
     */
    public void onControl(final DirectBuffer buffer, final int offset, final int length, final long nanoTime) {
        final int templateId = ProtocolCheck.INSTANCE.check(buffer, offset, length);
        if (templateId == ReplicaReportDecoder.TEMPLATE_ID) {
            report.wrapAndApplyHeader(buffer, offset, header);
            replicas.put(report.replicaId(), new ReplicaPlace(report.epoch(), report.sequence(), report.stateHash()));
        } else if (templateId == AckDecoder.TEMPLATE_ID) {
            ack.wrapAndApplyHeader(buffer, offset, header);
            if (nanoTime - nextAckNs >= 0 || !archives.containsKey(ack.archiveId())) {
                // Acknowledgements come with every batch; a glance now and then is enough for a board.
                nextAckNs = nanoTime + 1_000_000;
                archives.put(ack.archiveId(), new ArchivePlace(ack.epoch(), ack.recordedPosition()));
            }
        }
    }

    /**
     * Whether so many replicas have said that they are at or after an entry.
     *
     * @param count of replicas
     * @param sequence of the entry
     */
    public boolean agree(final int count, final long sequence) {
        return replicas.size() >= count
                && replicas.values().stream().allMatch(place -> place.sequence() >= sequence);
    }

    /** Each replica's last word, by its id. */
    public Map<Integer, ReplicaPlace> replicas() {
        return Map.copyOf(replicas);
    }

    /** Each archive's last word, by its id. */
    public Map<Integer, ArchivePlace> archives() {
        return Map.copyOf(archives);
    }
}
