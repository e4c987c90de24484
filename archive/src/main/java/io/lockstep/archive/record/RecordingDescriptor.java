package io.lockstep.archive.record;

import io.aeron.archive.client.AeronArchive;

/**
 * What an archive says of one recording.
 *
 * @param recordingId in that archive
 * @param startPosition of the first byte
 * @param stopPosition after the last byte, or below zero while it is being recorded
 * @param sessionId of the publication
 * @param streamId of the publication
 */
record RecordingDescriptor(long recordingId, long startPosition, long stopPosition, int sessionId, int streamId) {
    boolean isActive() {
        return stopPosition == AeronArchive.NULL_POSITION;
    }
}
