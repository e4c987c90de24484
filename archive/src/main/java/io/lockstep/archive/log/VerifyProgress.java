package io.lockstep.archive.log;

/**
 * How far {@link LogVerifier} has come.
 *
 * @param recordingId being read
 * @param position in that recording
 * @param totalBytes read so far over all recordings
 * @param totalEntries read so far over all recordings
 */
public record VerifyProgress(long recordingId, long position, long totalBytes, long totalEntries) {}
