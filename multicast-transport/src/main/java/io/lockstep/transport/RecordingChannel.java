package io.lockstep.transport;

/**
 * A channel that an Aeron Archive records, with all its sessions.
 *
 * @param uri for {@code startRecording}
 * @param streamId for {@code startRecording}
 * @param isLocal whether the source location is LOCAL (one driver) or REMOTE. UDP is always recorded REMOTE, also
 *     beside
 *     the sequencer: a LOCAL recording is a spy, which sees bytes that were never sent and gates the publisher
 */
public record RecordingChannel(String uri, int streamId, boolean isLocal) {}
