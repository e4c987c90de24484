package io.lockstep.archive.record;

import static org.agrona.concurrent.status.CountersReader.KEY_OFFSET;
import static org.agrona.concurrent.status.CountersReader.RECORD_ALLOCATED;
import static org.agrona.concurrent.status.CountersReader.RECORD_UNUSED;
import static org.agrona.concurrent.status.CountersReader.metaDataOffset;

import io.aeron.AeronCounters;
import io.lockstep.archive.log.RecordedPositions;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.status.CountersReader;

/**
 * Finds, among the counters of the media driver, how far this archive has recorded what it is recording, and how far
 * the recorded streams have come. A counter's slot is used again after it is freed, so each read names the counter's
 * registration. Free of state; any thread may call it.
 *
 * <pre>
 * key of a recording position: recording id (8) | session id (4) | length n (4) | source identity (n) | archive id
 * (8)
 *   key of a stream position:    registration id (8) | session id (4) | stream id (4) | channel
 * </pre>
 */
public final class RecordingCounters implements RecordedPositions {
    /** Stands for a position nobody says any more. */
    public static final long GONE = -1L;

    private static final int SESSION_ID_OFFSET = 8;
    private static final int SOURCE_LENGTH_OFFSET = 12;
    private static final int SOURCE_OFFSET = 16;
    private static final int STREAM_ID_OFFSET = 12;

    private final CountersReader counters;
    private final long archiveId;

    /**
     * Looks at one driver's counters.
     *
     * @param counters of the driver the archive uses
     * @param archiveId of the archive
     */
    public RecordingCounters(final CountersReader counters, final long archiveId) {
        this.counters = counters;
        this.archiveId = archiveId;
    }

    @Override
    public long recordedPosition(final long recordingId) {
        final DirectBuffer metaData = counters.metaDataBuffer();
        for (int id = 0, max = counters.maxCounterId(); id <= max; id++) {
            final int state = counters.getCounterState(id);
            if (state == RECORD_UNUSED) {
                break;
            }
            if (isOfArchive(metaData, id, state)
                    && metaData.getLong(metaDataOffset(id) + KEY_OFFSET) == recordingId) {
                return position(id, counters.getCounterRegistrationId(id));
            }
        }
        return GONE;
    }

    /** Tells of each recording that is active now. */
    void scan(final Found found) {
        final DirectBuffer metaData = counters.metaDataBuffer();
        for (int id = 0, max = counters.maxCounterId(); id <= max; id++) {
            final int state = counters.getCounterState(id);
            if (state == RECORD_UNUSED) {
                break;
            }
            if (isOfArchive(metaData, id, state)) {
                final int key = metaDataOffset(id) + KEY_OFFSET;
                found.onRecording(metaData.getLong(key), id, counters.getCounterRegistrationId(id));
            }
        }
    }

    /** Value of a counter, or {@link #GONE} if it has been freed. */
    long position(final int counterId, final long registrationId) {
        final long value = counters.getCounterValue(counterId);
        // Read after the value: if the slot still belongs to the counter now, it did then.
        final boolean held = counters.getCounterState(counterId) == RECORD_ALLOCATED
                && counters.getCounterRegistrationId(counterId) == registrationId;
        return held ? value : GONE;
    }

    long registrationId(final int counterId) {
        return counters.getCounterRegistrationId(counterId);
    }

    /**
     * Finds the counter of the highest position of a stream seen on this host: that of its image or, where it is
     * published by the same driver over shared memory, of its publication.
     *
     * @return counter id or -1
     */
    int findStream(final int sessionId, final int streamId) {
        final DirectBuffer metaData = counters.metaDataBuffer();
        int publisher = CountersReader.NULL_COUNTER_ID;
        for (int id = 0, max = counters.maxCounterId(); id <= max; id++) {
            final int state = counters.getCounterState(id);
            if (state == RECORD_UNUSED) {
                break;
            }
            final int type = state == RECORD_ALLOCATED ? counters.getCounterTypeId(id) : 0;
            final int key = metaDataOffset(id) + KEY_OFFSET;
            if ((type == AeronCounters.DRIVER_RECEIVER_HWM_TYPE_ID
                            || type == AeronCounters.DRIVER_PUBLISHER_POS_TYPE_ID)
                    && metaData.getInt(key + SESSION_ID_OFFSET) == sessionId
                    && metaData.getInt(key + STREAM_ID_OFFSET) == streamId) {
                if (type == AeronCounters.DRIVER_RECEIVER_HWM_TYPE_ID) {
                    return id;
                }
                publisher = id;
            }
        }
        return publisher;
    }

    private boolean isOfArchive(final DirectBuffer metaData, final int id, final int state) {
        if (state != RECORD_ALLOCATED
                || counters.getCounterTypeId(id) != AeronCounters.ARCHIVE_RECORDING_POSITION_TYPE_ID) {
            return false;
        }
        final int key = metaDataOffset(id) + KEY_OFFSET;
        final int sourceLength = metaData.getInt(key + SOURCE_LENGTH_OFFSET);
        return sourceLength >= 0
                && sourceLength <= CountersReader.MAX_KEY_LENGTH - SOURCE_OFFSET - Long.BYTES
                && metaData.getLong(key + SOURCE_OFFSET + sourceLength) == archiveId;
    }

    /** Told of active recordings. */
    @FunctionalInterface
    interface Found {
        void onRecording(long recordingId, int counterId, long registrationId);
    }
}
