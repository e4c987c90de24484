package io.lockstep.transport;

/**
 * The channels of one Aeron Archive's own control and replication protocol.
 *
 * @param localControl for the agent beside the archive, over its driver's shared memory; own stream id per archive,
 *     so that
 *     several archives may share one driver
 * @param control for other hosts, or null where the medium is IPC and nothing leaves the host
 * @param controlResponse for a client of {@code control} that runs in this process
 * @param replication on which this archive receives what it replicates from another
 */
public record ArchiveChannels(Channel localControl, Channel control, Channel controlResponse, String replication) {}
